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
    const value = this.readOnly.get();
    // What was to guard must not be passed over for a typing error.
    return value !== false && value !== undefined && value !== null;
  }

  /** Before a change a person types what it is about. */
  isProtected({ config }: Connection): boolean {
    if (config.type === 'sample') return false;
    const profile = config.profile ?? process.env.AWS_PROFILE ?? 'default';
    return isMeant(profile, patternsOf(this.protectedProfiles.get()));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

/** What is no list is a pattern, or protects everything: see `isReadOnly`. */
function patternsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((pattern) => typeof pattern === 'string');
  if (value === undefined || value === null) return [];
  return [typeof value === 'string' ? value : '*'];
}
