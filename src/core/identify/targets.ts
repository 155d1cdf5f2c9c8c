import type { Identification, IdentifiedPlace, TargetKind, Unfit } from './identification';
import { found, unfinished, wrong } from './identification';
import { isPattern } from './parts';

/** Names as the services take them, by kind. */
const nameRules: Readonly<Record<TargetKind, { readonly most: number; readonly illegal: RegExp }>> =
  {
    // A name with a dot cannot be made, but read: replicas of Lambda@Edge have it (`us-east-1.name`).
    lambdaFunction: { most: 64, illegal: /[^a-zA-Z0-9_.-]/u },
    layer: { most: 140, illegal: /[^a-zA-Z0-9_-]/u },
    sqsQueue: { most: 80, illegal: /[^a-zA-Z0-9_-]/u },
  };

const fifo = '.fifo';

/**
 * `[name, qualifier]`, the qualifier being an alias, a version or `$LATEST`, which is the
 * unqualified function.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
export function identifyFunction(
  [functionName = '', ...rest]: readonly string[],
  place: IdentifiedPlace,
): Identification {
  const [qualifier] = rest;
  const unfit =
    misplaced(functionName, rest) ??
    nameUnfit('lambdaFunction', functionName) ??
    (qualifier === undefined ? undefined : qualifierUnfit(qualifier));
  if (unfit) return unfit;
  const isQualified = qualifier !== undefined && qualifier !== latest;
  return found(
    { kind: 'lambdaFunction', functionName, ...(isQualified ? { qualifier } : {}) },
    place,
  );
}

/**
 * `[name, version]`
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html
 */
export function identifyLayer(
  [layerName = '', ...rest]: readonly string[],
  place: IdentifiedPlace,
): Identification {
  const [version] = rest;
  const unfit =
    misplaced(layerName, rest) ??
    nameUnfit('layer', layerName) ??
    (version === undefined ? undefined : versionUnfit(version));
  if (unfit) return unfit;
  return found(
    { kind: 'layer', layerName, ...(version === undefined ? {} : { version: Number(version) }) },
    place,
  );
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
export function identifyQueue(
  queueName: string,
  place: IdentifiedPlace,
  queueUrl?: string,
): Identification {
  const unfit = nameUnfit('sqsQueue', queueName);
  if (unfit) return unfit;
  return found(
    { kind: 'sqsQueue', queueName, ...(queueUrl === undefined ? {} : { queueUrl }) },
    place,
  );
}

/** A name without anything that says of what: every kind that has such names is a candidate. */
export function identifyBareName(name: string): Identification {
  // Queues of the type FIFO end so; a function cannot be made with a dot.
  const asFunction = name.endsWith(fifo) ? [] : [identifyFunction([name], {})];
  const asQueue = identifyQueue(name, {});
  const candidates = candidatesOf([...asFunction, asQueue, identifyLayer([name], {})]);
  if (candidates.length > 0) return { state: 'found', candidates };
  if (asQueue.state === 'incomplete') return asQueue;
  if (isPattern(name)) return wrong({ code: 'wildcard', part: name });
  const character = nameRules.lambdaFunction.illegal.exec(name)?.[0];
  return wrong(
    character === undefined
      ? { code: 'nameTooLong', length: name.length, most: mostOf(name) }
      : { code: 'badName', name, character },
  );
}

/** `name:3` may be a version of a function or of a layer; any other qualifier is a function's. */
export function identifyQualifiedName(parts: readonly string[]): Identification {
  const asFunction = identifyFunction(parts, {});
  if (!/^\d*$/.test(parts[1] ?? '')) return asFunction;
  const asLayer = identifyLayer(parts, {});
  const candidates = candidatesOf([asFunction, asLayer]);
  if (candidates.length > 0) return { state: 'found', candidates };
  // A name that is too long for a function, and a version to come.
  return asFunction.state === 'wrong' && asLayer.state === 'incomplete' ? asLayer : asFunction;
}

function candidatesOf(identifications: readonly Identification[]) {
  return identifications.flatMap((it) => (it.state === 'found' ? it.candidates : []));
}

/** How long the longest name may be that is written like this one. */
function mostOf(name: string): number {
  if (name.endsWith(fifo)) return nameRules.sqsQueue.most;
  return name.includes('.') ? nameRules.lambdaFunction.most : nameRules.layer.most;
}

const latest = '$LATEST';

function nameUnfit(kind: TargetKind, name: string): Unfit | undefined {
  const { most, illegal } = nameRules[kind];
  const stem = kind === 'sqsQueue' && name.endsWith(fifo) ? name.slice(0, -fifo.length) : name;
  if (stem === '' || (kind === 'sqsQueue' && /^[a-zA-Z0-9_-]+\.(f|fi|fif)?$/.test(name))) {
    return unfinished('name');
  }
  if (isPattern(name)) return wrong({ code: 'wildcard', part: name });
  const character = illegal.exec(stem)?.[0];
  if (character !== undefined) return wrong({ code: 'badName', kind, name, character });
  return name.length > most
    ? wrong({ code: 'nameTooLong', kind, length: name.length, most })
    : undefined;
}

function qualifierUnfit(qualifier: string): Unfit | undefined {
  if (qualifier === latest) return undefined;
  if (latest.startsWith(qualifier)) return unfinished('qualifier');
  if (isPattern(qualifier)) return wrong({ code: 'wildcard', part: qualifier });
  return /^[a-zA-Z0-9_-]{1,128}$/.test(qualifier)
    ? undefined
    : wrong({ code: 'badQualifier', qualifier });
}

function versionUnfit(version: string): Unfit | undefined {
  if (version === '') return unfinished('version');
  if (isPattern(version)) return wrong({ code: 'wildcard', part: version });
  // No more digits than a number keeps exactly.
  return /^[1-9]\d{0,14}$/.test(version)
    ? undefined
    : wrong({ code: 'layerVersionNotANumber', version });
}

/** Behind a name there is one part at most, and none without a name. */
function misplaced(name: string, rest: readonly string[]): Unfit | undefined {
  return rest.length > (name === '' ? 0 : 1) ? wrong({ code: 'unrecognized' }) : undefined;
}
