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
  'resourcePolicies.copyArn',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = { resources: 'resourcePolicies.resources' } as const;

export const settingIds = { connections: 'resourcePolicies.connections' } as const;

export const contextKeys = {
  /** Whether the resources view is narrowed by a filter. */
  filtered: 'resourcePolicies.filtered',
} as const;

/** The webview panel type of the policy page; `onWebviewPanel:` in package.json names it too. */
export const policyPageType = 'resourcePolicies.policyPage';

/** How the Delete key tells `removePermission` to take the row that has the focus. */
export const fromSelection = 'selection';
