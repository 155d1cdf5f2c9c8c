/** A policy as it is served: `text` goes out byte for byte, whatever it holds. */
export interface SamplePolicy {
  readonly text: string;
  readonly revisionId: string;
}

export interface SampleFunction {
  readonly name: string;
  readonly description?: string;
  readonly runtime?: string;
  /** Published versions, `'1'` and up; `$LATEST` is always there and not listed. */
  readonly versions: readonly string[];
  /** Alias name → version. */
  readonly aliases: Readonly<Record<string, string>>;
  /** By qualifier (alias or version); `''` is the unqualified function. */
  readonly policies: Readonly<Record<string, SamplePolicy>>;
  /** Revision IDs of the configurations by qualifier, where a write has set one. */
  readonly revisionIds?: Readonly<Record<string, string>>;
  /** Refuses writes that leave the function open to everyone. */
  readonly blockPublicPolicy?: boolean;
}

export interface SampleLayerVersion {
  readonly version: number;
  readonly description?: string;
  readonly policy?: SamplePolicy;
}

export interface SampleLayer {
  readonly name: string;
  readonly versions: readonly SampleLayerVersion[];
}

export interface SampleQueue {
  readonly name: string;
  /** The policy text; queues have no revision ID. */
  readonly policy?: string;
}

export interface SampleEventSourceMapping {
  readonly uuid: string;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly eventSourceArn: string;
  readonly enabled: boolean;
}

/** All that the sample account holds: plain JSON, so that it can be saved and crafted by tests. */
export interface SampleState {
  readonly accountId: string;
  readonly region: string;
  readonly organizationId: string;
  readonly callerArn: string;
  readonly functions: readonly SampleFunction[];
  readonly layers: readonly SampleLayer[];
  readonly queues: readonly SampleQueue[];
  readonly eventSourceMappings?: readonly SampleEventSourceMapping[];
}

/** Reads a state saved as JSON; `undefined` when the text is not one. */
export function readState(text: string): SampleState | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const isPolicy = hasShape({ text: isText, revisionId: isText });
const isFunction = hasShape(
  {
    name: isText,
    versions: listOf(isText),
    aliases: recordOf(isText),
    policies: recordOf(isPolicy),
  },
  {
    description: isText,
    runtime: isText,
    revisionIds: recordOf(isText),
    blockPublicPolicy: isFlag,
  },
);
const isLayerVersion = hasShape({ version: isNumber }, { description: isText, policy: isPolicy });
const isLayer = hasShape({ name: isText, versions: listOf(isLayerVersion) });
const isQueue = hasShape({ name: isText }, { policy: isText });
const isMapping = hasShape(
  { uuid: isText, functionName: isText, eventSourceArn: isText, enabled: isFlag },
  { qualifier: isText },
);
const hasStateShape = hasShape(
  {
    accountId: isText,
    region: isText,
    organizationId: isText,
    callerArn: isText,
    functions: listOf(isFunction),
    layers: listOf(isLayer),
    queues: listOf(isQueue),
  },
  { eventSourceMappings: listOf(isMapping) },
);

function isState(value: unknown): value is SampleState {
  return hasStateShape(value);
}

function hasShape(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const fields = new Map<string, unknown>(Object.entries(value));
    return (
      Object.entries(required).every(([key, check]) => check(fields.get(key))) &&
      Object.entries(optional).every(([key, check]) => !fields.has(key) || check(fields.get(key)))
    );
  };
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function recordOf(check: Check): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(check);
}
