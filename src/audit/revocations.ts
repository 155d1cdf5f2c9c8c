import type * as vscode from 'vscode';
import type { Whom } from '../core/revoke/whom';
import { isRecord } from '../core/resource';

/** Taking somebody out of all policies that was agreed to and is not done yet. */
export interface PendingRevocation {
  readonly whom: Whom;
  readonly connectionIds: readonly string[];
  /** So many policies were to be changed. */
  readonly policies: number;
}

const key = 'pendingRevocation';

/** Remembers what is not done yet, so that it is gone on with after a failure or a closed window. */
export class Revocations {
  constructor(private readonly memento: vscode.Memento) {}

  get pending(): PendingRevocation | undefined {
    const held: unknown = this.memento.get(key);
    return isPending(held) ? held : undefined;
  }

  async set(pending: PendingRevocation | undefined): Promise<void> {
    await this.memento.update(key, pending);
  }
}

function isPending(value: unknown): value is PendingRevocation {
  return (
    isRecord(value) &&
    isRecord(value.whom) &&
    typeof value.whom.type === 'string' &&
    Array.isArray(value.connectionIds) &&
    typeof value.policies === 'number'
  );
}
