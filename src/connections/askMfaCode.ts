import * as vscode from 'vscode';
import type { MfaRequest } from '../core/awsAccess';
import { plainText } from '../host/plainText';

let turn: Promise<unknown> = Promise.resolve();

/** Asks for the code of an MFA device; one profile after the other, since there is one input box. */
export function askMfaCode(request: MfaRequest): Promise<string | undefined> {
  const answer = turn.then(() => ask(request));
  turn = answer.catch(() => undefined);
  return answer;
}

async function ask({ profile, device, roleArn }: MfaRequest): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: plainText(t('MFA Code for {0}', profile ?? t('the default credentials'))),
    prompt: plainText(t('The code of {0}, to take on the role {1}.', device, roleArn)),
    placeHolder: t('6 digits'),
    password: true,
    ignoreFocusOut: true,
    // Devices show six digits; AWS takes no other code.
    validateInput: (text) =>
      text === '' || /^\s*\d{6}\s*$/.test(text) ? undefined : t('The code has 6 digits.'),
  });
  const code = typed?.trim();
  return code === '' ? undefined : code;
}
