import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { ResourceTarget } from '../connections/targets';
import { schemes } from '../contributions';
import type { PolicyIssue } from '../core/policyIssue';
import type { PolicyReading } from '../core/policyStore';
import { saysTheSame } from '../core/samePolicy';
import { sentPolicy } from '../core/sentPolicy';
import type { Draft } from '../documents/drafts';
import { activePolicy, targetOf } from '../documents/policyUri';
import { baseOf } from '../documents/policyVersions';
import { shortText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { policyProblemWords } from '../words/policyProblemWords';
import { resourceWords } from '../words/resourceWords';
import { mayChange } from './change/guardChange';
import type { CommandDeps } from './deps';
import { resolveConflict } from './draftConflict';
import { makeChange } from './makeChange';
import { closePolicyDiff, showPolicyDiff } from './policyDiff';

/**
 * Sends an edited policy: the one of the active editor, or of the address that a menu or message
 * hands over. What AWS would refuse is not sent, and nothing is sent unseen or over the changes of
 * somebody else.
 */
export async function applyPolicy(deps: CommandDeps, arg?: unknown): Promise<void> {
  const document = await documentOf(arg);
  const target = document && targetOf(document.uri);
  if (!target) {
    deps.reporter.info(vscode.l10n.t('Open a policy with Edit Policy, then apply it from there.'));
    return;
  }
  const connection = deps.connections.byId(target.connectionId);
  if (!connection) {
    deps.reporter.warn(
      vscode.l10n.t('The connection of this policy is gone. Add it again, then apply.'),
    );
    return;
  }
  if (!mayChange(deps) || !(await deps.documents.save(document))) return;
  let reading: PolicyReading | undefined;
  let notes: readonly string[] | undefined = [];
  while (notes) {
    const edited = editedOf(deps, document, target);
    if (!edited || !isSendable(deps, document, edited)) return;
    reading ??= await connection.readings.read(target.resource);
    const next = await applyOnce(deps, connection, { ...edited, reading, notes });
    reading = next?.reading;
    notes = next?.notes;
  }
}

/** A policy as it is to be. Without a draft it is the one that a new policy begins with. */
interface Edited extends ResourceTarget {
  readonly uri: vscode.Uri;
  readonly base: Draft['base'];
  readonly text: string;
  readonly draft?: Draft;
}

interface Attempt extends Edited {
  readonly reading: PolicyReading;
  readonly notes: readonly string[];
}

async function documentOf(arg: unknown): Promise<vscode.TextDocument | undefined> {
  const isPolicy = arg instanceof vscode.Uri && arg.scheme === schemes.policy;
  const uri = isPolicy ? arg : activePolicy();
  return uri && vscode.workspace.openTextDocument(uri);
}

function editedOf(
  { documents, reporter }: CommandDeps,
  document: vscode.TextDocument,
  target: ResourceTarget,
): Edited | undefined {
  const { uri } = document;
  const draft = documents.draftOf(uri);
  const base = draft?.base ?? documents.baseOf(uri);
  if (!base || (!draft && base.text !== undefined)) {
    const name = resourceWords(target.resource);
    reporter.info(
      vscode.l10n.t('There is nothing to apply: the policy of {0} was not edited.', name),
    );
    return undefined;
  }
  return { ...target, uri, base, draft, text: draft?.text ?? document.getText() };
}

/** Says what is wrong when AWS would refuse it. */
function isSendable(
  { documents, reporter }: CommandDeps,
  document: vscode.TextDocument,
  { resource, uri, text }: Edited,
): boolean {
  if (text.trim() === '') {
    const name = resourceWords(resource);
    const words = vscode.l10n.t(
      'Not sent: the document is empty. To leave no policy on {0}, remove its permissions instead.',
      name,
    );
    reporter.warn(words);
    return false;
  }
  const errors = documents.issuesOf(uri, text).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return true;
  const words = policyProblemWords(first);
  const message =
    errors.length === 1
      ? vscode.l10n.t('Not sent: {0}', words)
      : vscode.l10n.t('Not sent, for {0} problems. The first: {1}', errors.length, words);
  const show = vscode.l10n.t('Show Problems');
  void vscode.window
    .showErrorMessage(shortText(message, 400), show)
    .then((choice) =>
      choice === show ? reporter.guard(() => showProblems(document, first)) : undefined,
    );
  return false;
}

async function showProblems(
  document: vscode.TextDocument,
  { offset, length }: PolicyIssue,
): Promise<void> {
  const [start, end] = [document.positionAt(offset), document.positionAt(offset + length)];
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, end) });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** Returns what to go on with when the draft was put onto what others made of the policy. */
async function applyOnce(
  deps: CommandDeps,
  connection: Connection,
  attempt: Attempt,
): Promise<{ reading?: PolicyReading; notes: readonly string[] } | undefined> {
  const { base, reading, resource } = attempt;
  if (reading.state === 'unreadable') {
    const what = vscode.l10n.t(
      'Nothing was sent: the policy of {0} could not be read',
      resourceWords(resource),
    );
    deps.reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
    return undefined;
  }
  const now = baseOf(reading);
  if (now.text !== base.text) return onTopOf(deps, attempt, reading, now);
  await showPolicyDiff(deps, attempt, now);
  const outcome = await makeChange(
    deps,
    { ...targetOfAttempt(attempt), intent: intentOf(attempt), what: 'edit', reading },
    { silent: ['changed'], notes: [...attempt.notes, ...warningLines(deps, attempt)] },
  );
  switch (outcome?.type) {
    case 'changed':
      return { reading: outcome.reading, notes: [] };
    case 'accepted':
      // Reads do not show it yet. The draft goes when one does.
      await leaveDiff(attempt);
      return undefined;
    case 'applied':
    case 'nothingToDo':
      await leaveDraft(deps, attempt, outcome.reading);
      await leaveDiff(attempt);
      return undefined;
    default:
      return undefined;
  }
}

