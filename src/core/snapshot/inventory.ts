import type { ReportedQualifier } from '../report/report';
import { writtenJson } from '../report/writtenJson';
import type { ResourceKind } from '../resource';
import { isRecord, resourceKinds } from '../resource';
import { isPolicyPath } from './policyPaths';

/** What lies beside the policies of a snapshot: of every resource where its policy is, or why not. */
export interface Inventory {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly connection: string;
  readonly account?: string;
  readonly region?: string;
  /** Whether every resource was listed: what is not here then did not exist. */
  readonly isListed: boolean;
  /** Whether every policy was read, too. */
  readonly isWhole: boolean;
  /** What is not known, in sentences. */
  readonly notRead: readonly string[];
  readonly resources: readonly InventoryEntry[];
}

export type InventoryEntry = InventoryResource &
  (
    | { readonly policy: 'saved'; readonly file: string }
    | { readonly policy: 'none' }
    | { readonly policy: 'unreadable' | 'notAskedFor'; readonly reason: string }
  );

export interface InventoryResource {
  readonly arn: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly qualifier?: ReportedQualifier;
}

export const inventoryFile = 'inventory.json';
const format = 'resource-policies-snapshot';
const formatVersion = 1;

export function inventoryText(inventory: Inventory): string {
  const { savedAt, isListed, isWhole, notRead, resources, ...place } = inventory;
  return writtenJson({
    format,
    formatVersion,
    savedAt: new Date(savedAt).toISOString(),
    ...place,
    listedAll: isListed,
    complete: isWhole,
    notRead,
    resources,
  });
}

/** `undefined` for whatever is no inventory of ours: then nothing beside it is ours. */
export function readInventory(text: string): Inventory | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.format !== format || value.formatVersion !== formatVersion) {
    return undefined;
  }
  const { savedAt, connection, account, region, notRead, resources } = value;
  const time = typeof savedAt === 'string' ? Date.parse(savedAt) : NaN;
  if (Number.isNaN(time) || !isListOf(resources, isEntry) || !isListOf(notRead, isText)) {
    return undefined;
  }
  return {
    savedAt: time,
    connection: isText(connection) ? connection : '',
    ...(isText(account) ? { account } : {}),
    ...(isText(region) ? { region } : {}),
    isListed: value.listedAll === true,
    isWhole: value.complete === true,
    notRead,
    resources,
  };
}

/** The files that belong to a snapshot, but for the inventory itself. */
export function filesOf({ resources }: Inventory): readonly string[] {
  return resources.flatMap((entry) => (entry.policy === 'saved' ? [entry.file] : []));
}

function isListOf<T>(value: unknown, isOne: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isEntry(value: unknown): value is InventoryEntry {
  if (!isRecord(value) || !isText(value.arn) || !isText(value.name)) return false;
  if (!resourceKinds.some((kind) => kind === value.kind)) return false;
  if (value.qualifier !== undefined && !isQualifier(value.qualifier)) return false;
  switch (value.policy) {
    case 'saved':
      return isText(value.file) && isPolicyPath(value.file);
    case 'none':
      return true;
    case 'unreadable':
    case 'notAskedFor':
      return isText(value.reason);
    default:
      return false;
  }
}

function isQualifier(value: unknown): value is ReportedQualifier {
  return (
    isRecord(value) && (value.type === 'alias' || value.type === 'version') && isText(value.name)
  );
}
