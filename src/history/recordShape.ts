import type { ChangeKind, ChangeRecord, ChangeState } from '../core/changeRecord';
import type { FailureCode } from '../core/errors';
import { isRecord, isResource } from '../core/resource';

/** What the text of a file holds: a record, or why it is none. */
export type RecordRead =
  | { readonly record: ChangeRecord }
  /** `newer`: written by a later version of this extension. */
  | { readonly problem: 'corrupt' | 'newer' };

/** Which ids are names of files everywhere. */
export const recordIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Reads what was stored under an id. The disk is not to be trusted: every field is checked. */
export function readRecord(text: string, id: string): RecordRead {
  const value = parse(text);
  if (isRecord(value) && typeof value.format === 'number' && value.format > 1) {
    return { problem: 'newer' };
  }
  return isChangeRecord(value) && value.id === id ? { record: value } : { problem: 'corrupt' };
}

export function isChangeRecord(value: unknown): value is ChangeRecord {
  return hasRecordShape(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const isPolicyText: Check = (value) => value === null || isText(value);
/** What `Date` can hold. */
const isTime: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8.64e15;
const isId: Check = (value) => typeof value === 'string' && recordIdPattern.test(value);

const isFunctionGrant = hasShape(
  { kind: is('lambdaFunction'), statementId: isText, action: isText, principal: isText },
  {
    sourceArn: isText,
    sourceAccount: isText,
    principalOrgId: isText,
    functionUrlAuthType: isOneOf({ NONE: true, AWS_IAM: true }),
    invokedViaFunctionUrl: isFlag,
    eventSourceToken: isText,
  },
);
const isLayerGrant = hasShape(
  { kind: is('layerVersion'), statementId: isText, principal: isText },
  { organizationId: isText },
);
const isQueueGrant = hasShape({
  kind: is('sqsQueue'),
  statementId: isText,
  accountIds: listOf(isText),
  actions: listOf(isText),
});
const isGrant = anyOf(isFunctionGrant, isLayerGrant, isQueueGrant);
const isCall = anyOf(
  hasShape({ type: is('removeStatement'), statementId: isText }),
  hasShape({ type: is('addStatement'), grant: isGrant }),
  hasShape({ type: is('putPolicy'), text: isText }),
  hasShape({ type: is('deletePolicy') }),
);

/** The compiler sees to it that none is missing. */
const kinds: Readonly<Record<ChangeKind, true>> = {
  remove: true,
  add: true,
  edit: true,
  undo: true,
};
const states: Readonly<Record<ChangeState, true>> = {
  running: true,
  applied: true,
  accepted: true,
  partly: true,
  failed: true,
  cancelled: true,
  unknown: true,
};
const failureCodes: Readonly<Record<FailureCode, true>> = {
  accessDenied: true,
  accountChanged: true,
  badRequest: true,
  cancelled: true,
  clockSkew: true,
  configUnusable: true,
  credentialsExpired: true,
  credentialsInvalid: true,
  credentialsMissing: true,
  limitExceeded: true,
  mfaCancelled: true,
  mfaRefused: true,
  nameUnknown: true,
  operationInProgress: true,
  operationUnknown: true,
  policyTooLarge: true,
  processFailed: true,
  profileUnknown: true,
  publicAccessBlocked: true,
  regionDisabled: true,
  resourceNotFound: true,
  revisionMismatch: true,
  serviceFault: true,
  statementExists: true,
  statementNotFound: true,
  throttled: true,
  timeout: true,
  tlsUntrusted: true,
  unexpected: true,
  unreachable: true,
};
const isFailure = hasShape(
  { code: isOneOf(failureCodes), operation: isText, errorName: isText, message: isText },
  { requestId: isText, httpStatus: isNumber },
);

const hasRecordShape = hasShape(
  {
    format: is(1),
    id: isId,
    startedAt: isTime,
    connection: hasShape({ id: isText, title: isText }, { accountId: isText, callerArn: isText }),
    resource: isResource,
    what: isOneOf(kinds),
    calls: listOf(isCall),
    before: isPolicyText,
    after: isPolicyText,
    state: isOneOf(states),
    owner: hasShape({ window: isText, heartbeatAt: isTime }),
    removed: listOf(isText),
    added: listOf(isText),
  },
  { endedAt: isTime, undoes: isId, seen: hasShape({ text: isPolicyText }), failure: isFailure },
);

function hasShape(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value) => {
    if (!isRecord(value)) return false;
    const fields = new Map<string, unknown>(Object.entries(value));
    const isAbsent = (key: string) => fields.get(key) === undefined;
    return (
      Object.entries(required).every(([key, check]) => check(fields.get(key))) &&
      Object.entries(optional).every(([key, check]) => isAbsent(key) || check(fields.get(key)))
    );
  };
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function anyOf(...checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}

function is(expected: string | number): Check {
  return (value) => value === expected;
}

function isOneOf(names: Readonly<Record<string, true>>): Check {
  return (value) => typeof value === 'string' && Object.hasOwn(names, value);
}