/** What was typed while it was being applied stays, on top of what is there now. */
async function leaveDraft(
  { documents }: CommandDeps,
  attempt: Attempt,
  reading: PolicyReading,
): Promise<void> {
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.toString() === attempt.uri.toString(),
  );
  if (document) await documents.save(document);
  const draft = documents.draftOf(attempt.uri);
  if (!draft || draft.text === attempt.text) await documents.discard(attempt);
  else if (reading.state !== 'unreadable') {
    await documents.rebase(draft, baseOf(reading), draft.text);
  }
}

/** Where the person looks at the comparison, its document takes its place. */
async function leaveDiff({ uri }: Attempt): Promise<void> {
  const wasActive = await closePolicyDiff(uri);
  if (wasActive) await vscode.window.showTextDocument(uri, { preview: false });
}

async function onTopOf(
  deps: CommandDeps,
  attempt: Attempt,
  reading: PolicyReading,
  theirs: Draft['base'],
): Promise<{ reading: PolicyReading; notes: readonly string[] } | undefined> {
  const { base, draft, resource, text } = attempt;
  const name = resourceWords(resource);
  // It may be one's own write that reads did not show before.
  if (saysTheSame(sentPolicy(text, base.text, resource.kind), theirs.text)) {
    await leaveDraft(deps, attempt, reading);
    await leaveDiff(attempt);
    deps.reporter.info(
      vscode.l10n.t('There is nothing to apply: the policy of {0} is so already.', name),
    );
    return undefined;
  }
  if (!draft) {
    deps.reporter.info(
      vscode.l10n.t('{0} was given a policy meanwhile. The document shows it now.', name),
    );
    return undefined;
  }
  const notes = await resolveConflict(deps, draft, theirs);
  return notes && { reading, notes };
}

function targetOfAttempt({ connectionId, resource }: Attempt): ResourceTarget {
  return { connectionId, resource };
}

function intentOf({ base, resource, text }: Attempt) {
  const sent = sentPolicy(text, base.text, resource.kind);
  return { type: 'replace', base: base.text, text: sent } as const;
}

/** Said of every change that is like this: the plan warns of it. */
const warnedByPlan: ReadonlySet<PolicyIssue['code']> = new Set<PolicyIssue['code']>([
  'emptyStatements',
  'locksOwnerOut',
  'mayLockOwnerOut',
  'unresolvedPrincipal',
]);

function warningLines({ documents }: CommandDeps, { uri, text }: Attempt): readonly string[] {
  const warnings = documents.issuesOf(uri, text).filter(({ code }) => !warnedByPlan.has(code));
  const lines = [...new Set(warnings.map(policyProblemWords))].map((line) => shortText(line, 300));
  const most = 8;
  return lines.length > most
    ? [...lines.slice(0, most), vscode.l10n.t('… and {0} more problems', lines.length - most)]
    : lines;
}
