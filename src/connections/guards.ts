import * as vscode from 'vscode';
import { isMeant } from '../core/namePatterns';
import type { ConfigValue } from '../host/configValue';
import type { Connection } from './connection';

/** What keeps people from changing what they did not mean to: settings that no workspace can loosen. */
export class Guards implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly readOnly: ConfigValue,
    private readonly protectedProfiles: ConfigValue,
  ) {
    const fire = () => this.changed.fire();
    this.subscriptions = [readOnly.onDidChange(fire), protectedProfiles.onDidChange(fire)];
  }

  /** Nothing is changed in AWS at all. */
  get isReadOnly(): boolean {
    return this.readOnly.get() === true;
  }

  /** Before a change a person types what it is about. */
  isProtected({ config }: Connection): boolean {
    if (config.type === 'sample') return false;
    const patterns: unknown = this.protectedProfiles.get();
    if (!Array.isArray(patterns)) return false;
    const texts = patterns.filter((pattern) => typeof pattern === 'string');
    return isMeant(config.profile ?? process.env.AWS_PROFILE ?? 'default', texts);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}
