import type * as vscode from 'vscode';

/** A log for tests that do not look into it. */
export function quietLog(): vscode.LogOutputChannel {
  const nothing = () => undefined;
  const log = { error: nothing, info: nothing, warn: nothing, show: nothing };
  return log as unknown as vscode.LogOutputChannel;
}
