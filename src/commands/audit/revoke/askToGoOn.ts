import * as vscode from 'vscode';
import type { PendingRevocation, Revocations } from '../../../audit/revocations';
import { shortText } from '../../../host/plainText';
import { policiesWords } from '../../../words/auditWords';
import { whomWords } from '../../../words/revokeWords';

/** Whether to go on with what was not done; `undefined`: with somebody else. */
export async function askToGoOn(
  revocations: Revocations,
): Promise<PendingRevocation | 'cancelled' | undefined> {
  const { pending } = revocations;
  if (pending.length === 0) return undefined;
  const { t } = vscode.l10n;
  const items = [
    ...pending.map((one) => ({
      label: shortText(t('Go on: {0}', whomWords(one.whom))),
      detail: t('Not done, or not all seen, of {0}.', policiesWords(one.policies)),
      goOn: one,
    })),
    { label: t('Somebody Else') },
    ...pending.map((one) => ({
      label: shortText(t('Forget: {0}', whomWords(one.whom))),
      detail: t('What is done stays done.'),
      forget: one,
    })),
  ];
  const options = { title: t('Revoke Everywhere'), ignoreFocusOut: true };
  const picked = await vscode.window.showQuickPick(items, options);
  if (!picked) return 'cancelled';
  if ('forget' in picked) {
    await revocations.remove(picked.forget.whom);
    return 'cancelled';
  }
  return 'goOn' in picked ? picked.goOn : undefined;
}
