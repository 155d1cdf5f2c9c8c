import type { ResourceKind } from './resource';

/** What the calls that remove one statement by its ID take. */
export const removableStatementIds: Readonly<Record<ResourceKind, RegExp>> = {
  lambdaFunction: /^[a-zA-Z0-9-_.]{1,100}$/,
  layerVersion: /^[a-zA-Z0-9-_]{1,100}$/,
  sqsQueue: /^[a-zA-Z0-9-_]{1,80}$/,
};

/** How many characters a statement ID of a policy of this kind may have. */
export function statementIdLength(kind: ResourceKind): number {
  return kind === 'sqsQueue' ? 80 : 100;
}
