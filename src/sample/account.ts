import { createHash, randomUUID } from 'node:crypto';
import type { SampleEventSourceMapping, SampleFunction, SamplePolicy, SampleState } from './state';

// Maps, not objects: names come from requests, and "constructor" must not be found.
export interface FunctionRecord {
  readonly name: string;
  readonly description?: string;
  readonly runtime?: string;
  readonly blockPublicPolicy?: boolean;
  readonly versions: string[];
  readonly aliases: ReadonlyMap<string, string>;
  readonly policies: Map<string, SamplePolicy>;
  readonly revisionIds: Map<string, string>;
}

export interface LayerVersionRecord {
  readonly version: number;
  readonly description?: string;
  policy?: SamplePolicy;
}

export interface LayerRecord {
  readonly name: string;
  readonly versions: ReadonlyMap<number, LayerVersionRecord>;
}

export interface QueueRecord {
  readonly name: string;
  policy?: string;
}

/** The place of one policy that has a revision ID, so that functions and layers share the writes. */
export interface PolicySlot {
  readonly arn: string;
  readonly policy: SamplePolicy | undefined;
  /** What a RevisionId sent along must equal: the policy's, or the configuration's without one. */
  readonly revisionId: string;
  /** `undefined` takes the policy away. Answers the new revision ID. */
  write(text: string | undefined): string;
}

/** The account while it is being served. */
export class Account {
  readonly functions: ReadonlyMap<string, FunctionRecord>;
  readonly layers: ReadonlyMap<string, LayerRecord>;
  readonly queues: ReadonlyMap<string, QueueRecord>;
  readonly mappings: readonly SampleEventSourceMapping[];

  constructor(
    readonly identity: Omit<SampleState, 'functions' | 'layers' | 'queues' | 'eventSourceMappings'>,
    contents: Pick<SampleState, 'functions' | 'layers' | 'queues' | 'eventSourceMappings'>,
    readonly changed: () => void,
  ) {
    this.functions = new Map(contents.functions.map((item) => [item.name, functionRecord(item)]));
    this.layers = new Map(
      contents.layers.map(({ name, versions }) => [
        name,
        { name, versions: new Map(versions.map((version) => [version.version, { ...version }])) },
      ]),
    );
    this.queues = new Map(contents.queues.map((queue) => [queue.name, { ...queue }]));
    this.mappings = contents.eventSourceMappings ?? [];
  }

  lambdaArn(resource: string): string {
    return `arn:aws:lambda:${this.identity.region}:${this.identity.accountId}:${resource}`;
  }

  functionArn(name: string, qualifier = ''): string {
    return this.lambdaArn(`function:${name}${qualifier === '' ? '' : `:${qualifier}`}`);
  }

  queueArn(name: string): string {
    return `arn:aws:sqs:${this.identity.region}:${this.identity.accountId}:${name}`;
  }

  queueUrl(name: string): string {
    return `https://sqs.${this.identity.region}.amazonaws.com/${this.identity.accountId}/${name}`;
  }

  /** The revision ID of a function's configuration, which a policy write changes as well. */
  configurationRevision(record: FunctionRecord, qualifier: string): string {
    return (
      record.revisionIds.get(qualifier) ??
      record.policies.get(qualifier)?.revisionId ??
      fixedRevisionId(this.functionArn(record.name, qualifier))
    );
  }

  functionSlot(record: FunctionRecord, qualifier: string): PolicySlot {
    const policy = record.policies.get(qualifier);
    return {
      arn: this.functionArn(record.name, qualifier),
      policy,
      revisionId: policy?.revisionId ?? this.configurationRevision(record, qualifier),
      write: (text) => {
        const revisionId = randomUUID();
        if (text === undefined) record.policies.delete(qualifier);
        else record.policies.set(qualifier, { text, revisionId });
        record.revisionIds.set(qualifier, revisionId);
        this.changed();
        return revisionId;
      },
    };
  }

  layerSlot(layer: LayerRecord, record: LayerVersionRecord): PolicySlot {
    const arn = this.lambdaArn(`layer:${layer.name}:${record.version}`);
    return {
      arn,
      policy: record.policy,
      revisionId: record.policy?.revisionId ?? fixedRevisionId(arn),
      write: (text) => {
        const revisionId = randomUUID();
        record.policy = text === undefined ? undefined : { text, revisionId };
        this.changed();
        return revisionId;
      },
    };
  }

  /** Publishing changes the revision ID of the function, and so that of its policy. */
  publish(record: FunctionRecord): string {
    const version = String(Math.max(0, ...record.versions.map(Number)) + 1);
    record.versions.push(version);
    const revisionId = randomUUID();
    const policy = record.policies.get('');
    if (policy) record.policies.set('', { text: policy.text, revisionId });
    record.revisionIds.set('', revisionId);
    this.changed();
    return version;
  }

  writeQueue(record: QueueRecord, policy: string | undefined): void {
    record.policy = policy;
    this.changed();
  }

  /** A deep copy of what the account holds now. */
  state(): SampleState {
    const functions = [...this.functions.values()].map((record) => ({
      ...record,
      versions: [...record.versions],
      aliases: Object.fromEntries(record.aliases),
      policies: Object.fromEntries(record.policies),
      revisionIds: Object.fromEntries(record.revisionIds),
    }));
    const layers = [...this.layers.values()].map(({ name, versions }) => ({
      name,
      versions: [...versions.values()],
    }));
    const queues = [...this.queues.values()];
    return structuredClone({
      ...this.identity,
      functions,
      layers,
      queues,
      eventSourceMappings: this.mappings,
    });
  }
}

export function openAccount(state: SampleState, changed: () => void): Account {
  const { functions, layers, queues, eventSourceMappings, ...identity } = structuredClone(state);
  return new Account(identity, { functions, layers, queues, eventSourceMappings }, changed);
}

/** A revision ID that depends on nothing but the name it is for. */
export function fixedRevisionId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

function functionRecord(item: SampleFunction): FunctionRecord {
  return {
    ...item,
    versions: [...item.versions],
    aliases: new Map(Object.entries(item.aliases)),
    policies: new Map(Object.entries(item.policies)),
    revisionIds: new Map(Object.entries(item.revisionIds ?? {})),
  };
}
