import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { policyOf } from '../../connections/policyReadings';
import type { ResourceTarget } from '../../connections/targets';
import { isResourceTarget } from '../../connections/targets';
import { parseArn } from '../../core/arn';
import type { Question } from '../../core/evaluate/askPolicy';
import { ask, readCaller, readKeys, whoCan } from '../../core/evaluate/askPolicy';
import type { WellFormedPolicy } from '../../core/evaluate/decide';
import { actionsOf } from '../../core/findings/grantable';
import type { ResourceKind } from '../../core/resource';
import { plainText, shortText } from '../../host/plainText';
import { decisionLines, notLookedAt, whoCanLines } from '../../words/answerWords';
import { problemWords, resourceWords } from '../../words/resourceWords';
import type { CommandDeps } from '../deps';
import { pickResource } from '../pickResource';
import { askPrincipal } from './askPrincipal';
import { readPolicyOf } from './readPolicyOf';

interface Asked {
  readonly action: string;
  /** As it was typed; empty: who can? */
  readonly principal: string;
  readonly keys: Question['keys'];
}

/** Answers "who can?" and "can they?" by a resource's policy, with what decides it. */
export async function askAccess(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Who Can…?');
  const target = isResourceTarget(arg) ? arg : await pickResource(deps, title);
  const connection = target && deps.connections.byId(target.connectionId);
  if (!target || !connection) return;
  const policy = await policyFor(deps, connection, target);
  if (!policy) return;
  const asked = await askWhat(target, policy);
  if (!asked) return;
  const { resource } = target;
  const common = { resource, action: asked.action, keys: asked.keys, now: Date.now() };
  const caller = readCaller(asked.principal);
  const lines = caller
    ? decisionLines(ask(policy, { ...common, caller }), caller, parseArn(resource.arn)?.accountId)
    : whoCanLines(whoCan(policy, common));
  await show(deps, [...questionLines(target, asked), '', ...lines, notLookedAt()]);
}

/** The policy; why there is no answer is said. */
async function policyFor(
  deps: CommandDeps,
  connection: Connection,
  target: ResourceTarget,
): Promise<WellFormedPolicy | undefined> {
  const reading = await readPolicyOf(deps, connection, target);
  if (!reading) return undefined;
  if (reading.state === 'none') return { wellFormed: true, text: '', statements: [] };
  const policy = policyOf(reading);
  if (policy.wellFormed) return policy;
  const problem = problemWords(policy.problem);
  const name = resourceWords(target.resource);
  deps.reporter.warn(vscode.l10n.t('The policy of {0} is {1}.', name, problem));
  return undefined;
}

async function askWhat(
  { resource }: ResourceTarget,
  policy: WellFormedPolicy,
): Promise<Asked | undefined> {
  const title = shortText(vscode.l10n.t('Who Can…? {0}', resourceWords(resource)), 160);
  const action = await askAction(title, resource.kind);
  const { kind, arn } = resource;
  const owner = parseArn(arn)?.accountId;
  const principal = action && (await askPrincipal({ title, action, kind, policy, owner }));
  if (action === undefined || principal === undefined) return undefined;
  const keys = await askKeys(title);
  return keys && { action, principal, keys };
}

async function askAction(title: string, kind: ResourceKind): Promise<string | undefined> {
  const placeHolder = vscode.l10n.t('Which action?');
  const items = actionsOf(kind).map((label) => ({ label }));
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.label;
}

async function askKeys(title: string): Promise<Question['keys'] | undefined> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title,
    prompt: t(
      'Keys of the request that are known, such as aws:SourceVpce=vpce-1; aws:PrincipalOrgID=o-1. Empty: none.',
    ),
    ignoreFocusOut: true,
    validateInput: (typed) =>
      readKeys(typed) ? undefined : t('Write key=value, with a semicolon between two.'),
  });
  return text === undefined ? undefined : readKeys(text);
}

function questionLines({ resource }: ResourceTarget, asked: Asked): readonly string[] {
  const { t } = vscode.l10n;
  const { action, principal, keys } = asked;
  const question =
    principal === ''
      ? t('Who can {0} on {1}?', action, resourceWords(resource))
      : t('Can {0} do {1} on {2}?', principal, action, resourceWords(resource));
  const known = [...keys].map(([key, values]) => `  ${key} = ${values.join(', ')}`);
  return [question, `  ${resource.arn}`, ...known];
}

async function show({ texts }: CommandDeps, lines: readonly string[]): Promise<void> {
  const text = `${lines.map(plainText).join('\n')}\n`;
  const uri = texts.add(text, `${vscode.l10n.t('Who can')}.txt`);
  await vscode.window.showTextDocument(uri, { preview: true });
}
