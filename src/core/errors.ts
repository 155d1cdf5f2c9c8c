/**
 * Why a call did not do what it should, in our own terms. The words for a person are made from it
 * in `words/failureWords`; the names that AWS uses are known to `aws/failures` alone.
 */
export type FailureCode =
  | 'accessDenied'
  | 'badRequest'
  | 'cancelled'
  | 'clockSkew'
  | 'credentialsExpired'
  | 'credentialsInvalid'
  | 'credentialsMissing'
  | 'limitExceeded'
  | 'operationInProgress'
  | 'operationUnknown'
  | 'policyTooLarge'
  | 'profileUnknown'
  | 'publicAccessBlocked'
  | 'regionDisabled'
  | 'resourceNotFound'
  | 'revisionMismatch'
  | 'serviceFault'
  | 'statementExists'
  | 'statementNotFound'
  | 'throttled'
  | 'timeout'
  | 'unexpected'
  | 'unreachable';

/** A call that failed. Plain data, so that it can be kept, sent to a page and compared. */
export interface Failure {
  readonly code: FailureCode;
  /** The API operation, e.g. `lambda:GetPolicy`, which is also the IAM action unless noted there. */
  readonly operation: string;
  /** The error's name as AWS or the SDK gave it, for the log and for searching. */
  readonly errorName: string;
  /** The text that came with it: somebody else's words, to be escaped wherever shown. */
  readonly message: string;
  readonly requestId?: string;
  readonly httpStatus?: number;
}

/** Whether AWS refused it only for now, before it did anything. */
export function isForNow({ code }: Failure): boolean {
  return code === 'throttled' || code === 'operationInProgress';
}

/** A failure on its way up through code that has nothing to say about it. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(`${failure.operation}: ${failure.errorName}: ${failure.message}`);
    this.name = 'FailureError';
  }
}

/**
 * The failure that an error carries, if it does. Not by `instanceof`: the AWS code is a bundle of its
 * own, with its own copy of the class.
 */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || error.name !== 'FailureError') return undefined;
  return 'failure' in error ? (error.failure as Failure) : undefined;
}
