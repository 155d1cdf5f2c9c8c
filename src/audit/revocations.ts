import type * as vscode from 'vscode';
import type { Whom } from '../core/revoke/whom';
import { isWhom, whomKey } from '../core/revoke/whom';
import { isRecord } from '../core/resource';

/** Taking somebody out of all policies that was agreed to and is not done yet. */
export interface PendingRevocation {
  readonly whom: Whom;
  readonly connectionIds: readonly string[];
  /** So many policies were to be changed. */
  readonly policies: number;
}

const key = 'pendingRevocations';

/** Remembers what is not done yet, so that it is gone on with after a failure or a closed window. */
export class Revocations {
  constructor(private readonly memento: vscode.Memento) {}

  /** One for each whom it is about, the last first. */
  get pending(): readonly PendingRevocation[] {
    const held: unknown = this.memento.get(key);
    return Array.isArray(held) ? held.filter(isPending) : [];
  }

  /** The connections of an earlier one of the same stay: what is not done there is not forgotten. */
  async add(pending: PendingRevocation): Promise<void> {
    const before = this.of(pending.whom)?.connectionIds ?? [];
    const connectionIds = [...new Set([...before, ...pending.connectionIds])];
    await this.memento.update(key, [{ ...pending, connectionIds }, ...this.others(pending.whom)]);
  }

  of(whom: Whom): PendingRevocation | undefined {
    return this.pending.find((one) => whomKey(one.whom) === whomKey(whom));
  }

  async remove(whom: Whom): Promise<void> {
    await this.memento.update(key, this.others(whom));
  }

  private others(whom: Whom): readonly PendingRevocation[] {
    return this.pending.filter((one) => whomKey(one.whom) !== whomKey(whom));
  }
}

function isPending(value: unknown): value is PendingRevocation {
  return (
    isRecord(value) &&
    isWhom(value.whom) &&
    Array.isArray(value.connectionIds) &&
    value.connectionIds.every((id) => typeof id === 'string') &&
    typeof value.policies === 'number'
  );
}
