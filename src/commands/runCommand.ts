import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { addConnection } from './addConnection';
import { addPermission } from './addPermission';
import { editPolicy } from './editPolicy';
import { applyPolicy } from './applyPolicy';
import { discardDraft } from './discardDraft';
import { openDraft } from './openDraft';
import { undoChange } from './undoChange';
import { showChange } from './showChange';
import { copyPolicyBefore } from './copyPolicyBefore';
import { exportHistory } from './exportHistory';
import { copyAs } from './copyAs';
import { copyArn } from './copyArn';
import { acceptAccount } from './connection/acceptAccount';
import { renameConnection, setConnectionColor } from './connection/dressConnection';
import { moveConnectionDown, moveConnectionUp } from './connection/moveConnection';
import { signIn } from './connection/signIn';
import { acceptFinding, withdrawAcceptance } from './audit/acceptFinding';
import { askAccess } from './audit/askAccess';
import { clearFindingsFilter, filterFindings, groupFindings } from './audit/arrangeFindings';
import { auditConnection, resumeAudit } from './audit/auditConnection';
import { compareSnapshots } from './audit/compareSnapshots';
import { consolidatePolicy } from './audit/consolidatePolicy';
import { revokeEverywhere } from './audit/revoke/revokeEverywhere';
import { cancelAudit, forgetAudit } from './audit/endAudit';
import { exportAllFindings, exportFindings } from './audit/exportFindings';
import { fixFinding } from './audit/fixFinding';
import { openFinding } from './audit/openFinding';
import { snapshotAllPolicies, snapshotPolicies } from './audit/snapshotPolicies';
import { copyDiagnostics } from './copyDiagnostics';
import { goToResource } from './goTo/goToResource';
import { openInConsole } from './openInConsole';
import { pinResource, unpinResource } from './pinResource';
import { showMore } from './showMore';
import type { CommandDeps, CommandHandler } from './deps';
import { clearFilter, filter } from './filter';
import { openPolicy } from './openPolicy';
import { openSampleAccount } from './openSampleAccount';
import { refresh, refreshAll } from './refresh';
import { removeConnection } from './removeConnection';
import { removePermission } from './removePermission';
import { resetSampleAccount } from './resetSampleAccount';

/** Every command has its handler: a missing one does not compile. */
const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'resourcePolicies.addConnection': addConnection,
  'resourcePolicies.addPermission': addPermission,
  'resourcePolicies.editPolicy': editPolicy,
  'resourcePolicies.applyPolicy': applyPolicy,
  'resourcePolicies.discardDraft': discardDraft,
  'resourcePolicies.openDraft': openDraft,
  'resourcePolicies.undoChange': undoChange,
  'resourcePolicies.showChange': showChange,
  'resourcePolicies.copyPolicyBefore': copyPolicyBefore,
  'resourcePolicies.exportHistory': exportHistory,
  'resourcePolicies.copyAs': copyAs,
  'resourcePolicies.clearFilter': clearFilter,
  'resourcePolicies.copyArn': copyArn,
  'resourcePolicies.signIn': signIn,
  'resourcePolicies.acceptAccount': acceptAccount,
  'resourcePolicies.renameConnection': renameConnection,
  'resourcePolicies.setConnectionColor': setConnectionColor,
  'resourcePolicies.moveConnectionUp': moveConnectionUp,
  'resourcePolicies.moveConnectionDown': moveConnectionDown,
  'resourcePolicies.pinResource': pinResource,
  'resourcePolicies.unpinResource': unpinResource,
  'resourcePolicies.showMore': showMore,
  'resourcePolicies.goToResource': goToResource,
  'resourcePolicies.openInConsole': openInConsole,
  'resourcePolicies.copyDiagnostics': copyDiagnostics,
  'resourcePolicies.auditConnection': auditConnection,
  'resourcePolicies.resumeAudit': resumeAudit,
  'resourcePolicies.cancelAudit': cancelAudit,
  'resourcePolicies.forgetAudit': forgetAudit,
  'resourcePolicies.groupFindings': groupFindings,
  'resourcePolicies.filterFindings': filterFindings,
  'resourcePolicies.clearFindingsFilter': clearFindingsFilter,
  'resourcePolicies.openFinding': openFinding,
  'resourcePolicies.fixFinding': fixFinding,
  'resourcePolicies.acceptFinding': acceptFinding,
  'resourcePolicies.withdrawAcceptance': withdrawAcceptance,
  'resourcePolicies.askAccess': askAccess,
  'resourcePolicies.consolidatePolicy': consolidatePolicy,
  'resourcePolicies.revokeEverywhere': revokeEverywhere,
  'resourcePolicies.exportFindings': exportFindings,
  'resourcePolicies.exportAllFindings': exportAllFindings,
  'resourcePolicies.snapshotPolicies': snapshotPolicies,
  'resourcePolicies.snapshotAllPolicies': snapshotAllPolicies,
  'resourcePolicies.compareSnapshots': compareSnapshots,
  'resourcePolicies.filter': filter,
  'resourcePolicies.openPolicy': openPolicy,
  'resourcePolicies.openSampleAccount': openSampleAccount,
  'resourcePolicies.refresh': refresh,
  'resourcePolicies.refreshAll': refreshAll,
  'resourcePolicies.removeConnection': removeConnection,
  'resourcePolicies.removePermission': removePermission,
  'resourcePolicies.resetSampleAccount': resetSampleAccount,
};

