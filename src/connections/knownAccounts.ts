import type * as vscode from 'vscode';
import { isRecord } from '../core/resource';

/**
 * The account that a profile led to when it was first used on this machine, at AWS and at each
 * endpoint that stands in for it. Keys that become those of another account are noticed by it.
 */
export class KnownAccounts {
  constructor(private readonly memento: vscode.Memento) {}

  of(profile: string | undefined, endpoint: string | undefined): string | undefined {
    const known = this.all()[keyOf(profile, endpoint)];
    return typeof known === 'string' ? known : undefined;
  }

  /** Keeps the first one; `again` puts another in its place. */
  async remember(
    profile: string | undefined,
    endpoint: string | undefined,
    accountId: string,
    again = false,
  ): Promise<void> {
    const known = this.of(profile, endpoint);
    if (known === accountId || (known !== undefined && !again)) return;
    await this.memento.update(key, { ...this.all(), [keyOf(profile, endpoint)]: accountId });
  }

  private all(): Readonly<Record<string, unknown>> {
    const held: unknown = this.memento.get(key);
    return isRecord(held) ? held : {};
  }
}

const key = 'knownAccounts';

/** No profile is named so: names are not empty. */
function keyOf(profile: string | undefined, endpoint: string | undefined): string {
  const credentials = profile === undefined ? 'default chain' : `profile:${profile}`;
  return endpoint === undefined ? credentials : `${credentials} at ${endpoint}`;
}
