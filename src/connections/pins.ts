import * as vscode from 'vscode';
import type { Listed } from '../core/resource';
import { isListed, isRecord } from '../core/resource';

/** What was pinned over a connection, or is no longer. */
export interface PinEvent {
  readonly connectionId: string;
  readonly listed: Listed;
}

/** The resources that a person wants at the top of a connection's lists; kept on this machine. */
export class Pins implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<PinEvent>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  of(connectionId: string): readonly Listed[] {
    const held = this.all()[connectionId];
    return Array.isArray(held) ? held.filter(isListed) : [];
  }

  has(connectionId: string, { arn }: Listed): boolean {
    return this.of(connectionId).some((pin) => pin.arn === arn);
  }

  async set(connectionId: string, listed: Listed, isPinned: boolean): Promise<void> {
    const others = this.of(connectionId).filter(({ arn }) => arn !== listed.arn);
    const pins = isPinned ? [...others, listed] : others;
    await this.memento.update(key, { ...this.all(), [connectionId]: pins });
    this.changed.fire({ connectionId, listed });
  }

  private all(): Readonly<Record<string, unknown>> {
    const held: unknown = this.memento.get(key);
    return isRecord(held) ? held : {};
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const key = 'pins';
