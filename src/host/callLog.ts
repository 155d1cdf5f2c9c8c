import type * as vscode from 'vscode';

interface LoggedCall {
  readonly operation: string;
  readonly durationMs: number;
  readonly attempts?: number;
  readonly requestId?: string;
  readonly failure?: { readonly errorName: string; readonly message: string };
}

/** Writes a line for each call to AWS: what, how long, how it ended. Never a policy or a secret. */
export function callLogger(log: vscode.LogOutputChannel): (call: LoggedCall) => void {
  return ({ operation, durationMs, attempts = 1, requestId, failure }) => {
    const request = requestId === undefined ? '' : ` request ${requestId}`;
    const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
    const line = `${operation} ${durationMs} ms${tries}${request}`;
    if (failure) log.warn(`${line}: ${failure.errorName}: ${failure.message}`);
    else log.info(line);
  };
}
