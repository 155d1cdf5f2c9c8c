import * as vscode from 'vscode';
import type { RuleId, Severity, Trust } from '../core/findings/finding';
import { ruleIds, severities } from '../core/findings/finding';
import { isRecord } from '../core/resource';
import type { ConfigValue } from '../host/configValue';

/** Whom a person trusts and which rules count: settings of the machine, that no workspace can loosen. */
export class AuditSettings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChange = this.changed.event;
  private held: { readonly trust: Trust; readonly rules: ReadonlyMap<RuleId, Severity | 'off'> };

  constructor(
    private readonly settings: Readonly<
      Record<'trustedAccounts' | 'trustedOrganizations' | 'rules', ConfigValue>
    >,
  ) {
    this.held = this.read();
    this.subscriptions = Object.values(settings).map((setting) =>
      setting.onDidChange(() => {
        this.held = this.read();
        this.changed.fire();
      }),
    );
  }

  /** The same object until a setting changes. */
  get trust(): Trust {
    return this.held.trust;
  }

  /** How grave what a rule finds is; `undefined`: as the rule says. */
  ruleSetting(rule: RuleId): Severity | 'off' | undefined {
    return this.held.rules.get(rule);
  }

  private read() {
    const { trustedAccounts, trustedOrganizations, rules } = this.settings;
    return {
      trust: {
        accounts: textsOf(trustedAccounts.get(), /^\d{12}$/),
        organizations: textsOf(trustedOrganizations.get(), /^o-[a-z0-9]+$/),
      },
      rules: rulesOf(rules.get()),
    };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

/** What is no such ID trusts nobody. */
function textsOf(value: unknown, form: RegExp): ReadonlySet<string> {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [];
  return new Set(texts.filter((text) => typeof text === 'string' && form.test(text)) as string[]);
}

/** What is no rule and no severity changes nothing. */
function rulesOf(value: unknown): ReadonlyMap<RuleId, Severity | 'off'> {
  const found = new Map<RuleId, Severity | 'off'>();
  if (!isRecord(value)) return found;
  for (const rule of ruleIds) {
    const severity = [...severities, 'off' as const].find((one) => one === value[rule]);
    if (severity) found.set(rule, severity);
  }
  return found;
}
