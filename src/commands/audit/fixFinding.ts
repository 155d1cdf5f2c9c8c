import * as vscode from 'vscode';
import type { AuditFinding } from '../../audit/auditFindings';
import type { Finding } from '../../core/findings/finding';
import type { FindingFix } from '../../core/findings/fixes';
import { fixesFor } from '../../core/findings/fixes';
import { plainText, shortText } from '../../host/plainText';
import { findingReason, findingRemedy, findingTitle } from '../../words/findingWords';
import { whomWords } from '../../words/revokeWords';
import { resourceWords } from '../../words/resourceWords';
import { statementTitle } from '../../words/statementWords';
import type { CommandDeps } from '../deps';
import type { MakeChangeOptions } from '../makeChange';
import { makeChange } from '../makeChange';
import { pickFinding } from './pickFinding';

/** Mends what a finding speaks of: by one of the changes that would, each shown before it is made. */
export async function fixFinding(deps: CommandDeps, arg?: unknown): Promise<void> {
  const found = await pickFinding(deps, arg, vscode.l10n.t('Fix'));
  if (!found) return;
  const fixes = fixesFor(found.finding, found.reading.text, deps.auditSettings.trust, Date.now());
  const fix = await pickFix(deps, found, fixes);
  if (fix) await apply(deps, found, fix);
}

async function pickFix(
  { reporter }: CommandDeps,
  { finding }: AuditFinding,
  fixes: readonly FindingFix[],
): Promise<FindingFix | undefined> {
  if (fixes.length === 0) {
    reporter.info(`${findingTitle(finding)}. ${findingRemedy(finding)}`);
    return undefined;
  }
  const items = fixes.map((fix) => ({ ...fixWords(fix), fix }));
  const picked = await vscode.window.showQuickPick(items, {
    title: plainText(findingTitle(finding)),
    placeHolder: plainText(findingReason(finding)),
    ignoreFocusOut: true,
  });
  return picked?.fix;
}

function fixWords(fix: FindingFix): { readonly label: string; readonly detail: string } {
  const { t } = vscode.l10n;
  switch (fix.type) {
    case 'remove':
      return {
        label: t('Remove the Statement'),
        detail: plainText(statementTitle(fix.statement)),
      };
    case 'drop':
      return {
        label: t('Take {0} Out', shortText(whomWords(fix.whom))),
        detail: t('The statement stays for the others whom it names.'),
      };
    case 'complete':
      return {
        label: t('Add the Missing Permission'),
        detail: shortText(`${fix.grant.statementId}: ${fix.grant.action}`),
      };
    case 'narrow':
      return {
        label: t('Add a Condition'),
        detail: plainText(t('{0} is "{1}"', fix.key, fix.value)),
      };
    case 'consolidate':
      return {
        label: t('Consolidate'),
        detail: t('Merges the statements that can be one; no answer of the policy changes.'),
      };
    case 'edit':
      return {
        label: t('Edit the Policy'),
        detail: t('As text; nothing is sent before you apply it.'),
      };
  }
}

async function apply(
  deps: CommandDeps,
  { connectionId, finding, reading }: AuditFinding,
  fix: FindingFix,
): Promise<void> {
  const { resource } = finding;
  const target = { connectionId, resource };
  switch (fix.type) {
    case 'remove':
      await vscode.commands.executeCommand('resourcePolicies.removePermission', {
        ...target,
        reading,
        statement: fix.statement,
      });
      return;
    case 'complete':
      await makeChange(deps, {
        ...target,
        what: 'add',
        intent: { type: 'add', grants: [fix.grant] },
        reading,
      });
      return;
    case 'drop':
    case 'narrow': {
      const intent = { type: 'replace', base: reading.text, text: fix.text } as const;
      const options = askingFor(fix, finding);
      await makeChange(deps, { ...target, what: 'edit', intent, reading }, options);
      return;
    }
    case 'consolidate':
      await vscode.commands.executeCommand('resourcePolicies.consolidatePolicy', target);
      return;
    case 'edit':
      await vscode.commands.executeCommand('resourcePolicies.editPolicy', target);
  }
}

/** As a change of the policy's text it would be asked for as an edit. */
function askingFor(
  fix: Extract<FindingFix, { readonly type: 'drop' | 'narrow' }>,
  { resource, statement }: Finding,
): Pick<MakeChangeOptions, 'notes' | 'question'> {
  const { t } = vscode.l10n;
  const title = statement ? statementTitle(statement) : '';
  const name = resourceWords(resource);
  if (fix.type === 'drop') {
    const message = t('Take {0} out of "{1}" of {2}?', whomWords(fix.whom), title, name);
    return { question: { message, yes: t('Take Out') } };
  }
  return {
    notes: [t('Only if {0} is "{1}".', fix.key, fix.value)],
    question: { message: t('Add a condition to "{0}" of {1}?', title, name), yes: t('Add') },
  };
}
