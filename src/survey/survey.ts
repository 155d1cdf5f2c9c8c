import type { Failure } from '../core/errors';
import { failureOf, isOfCredentials, unexpectedFailure } from '../core/errors';
import type { PolicyReading, PolicyStores } from '../core/policyStore';
import type { Layer, LambdaFunction, Listed, Resource, ResourceKind } from '../core/resource';
import { resourceKinds } from '../core/resource';
import { Workers } from './workers';

/** What could not be listed: the resources of a kind, or those under one of them. */
export interface SurveyGap {
  readonly kind: ResourceKind;
  /** Of what the aliases or versions could not be listed. */
  readonly under?: Listed;
  readonly failure: Failure;
}

/** What a survey reads by and tells to. */
export interface SurveyWays {
  readonly stores: PolicyStores;
  /** Reads the policy of a resource that was listed just now. Never rejects. */
  readonly read: (resource: Resource) => Promise<PolicyReading>;
  /** Whether its policy is known already, since the survey goes on where another ended. */
  readonly isRead: (resource: Resource) => boolean;
  readonly onListed: (resource: Resource) => void;
  readonly onReading: (resource: Resource) => void;
  readonly onRead: (resource: Resource, reading: PolicyReading) => void;
  readonly onGap: (gap: SurveyGap) => void;
  /** Every resource is listed: their count is known by now. */
  readonly onAllListed: () => void;
}

export type SurveyEnd =
  /** Everything was asked for; what could not be read was told. */
  | { readonly state: 'complete' }
  | { readonly state: 'cancelled' }
  /** Nothing more can be asked for the same reason. */
  | { readonly state: 'stopped'; readonly failure: Failure };

/** So many reads wait for their turn at once: more than are under way, so that no turn is lost. */
const readsAtOnce = 40;
const listsAtOnce = 20;
/** So many answers in a row that AWS was not reached, and nothing more is asked. */
const mostUnreached = 20;

/**
 * Lists an account whole, with every alias and version, and reads each policy once, as early as it is
 * listed. AWS's quotas are kept by the stores; here is only seen to it that there is always enough
 * asked for. Never rejects.
 */
export async function survey(ways: SurveyWays, signal: AbortSignal): Promise<SurveyEnd> {
  const run = new SurveyRun(ways, signal);
  return run.end();
}

class SurveyRun {
  private readonly ending = new AbortController();
  private readonly signal: AbortSignal;
  /** By kind, since each has a quota of its own: none is to wait for another's turn. */
  private readonly readers: Readonly<Record<ResourceKind, Workers<Resource>>>;
  private readonly listers = new Workers<() => Promise<void>>(listsAtOnce, (list) => list());
  private readonly seen = new Set<string>();
  private obstacle: Failure | undefined;
  private unreached = 0;

  constructor(
    private readonly ways: SurveyWays,
    private readonly cancelling: AbortSignal,
  ) {
    this.signal = AbortSignal.any([cancelling, this.ending.signal]);
    const reader = () => new Workers<Resource>(readsAtOnce, (resource) => this.read(resource));
    this.readers = { lambdaFunction: reader(), layerVersion: reader(), sqsQueue: reader() };
    this.signal.addEventListener('abort', () => this.stop(), { once: true });
    if (this.signal.aborted) this.stop();
  }

  async end(): Promise<SurveyEnd> {
    for (const kind of resourceKinds) this.list(kind);
    await this.listers.whenIdle();
    if (!this.signal.aborted) this.ways.onAllListed();
    await Promise.all(Object.values(this.readers).map((workers) => workers.whenIdle()));
    if (this.obstacle) return { state: 'stopped', failure: this.obstacle };
    return { state: this.cancelling.aborted ? 'cancelled' : 'complete' };
  }

  private stop(): void {
    this.listers.stop();
    for (const workers of Object.values(this.readers)) workers.stop();
  }

  private list(kind: ResourceKind): void {
    switch (kind) {
      case 'lambdaFunction': {
        const store = this.ways.stores.lambdaFunction;
        const pages = store.listWithVersions?.(this.own(), options);
        this.follow({ kind }, pages ?? store.list(this.own(), options), (item) =>
          this.takeFunction(item, pages !== undefined),
        );
        return;
      }
      case 'layerVersion': {
        const layers = this.ways.stores.layerVersion.list(this.own(), options);
        this.follow({ kind }, layers, (layer) => this.listLayer(layer));
        return;
      }
      case 'sqsQueue':
        this.follow({ kind }, this.ways.stores.sqsQueue.list(this.own(), options), (queue) =>
          this.take(queue),
        );
    }
  }

  private takeFunction(item: LambdaFunction, hasVersions: boolean): void {
    this.take(item);
    if (item.qualifier) return;
    for (const what of hasVersions ? (['aliases'] as const) : (['aliases', 'versions'] as const)) {
      const pages = this.ways.stores.lambdaFunction.listUnder(item, what, this.own(), options);
      this.follow({ kind: 'lambdaFunction', under: item }, pages, (under) => this.take(under));
    }
  }

  private listLayer(layer: Layer): void {
    const store = this.ways.stores.layerVersion;
    const pages = store.listUnder(layer, 'versions', this.own(), options);
    this.follow({ kind: 'layerVersion', under: layer }, pages, (version) => this.take(version));
  }

  /** One for each listing: Node takes many listeners of one signal for a leak. */
  private own(): AbortSignal {
    return AbortSignal.any([this.signal]);
  }

  private follow<T>(
    what: Omit<SurveyGap, 'failure'>,
    pages: AsyncIterable<readonly T[]>,
    take: (item: T) => void,
  ): void {
    this.listers.add(async () => {
      try {
        for await (const page of pages) for (const item of page) take(item);
      } catch (error) {
        const failure = failureOf(error) ?? unexpectedFailure(error, 'list');
        if (this.signal.aborted) return;
        this.note(failure);
        this.ways.onGap({ ...what, failure });
      }
    });
  }

  /** A listing that changes while it is read can bring a resource twice. */
  private take(resource: Resource): void {
    if (this.seen.has(resource.arn)) return;
    this.seen.add(resource.arn);
    this.ways.onListed(resource);
    if (!this.ways.isRead(resource)) this.readers[resource.kind].add(resource);
  }

  private async read(resource: Resource): Promise<void> {
    this.ways.onReading(resource);
    const reading = await this.ways.read(resource);
    // What was cut off says nothing about the policy.
    if (reading.state === 'unreadable' && reading.failure.code === 'cancelled') return;
    this.ways.onRead(resource, reading);
    if (reading.state === 'unreadable') this.note(reading.failure);
    else this.unreached = 0;
  }

  /** Ends it all where the next call would meet the same. */
  private note(failure: Failure): void {
    const isUnreached = failure.code === 'unreachable' || failure.code === 'timeout';
    this.unreached = isUnreached ? this.unreached + 1 : 0;
    if (!isOfCredentials(failure) && this.unreached < mostUnreached) return;
    this.obstacle ??= failure;
    this.ending.abort();
  }
}

const options = { urgency: 'background' } as const;
