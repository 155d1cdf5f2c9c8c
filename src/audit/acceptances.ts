import * as vscode from 'vscode';
import { isRecord } from '../core/resource';
import type { TeamAcceptances } from './teamAcceptances';

/** That a finding is known and meant: why, and until when (milliseconds since 1970). */
export interface Acceptance {
  readonly reason: string;
  readonly until: number;
  readonly acceptedAt: number;
  /** The team's file that it stands in; absent where it is kept on this machine. */
  readonly file?: vscode.Uri;
}

const key = 'acceptedFindings';

/** The findings that were accepted, by their keys: by a person, on this machine, or by a team. */
export class Acceptances implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memento: vscode.Memento,
    readonly team: TeamAcceptances,
  ) {
    this.subscription = team.onDidChange(() => this.changed.fire());
  }

  /** Also one that is over: a person should know that there was one. Of two the one that holds longer. */
  of(finding: string): Acceptance | undefined {
    const held = this.all()[finding];
    const own = isAcceptance(held) ? held : undefined;
    const shared = this.team.of(finding);
    if (!own || !shared) return own ?? shared;
    return own.until >= shared.until ? own : shared;
  }

  /** Wherever it was accepted; returns the files of teams. Throws as `TeamAcceptances.add` does. */
  async withdraw(finding: string): Promise<readonly vscode.Uri[]> {
    await this.set(finding, undefined);
    return this.team.withdraw(finding);
  }

  async set(finding: string, acceptance: Acceptance | undefined): Promise<void> {
    const others = Object.entries(this.all()).filter(([name]) => name !== finding);
    const all = acceptance ? [...others, [finding, acceptance] as const] : others;
    await this.memento.update(key, Object.fromEntries(all));
    this.changed.fire();
  }

  private all(): Readonly<Record<string, unknown>> {
    const held: unknown = this.memento.get(key);
    return isRecord(held) ? held : {};
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function isAcceptance(value: unknown): value is Acceptance {
  return (
    isRecord(value) &&
    typeof value.reason === 'string' &&
    typeof value.until === 'number' &&
    typeof value.acceptedAt === 'number'
  );
}
