import type { Failure } from '../core/errors';
import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import type { SurveyGap } from '../survey/survey';

export type AuditState =
  | 'running'
  /** Everything was asked for. What could not be read is told. */
  | 'complete'
  | 'cancelled'
  /** Nothing more could be asked for the same reason. */
  | 'stopped'
  /** Its window ended before it did. */
  | 'interrupted';

export interface AuditedPolicy {
  readonly resource: Resource;
  readonly reading: PolicyReading;
}

/** Whose policies are audited, as it was when the audit began. */
export interface AuditScene {
  readonly connectionId: string;
  readonly title: string;
  readonly accountId?: string;
}

/** What an audit of one connection has brought so far. */
export class Audit {
  state: AuditState = 'running';
  failure: Failure | undefined;
  /** Times are in milliseconds since 1970. */
  endedAt: number | undefined;
  /** Whether all that there is was listed, so that the count is known. */
  isListed = false;
  readonly listed = new Map<string, Resource>();
  readonly policies = new Map<string, AuditedPolicy>();
  private gapList: SurveyGap[] = [];

  constructor(
    readonly scene: AuditScene,
    readonly startedAt: number,
    /** Keys of what the audit before found; absent when there was none. */
    readonly before?: ReadonlySet<string>,
  ) {}

  get gaps(): readonly SurveyGap[] {
    return this.gapList;
  }

  /** Goes on where it ended: what was not listed is asked for anew. */
  resume(): void {
    this.state = 'running';
    this.failure = undefined;
    this.endedAt = undefined;
    this.isListed = false;
    this.gapList = [];
    // What was listed and is gone by now would be missed for ever.
    for (const arn of this.listed.keys()) if (!this.policies.has(arn)) this.listed.delete(arn);
  }

  end(state: Exclude<AuditState, 'running'>, endedAt: number, failure?: Failure): void {
    this.state = state;
    this.endedAt = endedAt;
    this.failure = failure;
  }

  addListed(resource: Resource): void {
    this.listed.set(resource.arn, resource);
  }

  addReading(resource: Resource, reading: PolicyReading): void {
    this.listed.set(resource.arn, resource);
    this.policies.set(resource.arn, { resource, reading });
  }

  addGap(gap: SurveyGap): void {
    this.gapList.push(gap);
  }

  /** Whether a policy need not be asked for any more. */
  isRead({ arn }: Resource): boolean {
    const reading = this.policies.get(arn)?.reading;
    return reading !== undefined && reading.state !== 'unreadable';
  }

  get readCount(): number {
    return this.policies.size - this.unreadable.length;
  }

  /** How many of what was read has a policy. */
  get policyCount(): number {
    return [...this.policies.values()].filter(({ reading }) => reading.state === 'policy').length;
  }

  get unreadable(): readonly AuditedPolicy[] {
    return [...this.policies.values()].filter(({ reading }) => reading.state === 'unreadable');
  }

  /** What was listed and not asked for. */
  get unasked(): number {
    return this.listed.size - this.policies.size;
  }

  /** Whether it says all that there is to say about the account. */
  get isWhole(): boolean {
    const { length: gaps } = this.gaps;
    return this.state === 'complete' && this.unreadable.length + gaps + this.unasked === 0;
  }
}
