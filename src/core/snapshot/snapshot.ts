import { isJson } from '../policyStyle';
import { laidOut } from '../report/laidOut';
import type { ReportedAudit, ReportedResource } from '../report/report';
import { notReadOf } from '../report/report';
import type { Inventory, InventoryEntry } from './inventory';
import { policyPaths } from './policyPaths';

/** The policies of an account and region as files, by their paths, and what lies beside them. */
export interface Snapshot {
  readonly inventory: Inventory;
  readonly files: ReadonlyMap<string, string>;
}

/** `savedAt` in milliseconds since 1970. */
export function snapshotOf(audit: ReportedAudit, savedAt: number): Snapshot {
  const paths = policyPaths(audit.resources);
  const files = new Map<string, string>();
  const resources = audit.resources.map((resource): InventoryEntry => {
    const file = paths.get(resource.arn) ?? '';
    if (resource.policy.state === 'policy') files.set(file, fileText(resource.policy.text));
    return entryOf(resource, file);
  });
  const { title, accountId, region, isWhole } = audit;
  return {
    inventory: {
      savedAt,
      connection: title,
      ...(accountId === undefined ? {} : { account: accountId }),
      ...(region === undefined ? {} : { region }),
      isListed: audit.state === 'complete' && audit.gaps.length === 0,
      isWhole,
      notRead: notReadOf(audit).map(({ reason }) => reason),
      resources,
    },
    files,
  };
}

function entryOf(
  { arn, kind, name, qualifier, policy }: ReportedResource,
  file: string,
): InventoryEntry {
  const resource = { arn, kind, name, ...(qualifier ? { qualifier } : {}) };
  switch (policy.state) {
    case 'policy':
      return { ...resource, policy: 'saved', file };
    case 'none':
      return { ...resource, policy: 'none' };
    case 'unreadable':
    case 'notAskedFor':
      return { ...resource, policy: policy.state, reason: policy.reason };
  }
}

/** In lines, each with its end, as text files have it; what is no JSON stays byte for byte. */
function fileText(text: string): string {
  return isJson(text) ? `${laidOut(text)}\n` : text;
}
