import assert from 'node:assert/strict';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { createClients } from '../../src/aws/clients';
import { fixedCredentials } from '../../src/aws/credentials';
import { lambdaFunctionStore } from '../../src/aws/lambdaFunction';
import { layerVersionStore } from '../../src/aws/layerVersion';
import { sqsQueueStore } from '../../src/aws/sqsQueue';
import { applyChange } from '../../src/changes/applyChange';
import type { ChangeContext } from '../../src/changes/changeContext';
import type { ChangeOutcome } from '../../src/changes/changeOutcome';
import type { ChangeIntent } from '../../src/core/plan';
import type { PolicyReading, PolicyStore, PolicyStores } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import type { SampleState } from '../../src/sample/state';
import { patience, signal } from '../aws/stores';
import type { FaultAnswer, FaultProxy, RecordedRequest } from '../faults/faultProxy';
import { startFaultProxy } from '../faults/faultProxy';
import { SignedRequester } from '../faults/signedRequest';
import { removalOf } from '../core/planning';
import { policyIn, stateWith, targets } from './accountState';
import { MemoryJournal } from './memoryJournal';

export interface Impatience {
  /** As long as a request may take, in milliseconds. */
  readonly requestTimeoutMs?: number;
}

/** Changes over the real SDK, to an account that can be filled anew at any time. */
export class Changing {
  readonly pauses: number[] = [];
  journal = new MemoryJournal();
  private stores: PolicyStores;
  private close: () => void;

  private constructor(
    readonly account: SampleAccount,
    readonly proxy: FaultProxy,
    private readonly seed: Seed,
  ) {
    ({ stores: this.stores, close: this.close } = openStores(account, proxy));
  }

  static async start(): Promise<Changing> {
    const seed: Seed = { ...stateWith(targets.function, undefined) };
    const account = await startSampleAccount({ seed });
    return new Changing(account, await startFaultProxy(account.endpoint), seed);
  }

  async stop(): Promise<void> {
    this.close();
    await this.proxy.close();
    await this.account.close();
  }

  /** Forgets everything, what the stores have learned included. */
  fill(state: SampleState, impatience: Impatience = {}): void {
    Object.assign(this.seed, state);
    this.account.reset();
    this.proxy.clear();
    this.close();
    ({ stores: this.stores, close: this.close } = openStores(this.account, this.proxy, impatience));
    this.journal = new MemoryJournal();
    this.pauses.length = 0;
  }

  storeOf({ kind }: Resource): PolicyStore {
    return this.stores[kind] as PolicyStore;
  }

  read(resource: Resource): Promise<PolicyReading> {
    return this.storeOf(resource).read(resource, { signal: signal() });
  }

  contextOf(resource: Resource, changes: Partial<ChangeContext> = {}): ChangeContext {
    const wait = (ms: number) => Promise.resolve(this.pauses.push(ms) > 0);
    const { journal } = this;
    return {
      store: this.storeOf(resource),
      resource,
      journal,
      signal: signal(),
      wait,
      ...changes,
    };
  }

  /** Reads and agrees; then what `meanwhile` does, and the change. Only its own requests are kept. */
  async change(
    resource: Resource,
    intent: ChangeIntent,
    meanwhile: () => unknown = () => undefined,
    changes: Partial<ChangeContext> = {},
  ): Promise<ChangeOutcome> {
    const base = await this.read(resource);
    assert.notEqual(base.state, 'unreadable');
    this.proxy.clear();
    await meanwhile();
    return applyChange(this.contextOf(resource, changes), base, intent);
  }

  /** Fills the account, and removes these statements of the policy, by their places. */
  remove(
    resource: Resource,
    text: string,
    places: readonly number[],
    meanwhile: () => unknown = () => undefined,
  ): Promise<ChangeOutcome> {
    this.fill(stateWith(resource, text));
    return this.change(resource, removalOf(text, ...places), meanwhile);
  }

  fault(operation: string, answer: FaultAnswer, times?: number, skip = 0): void {
    this.proxy.addFault({ operation, answer, times, skip });
  }

  /** Runs right before one of the requests reaches the account. */
  before(operation: string, run: () => unknown, skip = 0): void {
    const answer = async () => {
      await run();
    };
    this.fault(operation, { type: 'before', run: answer }, 1, skip);
  }

  /** The policy by now. */
  now(resource: Resource): string | undefined {
    return policyIn(this.account.state(), resource);
  }

  /** How the first change was recorded to have ended. */
  get ending() {
    return this.journal.changes[0]?.ending;
  }

  /** Somebody else's requests: they do not pass the proxy. */
  get aws(): SignedRequester {
    return new SignedRequester(this.account);
  }

  get writes(): readonly RecordedRequest[] {
    return this.proxy.requests.filter(isWrite);
  }

  get operations(): readonly string[] {
    return this.proxy.requests.map(({ operation }) => operation.replace(/^\w+\./, ''));
  }
}

/** For the suite around it; the account is as it was left by the test before. */
export function withChanging(): () => Changing {
  let changing: Changing | undefined;
  suiteSetup(async () => {
    changing = await Changing.start();
  });
  suiteTeardown(() => changing?.stop());
  return () => changing ?? assert.fail('read before the setup');
}

export function failing(status: number, name: string): FaultAnswer {
  return { type: 'error', status, name, message: 'm' };
}

export function isWrite({ operation }: Pick<RecordedRequest, 'operation'>): boolean {
  return !/\.(Get|List)/.test(operation);
}

/** The policy that a request carried, byte for byte; `undefined` when it carried none. */
export function sentPolicy({ operation, body }: RecordedRequest): string | undefined {
  if (operation === 'Lambda.PutResourcePolicy') {
    return (JSON.parse(body) as { Policy: string }).Policy;
  }
  if (operation !== 'SQS.SetQueueAttributes') return undefined;
  return (JSON.parse(body) as { Attributes: { Policy: string } }).Attributes.Policy;
}

type Seed = { -readonly [K in keyof SampleState]: SampleState[K] };

/** As `openAws` makes them, but less patient. */
function openStores(
  { region, credentials }: SampleAccount,
  { endpoint }: FaultProxy,
  { requestTimeoutMs = 10_000 }: Impatience = {},
) {
  const target = { region, endpoint, ...credentials };
  const clients = createClients(target, fixedCredentials(credentials), () => undefined, patience);
  for (const client of [clients.lambda, clients.lambdaWrites, clients.sqs, clients.sqsWrites]) {
    const handler = client.config.requestHandler as unknown as NodeHttpHandler;
    handler.updateHttpClientConfig('requestTimeout', requestTimeoutMs);
    // As often as it would, and without the pauses.
    const backoff = { setDelayBase: () => undefined, computeNextBackoffDelay: () => 1 };
    const { maxAttempts } = client.config;
    client.config.retryStrategy = async () =>
      new StandardRetryStrategy({ maxAttempts: await maxAttempts(), backoff });
  }
  const stores: PolicyStores = {
    lambdaFunction: lambdaFunctionStore(clients),
    layerVersion: layerVersionStore(clients),
    sqsQueue: sqsQueueStore(clients),
  };
  return { stores, close: clients.close };
}
