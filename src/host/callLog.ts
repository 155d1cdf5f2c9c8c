import type * as vscode from 'vscode';

interface LoggedCall {
  readonly operation: string;
  readonly command?: string;
  readonly durationMs: number;
  readonly attempts?: number;
  readonly requestId?: string;
  readonly failure?: { readonly errorName: string; readonly message: string };
}

/**
 * Writes what was asked of AWS, how long it took and how it ended, and on a line of its own the
 * command of the AWS CLI that does the same. Never a policy or a secret.
 */
export function callLogger(log: vscode.LogOutputChannel): (call: LoggedCall) => void {
  return ({ operation, command, durationMs, attempts = 1, requestId, failure }) => {
    const request = requestId === undefined ? '' : ` request ${requestId}`;
    const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
    const line = `${operation} ${durationMs} ms${tries}${request}`;
    const equivalent = command === undefined ? '' : `\n  ${oneLine(command)}`;
    if (failure)
      log.warn(`${line}: ${failure.errorName}: ${oneLine(failure.message)}${equivalent}`);
    else log.info(`${line}${equivalent}`);
  };
}

/** A name with a line break in it could pass for an entry of its own. */
function oneLine(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- these are looked for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
