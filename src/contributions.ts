/**
 * The ids that package.json and the code share. A test holds the two against each other, so a
 * command that is only declared, or only registered, is found.
 */
export const commandIds = [
  'resourcePolicies.addConnection',
  'resourcePolicies.removeConnection',
  'resourcePolicies.openSampleAccount',
  'resourcePolicies.resetSampleAccount',
  'resourcePolicies.refresh',
  'resourcePolicies.refreshAll',
  'resourcePolicies.filter',
  'resourcePolicies.clearFilter',
  'resourcePolicies.openPolicy',
  'resourcePolicies.removePermission',
  'resourcePolicies.addPermission',
  'resourcePolicies.editPolicy',
  'resourcePolicies.applyPolicy',
  'resourcePolicies.discardDraft',
  'resourcePolicies.openDraft',
  'resourcePolicies.undoChange',
  'resourcePolicies.showChange',
  'resourcePolicies.copyPolicyBefore',
  'resourcePolicies.exportHistory',
  'resourcePolicies.copyAs',
  'resourcePolicies.copyArn',
  'resourcePolicies.signIn',
  'resourcePolicies.acceptAccount',
  'resourcePolicies.renameConnection',
  'resourcePolicies.setConnectionColor',
  'resourcePolicies.moveConnectionUp',
  'resourcePolicies.moveConnectionDown',
  'resourcePolicies.pinResource',
  'resourcePolicies.unpinResource',
  'resourcePolicies.showMore',
  'resourcePolicies.goToResource',
  'resourcePolicies.openInConsole',
  'resourcePolicies.copyDiagnostics',
  'resourcePolicies.auditConnection',
  'resourcePolicies.resumeAudit',
  'resourcePolicies.cancelAudit',
  'resourcePolicies.forgetAudit',
  'resourcePolicies.groupFindings',
  'resourcePolicies.filterFindings',
  'resourcePolicies.clearFindingsFilter',
  'resourcePolicies.openFinding',
  'resourcePolicies.fixFinding',
  'resourcePolicies.acceptFinding',
  'resourcePolicies.withdrawAcceptance',
  'resourcePolicies.askAccess',
  'resourcePolicies.consolidatePolicy',
  'resourcePolicies.revokeEverywhere',
  'resourcePolicies.exportFindings',
  'resourcePolicies.exportAllFindings',
  'resourcePolicies.snapshotPolicies',
  'resourcePolicies.snapshotAllPolicies',
  'resourcePolicies.compareSnapshots',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = {
  resources: 'resourcePolicies.resources',
  findings: 'resourcePolicies.findings',
  history: 'resourcePolicies.history',
} as const;

export const settingIds = {
  connections: 'resourcePolicies.connections',
  historyDays: 'resourcePolicies.historyDays',
  readOnly: 'resourcePolicies.readOnly',
  protectedProfiles: 'resourcePolicies.protectedProfiles',
  trustedAccounts: 'resourcePolicies.trustedAccounts',
  trustedOrganizations: 'resourcePolicies.trustedOrganizations',
  rules: 'resourcePolicies.rules',
} as const;

/**
 * Schemes of documents: policies that can be edited, policies that cannot (layer versions), and
 * texts that are only compared. `row`: no documents, but rows of the Resources view.
 */
export const schemes = {
  policy: 'resource-policy',
  readonlyPolicy: 'resource-policy-readonly',
  text: 'resource-policy-text',
  row: 'resource-policy-row',
} as const;

export const contextKeys = {
  /** Whether the resources view is narrowed by a filter. */
  filtered: 'resourcePolicies.filtered',
  /** Whether the findings view is narrowed by a filter. */
  findingsFiltered: 'resourcePolicies.findingsFiltered',
} as const;

/** The webview panel type of the policy page; `onWebviewPanel:` in package.json names it too. */
export const policyPageType = 'resourcePolicies.policyPage';

/**
 * How the Delete key tells `removePermission` what it is about: the rows that are selected if these
 * are several, else the one that has the focus; or, on a row that opens and closes, the former alone.
 */
export const deleteKey = { onRow: 'focus', onFolder: 'selection' } as const;

/** The type of the tasks that sign in; `taskDefinitions` in package.json names it too. */
export const signInTaskType = 'resourcePolicies.signIn';

/** What is dragged within the Resources view; VS Code names it after the view. */
export const connectionMimeType = 'application/vnd.code.tree.resourcepolicies.resources';
