import * as vscode from 'vscode';
import type { Profile } from '../core/awsAccess';
import type { CommandDeps } from './deps';
import { pickProfile } from './connection/pickProfile';
import { pickRegions } from './connection/pickRegions';
import { revealConnection } from './revealConnection';

/** Asks for a profile and regions, and adds the connections to the settings; says whether it did. */
export async function addConnection(deps: CommandDeps): Promise<boolean> {
  const picked = await pickProfile(deps, vscode.l10n.t('Connect to AWS (1 of 2): Profile'));
  const regions = picked && (await pickRegions(picked.profile));
  if (!regions) return false;
  await add(deps, picked.profile, regions);
  return true;
}

/** Asks for a profile to reach a region with; says whether a connection was added. */
export async function addConnectionFor(deps: CommandDeps, region: string): Promise<boolean> {
  const picked = await pickProfile(deps, vscode.l10n.t('Connect to {0}: Profile', region));
  if (!picked) return false;
  await add(deps, picked.profile, [region]);
  return true;
}

async function add(
  deps: CommandDeps,
  profile: Profile | undefined,
  regions: readonly string[],
): Promise<void> {
  const configs = regions.map((region) => ({
    type: 'aws' as const,
    ...(profile ? { profile: profile.name } : {}),
    region,
  }));
  const connection = await deps.connections.add(...configs);
  if (connection) await revealConnection(deps, connection.id);
}
