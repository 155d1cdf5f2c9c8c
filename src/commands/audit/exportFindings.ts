import * as vscode from 'vscode';
import { findingsCsvOf, inventoryCsvOf } from '../../core/report/csv';
import { htmlOf } from '../../core/report/htmlPage';
import { jsonOf } from '../../core/report/json';
import type { Report } from '../../core/report/report';
import { isComplete } from '../../core/report/report';
import { sarifOf } from '../../core/report/sarif';
import { accountFolder } from '../../core/snapshot/policyPaths';
import { plainText } from '../../host/plainText';
import { findingsWords } from '../../words/auditWords';
import { htmlWords } from '../../words/reportWords';
import type { CommandDeps } from '../deps';
import { placeName, savingFolder, today } from '../saveFile';
import { pickAudits } from './pickAudits';
import { reportFor } from './reportFor';

interface Format {
  readonly label: string;
  readonly detail: string;
  /** What the file holds, the beginning of its name. */
  readonly content: 'findings' | 'inventory';
  readonly extension: 'sarif' | 'json' | 'csv' | 'html';
  readonly write: (report: Report) => string;
}

/** Writes what audits found to a file: for code scanning, for programs, for tables, for people. */
export async function exportFindings(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Export Findings');
  const audits = await pickAudits(deps, arg, title);
  if (audits.length === 0) return;
  const options = { title, placeHolder: vscode.l10n.t('As what?'), ignoreFocusOut: true };
  const format = await vscode.window.showQuickPick(formats(), options);
  if (!format) return;
  const report = reportFor(deps, audits);
  const file = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.joinPath(savingFolder(), fileName(report, format)),
    filters: { [format.extension.toUpperCase()]: [format.extension] },
  });
  if (!file) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(format.write(report)));
  deps.reporter.note(exportedWords(report, file));
  // Nobody may press it for long.
  void deps.reporter.guard(() => offerToOpen(report, format, file));
}

/** Whatever row has the focus: for the menu of the view, which VS Code hands that row. */
export function exportAllFindings(deps: CommandDeps): Promise<void> {
  return exportFindings(deps);
}

function formats(): readonly Format[] {
  const { t } = vscode.l10n;
  return [
    {
      label: t('SARIF'),
      detail: t(
        'For code scanning and viewers of it, with the policies that something was found in.',
      ),
      content: 'findings',
      extension: 'sarif',
      write: sarifOf,
    },
    {
      label: t('JSON'),
      detail: t('For programs: findings, inventory and all policies.'),
      content: 'findings',
      extension: 'json',
      write: jsonOf,
    },
    {
      label: t('CSV of the Findings'),
      detail: t('For a spreadsheet, a row for each finding.'),
      content: 'findings',
      extension: 'csv',
      write: findingsCsvOf,
    },
    {
      label: t('CSV of the Inventory'),
      detail: t('For a spreadsheet, a row for each resource with or without a policy.'),
      content: 'inventory',
      extension: 'csv',
      write: inventoryCsvOf,
    },
    {
      label: t('HTML Page'),
      detail: t('To be read, printed and sent: one file that needs nothing else.'),
      content: 'findings',
      extension: 'html',
      write: (report) => htmlOf(report, htmlWords()),
    },
  ];
}

/** `findings-123456789012-2026-11-29.sarif`; without an account where there are several. */
function fileName({ audits }: Report, { content, extension }: Format): string {
  const accounts = new Set(audits.map(({ accountId }) => accountFolder(accountId, undefined)[0]));
  const account = accounts.size === 1 ? [...accounts] : [];
  return `${[content, ...account, today()].join('-')}.${extension}`;
}

function exportedWords(report: Report, file: vscode.Uri): string {
  const { t } = vscode.l10n;
  const count = report.audits.reduce((sum, { findings }) => sum + findings.length, 0);
  const done = t('Exported {0} to {1}.', findingsWords(count), placeName(file));
  return isComplete(report)
    ? done
    : `${done} ${t('Not everything was read; the file says what was not.')}`;
}

async function offerToOpen(report: Report, { extension }: Format, file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const message = plainText(exportedWords(report, file));
  const show = isComplete(report)
    ? vscode.window.showInformationMessage
    : vscode.window.showWarningMessage;
  if ((await show(message, open)) !== open) return;
  // A browser may not be there, or not on the machine that has the file.
  if (extension === 'html' && (await vscode.env.openExternal(file))) return;
  await vscode.window.showTextDocument(file, { preview: true });
}
