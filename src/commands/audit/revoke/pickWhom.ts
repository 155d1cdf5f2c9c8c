import * as vscode from 'vscode';
import type { Audit, AuditedPolicy } from '../../../audit/audit';
import { findingOf } from '../../../audit/findingNodes';
import { policyOf } from '../../../connections/policyReadings';
import { parseArn } from '../../../core/arn';
import { namesAll } from '../../../core/findings/entries';
import { isRecord } from '../../../core/resource';
import { revoke } from '../../../core/revoke/revocation';
import type { Whom } from '../../../core/revoke/whom';
import { whomOf } from '../../../core/revoke/whomOf';
import { readWhom, whomKey, whomsIn } from '../../../core/revoke/whom';
import { mapGently } from '../../../host/atOnce';
import { shortText } from '../../../host/plainText';
import { policiesWords } from '../../../words/auditWords';
import { whomWords } from '../../../words/revokeWords';
import type { CommandDeps } from '../../deps';

/** Whom the row is about that a menu handed over: a finding, or those who get in the same way. */
export function whomOfRow({ findings }: CommandDeps, row: unknown): Whom | undefined {
  const given = findingOf(row) ?? findingOf(firstOf(row));
  const held = findings.findings.find(
    ({ connectionId, finding }) =>
      connectionId === given?.connectionId && finding.key === given.key,
  );
  return held && whomOf(held.finding.detail);
}

/** Whether a menu of the Findings view handed it over. */
export function isRowOfFindings(row: unknown): boolean {
  return isRecord(row) && (row.type === 'finding' || row.type === 'group');
}

/** The first finding of a group, as if its row had been meant. */
function firstOf(row: unknown): unknown {
  if (!isRecord(row) || row.type !== 'group' || !Array.isArray(row.findings)) return undefined;
  const [found]: readonly unknown[] = row.findings as readonly unknown[];
  return isRecord(found) ? { type: 'finding', connectionId: found.connectionId, found } : undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly whom?: Whom;
}

/** Asks for somebody whom the policies name, or anybody by what a person types. */
export async function pickWhom(audits: readonly Audit[]): Promise<Whom | undefined> {
  const { t } = vscode.l10n;
  const location = vscode.ProgressLocation.Window;
  const title = t('Looking whom the policies name');
  const named = await vscode.window.withProgress({ location, title }, () => choicesIn(audits));
  const pick = vscode.window.createQuickPick<Choice>();
  pick.title = t('Revoke Everywhere');
  pick.placeholder = t('Whose access? Or type an account ID, ARN, service, organization, or *');
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = named;
  let extra: readonly Choice[] = [];
  pick.onDidChangeValue((text) => {
    const before = extra;
    extra = typed(text, named);
    // All of them are sent anew, and the one that was gone to is forgotten.
    if (before.length + extra.length > 0) pick.items = [...extra, ...named];
  });
  try {
    return await new Promise<Whom | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen?.whom) resolve(chosen.whom);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** What was typed, if it means somebody who is not in the list. */
function typed(text: string, named: readonly Choice[]): readonly Choice[] {
  const whom = readWhom(text.trim());
  if (!whom || named.some((one) => one.whom && whomKey(one.whom) === whomKey(whom))) return [];
  const label = shortText(whomWords(whom));
  return [{ label, description: text.trim(), alwaysShow: true, whom }];
}

/** Everybody whom a policy names, by kind, those first who are named most. */
async function choicesIn(audits: readonly Audit[]): Promise<readonly Choice[]> {
  const found = new Map<string, { readonly whom: Whom; count: number }>();
  const policies = audits.flatMap((audit) => [...audit.policies.values()]);
  for (const whom of (await mapGently(policies, whomsOfPolicy)).flat()) {
    const held = found.get(whomKey(whom)) ?? { whom, count: 0 };
    held.count += 1;
    found.set(whomKey(whom), held);
  }
  const own = new Set(audits.map(({ scene }) => scene.accountId));
  const isOwn = (whom: Whom) => whom.type === 'account' && own.has(whom.accountId);
  const all = [...found.values()].sort(
    (one, other) => Number(isOwn(one.whom)) - Number(isOwn(other.whom)) || other.count - one.count,
  );
  return kinds().flatMap(([type, title]) => {
    const those = all.filter(({ whom }) => whom.type === type);
    if (those.length === 0) return [];
    const separator = { label: title, kind: vscode.QuickPickItemKind.Separator };
    return [separator, ...those.map((one) => choiceOf(one, isOwn(one.whom)))];
  });
}

function choiceOf(
  { whom, count }: { readonly whom: Whom; readonly count: number },
  isOwn: boolean,
): Choice {
  const id = detailOf(whom);
  const parts = [
    policiesWords(count),
    ...(isOwn ? [vscode.l10n.t('the audited account itself')] : []),
    ...(id === undefined ? [] : [shortText(id, 160)]),
  ];
  return { label: shortText(whomWords(whom)), description: parts.join(' · '), whom };
}

/** What the name leaves out. */
function detailOf(whom: Whom): string | undefined {
  if (whom.type === 'identity') return whom.arn;
  return whom.type === 'service' ? whom.service : undefined;
}

function kinds(): readonly (readonly [Whom['type'], string])[] {
  const { t } = vscode.l10n;
  return [
    ['account', t('accounts')],
    ['organization', t('organizations')],
    ['identity', t('users and roles')],
    ['federated', t('identity providers')],
    ['unresolved', t('unresolved principals')],
    ['service', t('services')],
    ['everyone', t('everyone')],
  ];
}

const everyone: Whom = { type: 'everyone' };

/** Each once. */
function whomsOfPolicy({ resource, reading }: AuditedPolicy): readonly Whom[] {
  const policy = reading.state === 'policy' ? policyOf(reading) : undefined;
  if (!policy?.wellFormed) return [];
  const owner = parseArn(resource.arn)?.accountId;
  const all = policy.statements.flatMap((statement) => whomsIn(statement, owner));
  const whoms = new Map(all.map((whom) => [whomKey(whom), whom]));
  whoms.delete(whomKey(everyone));
  // A `*` that conditions narrow down to some is not everyone; what `NotPrincipal` leaves in is.
  const isOpen =
    policy.statements.some(namesAll) &&
    revoke(policy, everyone, { resource, now: Date.now() }) !== undefined;
  return [...(isOpen ? [everyone] : []), ...whoms.values()];
}
