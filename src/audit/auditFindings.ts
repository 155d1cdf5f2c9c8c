import type { Finding, Severity } from '../core/findings/finding';
import { policyFindings } from '../core/findings/policyFindings';
import type { Policy } from '../core/policy';
import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import { unqualified } from '../core/resource';
import { policyOf } from '../connections/policyReadings';
import type { Acceptance, Acceptances } from './acceptances';
import type { Audit, AuditedPolicy } from './audit';
import type { AuditSettings } from './auditSettings';

/** A finding with what a person made of it. */
export interface AuditFinding {
  readonly connectionId: string;
  readonly finding: Finding;
  readonly severity: Severity;
  readonly reading: Extract<PolicyReading, { state: 'policy' }>;
  /** There now, and not in the audit before. */
  readonly isNew: boolean;
  readonly acceptance?: Acceptance;
  /** Whether the acceptance holds. */
  readonly isAccepted: boolean;
}

interface Known {
  readonly reading: PolicyReading;
  readonly elsewhere: PolicyReading | undefined;
  readonly trust: AuditSettings['trust'];
  readonly findings: readonly Finding[];
}

/** Makes findings of what audits have read, anew for those policies alone that have changed. */
export class AuditFindings {
  private readonly known = new WeakMap<Audit, Map<string, Known>>();

  constructor(
    private readonly settings: AuditSettings,
    private readonly acceptances: Acceptances,
  ) {}

  /** What an audit has found by now, without what its rules' settings turn off. */
  of(audit: Audit, now: number): readonly AuditFinding[] {
    return [...audit.policies.values()].flatMap((policy) => this.at(audit, policy, now));
  }

  /** The same of one policy. */
  at(audit: Audit, policy: AuditedPolicy, now: number): readonly AuditFinding[] {
    const known = this.known.get(audit) ?? new Map<string, Known>();
    this.known.set(audit, known);
    const { reading } = policy;
    if (reading.state !== 'policy') return [];
    return this.findingsOf(audit, policy, known, now).flatMap((finding) =>
      this.dress(audit, finding, reading, now),
    );
  }

  private findingsOf(
    audit: Audit,
    { resource, reading }: AuditedPolicy,
    known: Map<string, Known>,
    now: number,
  ): readonly Finding[] {
    if (reading.state !== 'policy') return [];
    const { trust } = this.settings;
    const elsewhere = functionOf(audit, resource);
    const before = known.get(resource.arn);
    const isSame =
      before?.reading === reading && before.elsewhere === elsewhere && before.trust === trust;
    if (isSame) return before.findings;
    const at = elsewhere && policyIn(elsewhere);
    const findings = policyFindings(policyOf(reading), {
      resource,
      trust,
      now,
      ...(at ? { unqualified: at } : {}),
    });
    known.set(resource.arn, { reading, elsewhere, trust, findings });
    return findings;
  }

  private dress(
    audit: Audit,
    finding: Finding,
    reading: AuditFinding['reading'],
    now: number,
  ): readonly AuditFinding[] {
    const setting = this.settings.ruleSetting(finding.detail.rule);
    if (setting === 'off') return [];
    const acceptance = this.acceptances.of(finding.key);
    return [
      {
        connectionId: audit.scene.connectionId,
        finding,
        severity: setting ?? finding.severity,
        reading,
        isNew: audit.before !== undefined && !audit.before.has(finding.key),
        ...(acceptance ? { acceptance } : {}),
        isAccepted: acceptance !== undefined && acceptance.until > now,
      },
    ];
  }
}

/** Of an alias or version: what was read of the function itself. */
function functionOf(audit: Audit, resource: Resource): PolicyReading | undefined {
  if (resource.kind !== 'lambdaFunction' || !resource.qualifier) return undefined;
  return audit.policies.get(unqualified(resource).arn)?.reading;
}

function policyIn(reading: PolicyReading): { readonly policy: Policy | undefined } | undefined {
  if (reading.state === 'unreadable') return undefined;
  return { policy: reading.state === 'policy' ? policyOf(reading) : undefined };
}
