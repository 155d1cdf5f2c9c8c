import * as vscode from 'vscode';
import type { ChangeRecord } from '../core/changeRecord';
import { isUncertain } from '../core/recordOutcome';
import { foundOutWords, timeWords } from '../words/historyWords';
import { resourceWords } from '../words/resourceWords';
import { formatJson } from '../core/formatJson';
import type { CommandDeps } from './deps';
import { changeOf, titleOf } from './pickChange';

/** Opens the policy before and after a change in the diff editor. */
export async function showChange(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const options = { title: t('Show Change'), none: t('The history is empty.') };
  const record = await changeOf(deps, arg, options);
  if (!record) return;
  const { after, before, resource, startedAt } = record;
  const title = t('{0}, {1}: before ↔ after', resourceWords(resource), timeWords(startedAt));
  await deps.texts.showDiff(
    title,
    { name: t('before'), text: readable(before) },
    { name: t('after'), text: readable(after) },
  );
  if (deps.history.isInterrupted(record)) {
    const what = t('The change was interrupted.');
    await offerToFindOut(deps, record, what);
  } else if (isUncertain(record)) {
    const what = t('AWS did not say what came of the change.');
    await offerToFindOut(deps, record, what);
  }
}

/** Both sides get the same layout, so that only what means something differs. */
function readable(text: string | null): string | undefined {
  return text === null ? undefined : formatJson(text);
}

/** The right side is what was planned: whether it came to it has still to be found out. */
async function offerToFindOut(
  deps: CommandDeps,
  { id }: ChangeRecord,
  what: string,
): Promise<void> {
  const { history, reporter } = deps;
  const { t } = vscode.l10n;
  const findOut = t('Find Out');
  const choice = await vscode.window.showWarningMessage(
    `${what} ${t('It is not known whether the policy became what is shown.')}`,
    findOut,
  );
  if (choice !== findOut) return;
  await history.recover();
  const now = await history.byId(id);
  if (!now) return;
  if (now.state === 'running' || isUncertain(now)) {
    reporter.warn(
      t('What came of the change could not be found out. Its row in the history says why.'),
    );
  } else reporter.info(foundOutWords(titleOf(deps, now), now));
}