/** Runs a command with the arguments that VS Code hands over; what goes wrong is shown. */
export async function runCommand(
  deps: CommandDeps,
  id: CommandId,
  args: readonly unknown[],
): Promise<void> {
  await deps.reporter.guard(() =>
    isLostRow(id, args) ? askToRepeat(deps) : handlers[id](deps, ...args),
  );
}

/** Commands that act on the row they are called from. */
const rowCommands: ReadonlySet<CommandId> = new Set<CommandId>([
  'resourcePolicies.addPermission',
  'resourcePolicies.copyAs',
  'resourcePolicies.copyPolicyBefore',
  'resourcePolicies.discardDraft',
  'resourcePolicies.editPolicy',
  'resourcePolicies.showChange',
  'resourcePolicies.undoChange',
  'resourcePolicies.copyArn',
  'resourcePolicies.openPolicy',
  'resourcePolicies.refresh',
  'resourcePolicies.removeConnection',
  'resourcePolicies.removePermission',
  'resourcePolicies.signIn',
  'resourcePolicies.acceptAccount',
  'resourcePolicies.renameConnection',
  'resourcePolicies.setConnectionColor',
  'resourcePolicies.moveConnectionUp',
  'resourcePolicies.moveConnectionDown',
  'resourcePolicies.pinResource',
  'resourcePolicies.unpinResource',
  'resourcePolicies.openInConsole',
  'resourcePolicies.auditConnection',
  'resourcePolicies.resumeAudit',
  'resourcePolicies.cancelAudit',
  'resourcePolicies.forgetAudit',
  'resourcePolicies.openFinding',
  'resourcePolicies.fixFinding',
  'resourcePolicies.acceptFinding',
  'resourcePolicies.withdrawAcceptance',
  'resourcePolicies.askAccess',
  'resourcePolicies.consolidatePolicy',
  'resourcePolicies.revokeEverywhere',
  'resourcePolicies.exportFindings',
  'resourcePolicies.snapshotPolicies',
]);

/**
 * A row that was being drawn anew when it was clicked comes as nothing in the row's place, also among
 * several that are selected; the palette and keys hand over no place at all.
 */
function isLostRow(id: CommandId, args: readonly unknown[]): boolean {
  if (!rowCommands.has(id) || args.length === 0) return false;
  const isLost = (row: unknown) => row === undefined || row === null;
  const [row, rows] = args;
  return isLost(row) || (Array.isArray(rows) && rows.some(isLost));
}

function askToRepeat({ reporter }: CommandDeps): void {
  reporter.info(vscode.l10n.t('The list was just being updated. Please try again.'));
}
