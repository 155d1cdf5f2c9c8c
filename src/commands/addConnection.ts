import * as vscode from 'vscode';
import type { Profile } from '../core/awsAccess';
import type { CommandDeps } from './deps';
import { pickProfile } from './connection/pickProfile';
import { pickRegions } from './connection/pickRegions';
import { revealConnection } from './revealConnection';

/** Asks for a profile and regions, and adds the connections to the settings. */
export async function addConnection(deps: CommandDeps): Promise<void> {
  const picked = await pickProfile(deps, vscode.l10n.t('Connect to AWS (1 of 2): Profile'));
  if (!picked) return;
  const regions = await pickRegions(picked.profile);
  if (regions) await add(deps, picked.profile, regions);
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
