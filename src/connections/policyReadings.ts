import * as vscode from 'vscode';
import type { PolicyReading, PolicyStore, PolicyStores, Urgency } from '../core/policyStore';
import type { Policy } from '../core/policy';
import { parsePolicy } from '../core/policy';
import type { Resource } from '../core/resource';

export interface LoadOptions {
  readonly justListed?: boolean;
  readonly urgency?: Urgency;
}

interface UnderWay {
  readonly reading: Promise<PolicyReading>;
  readonly urgency: Urgency;
  readonly ending: AbortController;
}

/**
 * The policies that were read over one connection, each with the time it was read. Everything that
 * shows a policy shows what is here and hears when it changes.
 */
export class PolicyReadings implements vscode.Disposable {
  /** `began`: when the read was started, in milliseconds since 1970. */
  private readonly readings = new Map<string, { reading: PolicyReading; began: number }>();
  private readonly underWay = new Map<string, UnderWay>();
  private readonly emitter = new vscode.EventEmitter<Resource>();
  private readonly forgotten = new vscode.EventEmitter<Resource>();
  readonly onDidChange = this.emitter.event;
  readonly onDidForget = this.forgotten.event;

  constructor(
    private readonly stores: () => Promise<PolicyStores>,
    private readonly signal: AbortSignal,
  ) {}

  /** What was read last, if anything was. It says when that was. */
  current(resource: Resource): PolicyReading | undefined {
    return this.readings.get(resource.arn)?.reading;
  }

  /** What was read last, or a first read. */
  async load(resource: Resource, options: LoadOptions = {}): Promise<PolicyReading> {
    return this.current(resource) ?? this.read(resource, options);
  }

  /**
   * Reads again. Calls that come while a read is under way share it, unless it waits behind others
   * and this one does not want to.
   */
  read(resource: Resource, options: LoadOptions = {}): Promise<PolicyReading> {
    const { arn } = resource;
    const { urgency = 'now' } = options;
    const sooner = this.underWay.get(arn);
    if (sooner && (urgency === 'background' || sooner.urgency === 'now')) return sooner.reading;
    const ending = new AbortController();
    const reading = this.ask(resource, options, ending.signal).finally(() => {
      if (this.underWay.get(arn)?.reading === reading) this.underWay.delete(arn);
    });
    this.underWay.set(arn, { reading, urgency, ending });
    if (!sooner) return reading;
    // Whoever waits for the one that is given up gets this one.
    sooner.ending.abort();
    return reading;
  }

  private async ask(
    resource: Resource,
    { justListed, urgency }: LoadOptions,
    given: AbortSignal,
  ): Promise<PolicyReading> {
    const store = storeOf(await this.stores(), resource);
    const began = Date.now();
    const signal = AbortSignal.any([this.signal, given]);
    const reading = await store.read(resource, { signal, justListed, urgency });
    // Given up for one that began later, whose answer is this one's.
    if (given.aborted) return this.underWay.get(resource.arn)?.reading ?? this.load(resource);
    this.put(resource, reading, began);
    return this.current(resource) ?? reading;
  }

  /**
   * Takes in what was read elsewhere, e.g. to verify a change. What was asked for before the reading
   * that is held is older, however late it came, and is dropped.
   */
  put(resource: Resource, reading: PolicyReading, began = reading.readAt): void {
    // An answer that comes after the connection was closed belongs to nobody.
    if (this.signal.aborted) return;
    const held = this.readings.get(resource.arn);
    if (held && held.began > began) return;
    this.readings.set(resource.arn, { reading, began });
    this.emitter.fire(resource);
  }

  /** Drops what was read; whoever shows it has to ask again. */
  forget(resource: Resource): void {
    if (this.readings.delete(resource.arn)) this.forgotten.fire(resource);
  }

  dispose(): void {
    this.emitter.dispose();
    this.forgotten.dispose();
  }
}

/** The store of a resource's kind; the kinds of both are the same, which types cannot follow. */
export function storeOf(stores: PolicyStores, resource: Resource): PolicyStore {
  return stores[resource.kind] as unknown as PolicyStore;
}

const parsed = new WeakMap<PolicyReading, Policy>();

/** The policy of a reading, parsed once. */
export function policyOf(reading: Extract<PolicyReading, { state: 'policy' }>): Policy {
  const policy = parsed.get(reading) ?? parsePolicy(reading.text);
  parsed.set(reading, policy);
  return policy;
}
