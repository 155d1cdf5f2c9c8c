import * as vscode from 'vscode';
import { isRecord } from '../core/resource';

/** That a finding is known and meant: why, and until when (milliseconds since 1970). */
export interface Acceptance {
  readonly reason: string;
  readonly until: number;
  readonly acceptedAt: number;
}

const key = 'acceptedFindings';

/** The findings that a person accepted, kept on this machine, by their keys. */
export class Acceptances implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  /** Also one that is over: a person should know that there was one. */
  of(finding: string): Acceptance | undefined {
    const held = this.all()[finding];
    return isAcceptance(held) ? held : undefined;
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
