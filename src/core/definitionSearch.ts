import type { NamePart } from './definitionHits';
import {
  constructPlaces,
  distanceTo,
  exactPlaces,
  isQuotedAt,
  isStatementIdAt,
  keyPlaces,
  loosePlaces,
} from './definitionHits';
import type { ManagedBy } from './plan';
import type { Resource } from './resource';
import { nameOf } from './resource';
import type { Statement } from './statement';

/** What is looked for. `managed`: as the Sid tells it. */
export interface WantedDefinition {
  readonly resource: Resource;
  readonly statement: Statement;
  readonly managed?: ManagedBy;
}

/** A place that seems to define a statement. Line and column from 1, the column in UTF-16 units. */
export interface DefinitionHit {
  readonly line: number;
  readonly column: number;
  /** Up to 100; from `sureScore` on it names the statement itself, below only what is around it. */
  readonly score: number;
  readonly why: DefinitionReason;
}

export type DefinitionReason =
  /** The Sid itself, as a statement ID. */
  | 'sid'
  /** The resource of a template that the Sid names. */
  | 'logicalId'
  /** What a tool named the resource of the template after. */
  | 'partOfLogicalId'
  /** The name of the function, layer or queue beside the type of a permission or policy. */
  | 'nameNearType';

export const sureScore = 90;

/** Longer files are looked at up to here, in UTF-16 units. */
export const longestText = 1_000_000;

/** The best place of a file; `undefined` when nothing in it speaks of the statement. */
export function searchDefinition(
  fileName: string,
  wholeText: string,
  wanted: WantedDefinition,
): DefinitionHit | undefined {
  const text = wholeText.slice(0, longestText);
  const [first, ...others] = [
    ...bySid(text, wanted),
    ...byLogicalId(fileName, text, wanted),
    ...byName(text, wanted),
  ];
  if (!first) return undefined;
  const best = others.reduce((one, other) => (other.score > one.score ? other : one), first);
  return { ...positionOf(text, best.offset), score: best.score, why: best.why };
}

interface Hit {
  readonly offset: number;
  readonly score: number;
  readonly why: DefinitionReason;
}

/** How far apart, in UTF-16 units, names may stand and still belong together. */
const near = 2_000;

/**
 * A Sid counts where it stands as a statement ID, or in quotes when few other things are called so.
 * The same Sid is often used for several resources: sure is only one beside the right name.
 */
function bySid(text: string, { resource, statement }: WantedDefinition): readonly Hit[] {
  const { sid = '' } = statement;
  const isUnusual = sid.length >= 16 && /[A-Z\d]/.test(sid);
  const places = exactPlaces(text, sid).filter(
    (place) => isStatementIdAt(text, place.offset) || (isUnusual && isQuotedAt(text, place)),
  );
  if (places.length === 0) return [];
  const names = loosePlaces(text, nameOf(resource));
  return places.map(({ offset }) => ({
    offset,
    score: names.length > 0 ? 100 - nearness(distanceTo(offset, names), 10) : 75,
    why: 'sid',
  }));
}

function byLogicalId(
  fileName: string,
  text: string,
  { managed }: WantedDefinition,
): readonly Hit[] {
  const logicalId = managed?.logicalId;
  if (logicalId === undefined) return [];
  const parts = namesIn(fileName, text, logicalId);
  return parts.map(({ offset, length, isWhole }) =>
    isWhole
      ? { offset, score: 95, why: 'logicalId' }
      : { offset, score: 50 + Math.min(35, length), why: 'partOfLogicalId' },
  );
}

function namesIn(fileName: string, text: string, logicalId: string): readonly NamePart[] {
  if (/\.(ya?ml|json|template)$/i.test(fileName)) {
    const isTemplate = /AWS::|AWSTemplateFormatVersion|^functions:/m.test(text);
    return isTemplate ? keyPlaces(text, logicalId) : [];
  }
  return /aws[-_]cdk/.test(text) ? constructPlaces(text, logicalId) : [];
}

/** Of several permissions for one function, the one that names the same source is meant. */
function byName(text: string, wanted: WantedDefinition): readonly Hit[] {
  const name = nameOf(wanted.resource);
  if (name.length < 3) return [];
  const types = typesFor(wanted)
    .flatMap((type) => exactPlaces(text, type))
    .sort((a, b) => a.offset - b.offset);
  if (types.length === 0) return [];
  const exact = exactPlaces(text, name);
  const loose = loosePlaces(text, name);
  const words = wordsOf(wanted.statement);
  return types.flatMap(({ offset }, i) => {
    const distances = [distanceTo(offset, exact), distanceTo(offset, loose)] as const;
    if (Math.min(...distances) > near) return [];
    const block = text.slice(offset, Math.min(types[i + 1]?.offset ?? Infinity, offset + near));
    const shared = words.filter((word) => block.includes(word)).length;
    const base = distances[0] <= near ? 65 : 55;
    const score = base + 10 * (shared / Math.max(1, words.length));
    return [{ offset, score: score - nearness(Math.min(...distances), 15), why: 'nameNearType' }];
  });
}

/**
 * A type that holds the whole policy makes all that is in it. One that holds a single permission
 * would name the Sid, unless its tool makes that up.
 */
function typesFor({ resource, managed }: WantedDefinition): readonly string[] {
  const { whole, single } = definingTypes[resource.kind];
  const isDeployed = managed && managed.tool !== 'console' && managed.tool !== 'apiGateway';
  return isDeployed ? [...whole, ...single] : whole;
}

interface DefiningTypes {
  readonly whole: readonly string[];
  readonly single: readonly string[];
}

const definingTypes: Readonly<Record<Resource['kind'], DefiningTypes>> = {
  lambdaFunction: {
    whole: ['aws_lambda_resource_policy', 'AWS::Lambda::ResourcePolicy'],
    single: ['aws_lambda_permission', 'AWS::Lambda::Permission'],
  },
  layerVersion: {
    whole: [],
    single: ['aws_lambda_layer_version_permission', 'AWS::Lambda::LayerVersionPermission'],
  },
  sqsQueue: { whole: ['aws_sqs_queue_policy', 'AWS::SQS::QueuePolicy'], single: [] },
};

/** What a definition of the statement would have to mention: services and names of sources. */
function wordsOf({ principals, conditions }: Statement): readonly string[] {
  const services = principals.flatMap((one) => (one.kind === 'service' ? [one.service] : []));
  const sources = conditions
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values.map((arn) => arn.split(/[:/]/).at(-1) ?? ''))
    .filter((name) => name.length > 2);
  return [...services, ...sources].slice(0, 5);
}

/** From 0, side by side, to `most`, as far apart as counts. */
function nearness(distance: number, most: number): number {
  return (Math.min(distance, near) * most) / near;
}

function positionOf(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', start)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
