import type { AccessTarget } from '../core/awsAccess';
import { regionIdPattern } from '../core/regions';
import { isRecord } from '../core/resource';

/** One entry of the setting `resourcePolicies.connections`, checked. */
export type ConnectionConfig =
  { readonly type: 'sample' } | ({ readonly type: 'aws' } & AccessTarget);

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
    if (config) connections.set(connectionId(config), config);
    else invalid.push(index);
  });
  return { connections: [...connections.values()], invalid };
}

function readEntry(entry: unknown): ConnectionConfig | undefined {
  if (!isRecord(entry)) return undefined;
  if (entry.sample === true) return { type: 'sample' };
  const { profile, region } = entry;
  if (typeof region !== 'string' || !regionIdPattern.test(region)) return undefined;
  if (profile === undefined) return { type: 'aws', region };
  if (typeof profile !== 'string' || profile === '') return undefined;
  return { type: 'aws', profile, region };
}

/** Tells connections apart; stays the same over restarts. */
export function connectionId(config: ConnectionConfig): string {
  if (config.type === 'sample') return 'sample';
  const profile = config.profile === undefined ? '' : `profile=${config.profile}`;
  return `aws:${profile}@${config.region}`;
}

/** The entry as it stands in the setting. */
export function toEntry(config: ConnectionConfig): Readonly<Record<string, unknown>> {
  if (config.type === 'sample') return { sample: true };
  const { profile, region } = config;
  return profile === undefined ? { region } : { profile, region };
}
