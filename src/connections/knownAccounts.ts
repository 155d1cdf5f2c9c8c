import type * as vscode from 'vscode';
import { isRecord } from '../core/resource';

/**
 * The account that a profile led to when it was first used on this machine. Keys that become those of
 * another account are noticed by it.
 */
export class KnownAccounts {
  constructor(private readonly memento: vscode.Memento) {}

  of(profile: string | undefined): string | undefined {
    const known = this.all()[keyOf(profile)];
    return typeof known === 'string' ? known : undefined;
  }

  /** Keeps the first one; `again` puts another in its place. */
  async remember(profile: string | undefined, accountId: string, again = false): Promise<void> {
    const known = this.of(profile);
    if (known === accountId || (known !== undefined && !again)) return;
    await this.memento.update(key, { ...this.all(), [keyOf(profile)]: accountId });
  }

  private all(): Readonly<Record<string, unknown>> {
    const held: unknown = this.memento.get(key);
    return isRecord(held) ? held : {};
  }
}

const key = 'knownAccounts';

/** No profile is named so: names are not empty. */
function keyOf(profile: string | undefined): string {
  return profile === undefined ? 'default chain' : `profile:${profile}`;
}
