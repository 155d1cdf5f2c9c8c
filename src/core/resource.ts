/**
 * What has a resource-based policy. A qualifier (alias or version) of a function is a resource like
 * any other: its policy, its revision ID and its ARN are its own.
 */
export type ResourceKind = 'lambdaFunction' | 'layerVersion' | 'sqsQueue';

export const resourceKinds: readonly ResourceKind[] = [
  'lambdaFunction',
  'layerVersion',
  'sqsQueue',
];

export type Qualifier =
  | { readonly type: 'alias'; readonly name: string; readonly version: string }
  | { readonly type: 'version'; readonly name: string };

export interface LambdaFunction {
  readonly kind: 'lambdaFunction';
  /** The ARN that the policy belongs to: it ends with the qualifier when there is one. */
  readonly arn: string;
  readonly functionName: string;
  readonly qualifier?: Qualifier;
}

export interface LayerVersion {
  readonly kind: 'layerVersion';
  readonly arn: string;
  readonly layerName: string;
  readonly version: number;
}

export interface SqsQueue {
  readonly kind: 'sqsQueue';
  readonly arn: string;
  readonly queueName: string;
  readonly queueUrl: string;
}

export type Resource = LambdaFunction | LayerVersion | SqsQueue;
export type ResourceOf<K extends ResourceKind> = Extract<Resource, { kind: K }>;

/** A layer has no policy itself; its versions do. */
export interface Layer {
  readonly kind: 'layer';
  readonly arn: string;
  readonly layerName: string;
}

/** What a listing of an account brings. */
export type Listed = Resource | Layer;

/** The kind of policies that it has, or that stand under it. */
export function kindOf({ kind }: Listed): ResourceKind {
  return kind === 'layer' ? 'layerVersion' : kind;
}

/** The name that a person knows it by, without its qualifier or version. */
export function nameOf(listed: Listed): string {
  switch (listed.kind) {
    case 'lambdaFunction':
      return listed.functionName;
    case 'layerVersion':
    case 'layer':
      return listed.layerName;
    case 'sqsQueue':
      return listed.queueName;
  }
}

/** The name with the qualifier or version, as AWS writes it: `orders:live`, `common:3`. */
export function qualifiedNameOf(listed: Listed): string {
  switch (listed.kind) {
    case 'lambdaFunction':
      return listed.qualifier
        ? `${listed.functionName}:${listed.qualifier.name}`
        : listed.functionName;
    case 'layerVersion':
      return `${listed.layerName}:${listed.version}`;
    default:
      return nameOf(listed);
  }
}

/** The function that an alias or version belongs to. */
export function unqualified({
  kind,
  arn,
  functionName,
  qualifier,
}: LambdaFunction): LambdaFunction {
  return { kind, functionName, arn: qualifier ? arn.slice(0, arn.lastIndexOf(':')) : arn };
}

export function isListed(value: unknown): value is Listed {
  if (isResource(value)) return true;
  return (
    isRecord(value) &&
    value.kind === 'layer' &&
    typeof value.arn === 'string' &&
    typeof value.layerName === 'string'
  );
}

/** Checks data that comes from outside (the saved state of a page, arguments of a command). */
export function isResource(value: unknown): value is Resource {
  if (!isRecord(value) || typeof value.arn !== 'string') return false;
  switch (value.kind) {
    case 'lambdaFunction':
      return (
        typeof value.functionName === 'string' &&
        (value.qualifier === undefined || isQualifier(value.qualifier))
      );
    case 'layerVersion':
      return typeof value.layerName === 'string' && typeof value.version === 'number';
    case 'sqsQueue':
      return typeof value.queueName === 'string' && typeof value.queueUrl === 'string';
    default:
      return false;
  }
}

function isQualifier(value: unknown): value is Qualifier {
  if (!isRecord(value) || typeof value.name !== 'string') return false;
  return value.type === 'version' || (value.type === 'alias' && typeof value.version === 'string');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
