import { regionIdPattern } from '../core/regions';
import { isRecord } from '../core/resource';

export const connectionColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type ConnectionColor = (typeof connectionColors)[number];

/** How a connection is called and looks; no part of what it is. */
export interface ConnectionLook {
  readonly name?: string;
  readonly color?: ConnectionColor;
}

export interface AwsConnectionConfig extends ConnectionLook {
  readonly type: 'aws';
  readonly profile?: string;
  readonly region: string;
  /** The account that it must lead to; without it the one that it led to first. */
  readonly accountId?: string;
}

/** One entry of the setting `resourcePolicies.connections`, checked. */
export type ConnectionConfig = ({ readonly type: 'sample' } & ConnectionLook) | AwsConnectionConfig;

/** What the setting holds: the connections, and the places of entries that are none. */
export interface ConnectionConfigs {
  readonly connections: readonly ConnectionConfig[];
  readonly invalid: readonly number[];
}

/** Reads the setting's value. Repeated entries count once; wrong ones are left out and named. */
export function readConnectionConfigs(value: unknown): ConnectionConfigs {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const connections = new Map<string, ConnectionConfig>();
  const invalid: number[] = [];
  entries.forEach((entry, index) => {
    const config = readEntry(entry);
    if (!config) invalid.push(index);
    else if (!connections.has(connectionId(config))) connections.set(connectionId(config), config);
  });
  return { connections: [...connections.values()], invalid };
}

function readEntry(entry: unknown): ConnectionConfig | undefined {
  if (!isRecord(entry)) return undefined;
  const look = lookOf(entry);
  if (entry.sample === true) return { type: 'sample', ...look };
  const { profile, region, accountId } = entry;
  if (typeof region !== 'string' || !regionIdPattern.test(region)) return undefined;
  if (profile !== undefined && (typeof profile !== 'string' || profile === '')) return undefined;
  // What was to guard a connection must not be passed over for a typing error.
  if (accountId !== undefined && !isAccountId(accountId)) return undefined;
  return {
    type: 'aws',
    ...(profile === undefined ? {} : { profile }),
    region,
    ...(accountId === undefined ? {} : { accountId }),
    ...look,
  };
}

function lookOf({ name, color }: Readonly<Record<string, unknown>>): ConnectionLook {
  const known = connectionColors.find((one) => one === color);
  return {
    ...(typeof name === 'string' && name.trim() !== '' ? { name: name.trim() } : {}),
    ...(known ? { color: known } : {}),
  };
}

function isAccountId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

/** Tells connections apart; stays the same over restarts. */
export function connectionId(config: ConnectionConfig): string {
  if (config.type === 'sample') return 'sample';
  const profile = config.profile === undefined ? '' : `profile=${config.profile}`;
  return `aws:${profile}@${config.region}`;
}

/** The entry as it stands in the setting. */
export function toEntry(config: ConnectionConfig): Readonly<Record<string, unknown>> {
  const { type, ...rest } = config;
  return type === 'sample' ? { sample: true, ...rest } : rest;
}
