import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { addConnection } from './addConnection';
import { copyArn } from './copyArn';
import type { CommandDeps, CommandHandler } from './deps';
import { clearFilter, filter } from './filter';
import { openPolicy } from './openPolicy';
import { openSampleAccount } from './openSampleAccount';
import { refresh } from './refresh';
import { removeConnection } from './removeConnection';
import { removePermission } from './removePermission';
import { resetSampleAccount } from './resetSampleAccount';

/** Every command has its handler: a missing one does not compile. */
const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'resourcePolicies.addConnection': addConnection,
  'resourcePolicies.clearFilter': clearFilter,
  'resourcePolicies.copyArn': copyArn,
  'resourcePolicies.filter': filter,
  'resourcePolicies.openPolicy': openPolicy,
  'resourcePolicies.openSampleAccount': openSampleAccount,
  'resourcePolicies.refresh': refresh,
  'resourcePolicies.removeConnection': removeConnection,
  'resourcePolicies.removePermission': removePermission,
  'resourcePolicies.resetSampleAccount': resetSampleAccount,
};

export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) =>
      deps.reporter.guard(() => handler(deps, ...args)),
    ),
  );
  return vscode.Disposable.from(...registered);
}
