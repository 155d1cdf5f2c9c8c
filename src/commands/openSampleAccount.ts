import type { CommandDeps } from './deps';
import { revealConnection } from './revealConnection';

/** Adds the built-in sample account and shows it. */
export async function openSampleAccount(deps: CommandDeps): Promise<void> {
  const connection = await deps.connections.add({ type: 'sample' });
  if (connection) await revealConnection(deps, connection.id);
}
