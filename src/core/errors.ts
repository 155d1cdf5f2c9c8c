import type { ChainProblem } from './profileChain';
import type { ConfigProblemCode } from './sharedConfig';

/**
 * Why a call did not do what it should, in our own terms. The words for a person are made from it
 * in `words/failureWords`; the names that AWS uses are known to `aws/failures` alone.
 */
export type FailureCode =
  | 'accessDenied'
  | 'accountChanged'
  | 'badRequest'
  | 'cancelled'
  | 'clockSkew'
  | 'configUnusable'
  | 'credentialsExpired'
  | 'credentialsInvalid'
  | 'credentialsMissing'
  | 'limitExceeded'
  | 'mfaCancelled'
  | 'mfaRefused'
  | 'nameUnknown'
  | 'operationInProgress'
  | 'operationUnknown'
  | 'policyTooLarge'
  | 'processFailed'
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
  | 'tlsUntrusted'
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
  /** What the words need beyond the code, where it is more than a text. */
  readonly cause?: FailureCause;
}

export type FailureCause =
  /** The config files do not say, or not rightly, where a profile's credentials come from. */
  | {
      readonly type: 'config';
      readonly problem: ChainProblem;
      /** The first thing in the files that cannot be read, which may be why. */
      readonly place?: ConfigPlace;
    }
  | { readonly type: 'configFile'; readonly path: string; readonly systemCode: string }
  | { readonly type: 'account'; readonly expected: string; readonly found: string }
  | {
      readonly type: 'role';
      readonly profile: string;
      readonly roleArn: string;
      /** Where STS was asked. */
      readonly region: string;
    }
  | {
      readonly type: 'process';
      readonly profile: string;
      readonly end: 'timedOut' | 'failed' | 'rubbish' | 'incomplete' | 'expired' | 'notStarted';
      readonly exitCode?: number;
    };

/** A line of a config file. `path` as the person knows it. */
export interface ConfigPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly code: ConfigProblemCode;
  readonly text: string;
}

/** Whether AWS refused it only for now, before it did anything. */
export function isForNow({ code }: Failure): boolean {
  return code === 'throttled' || code === 'operationInProgress';
}

const ofCredentials: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'accountChanged',
  'configUnusable',
  'credentialsExpired',
  'credentialsInvalid',
  'credentialsMissing',
  'mfaCancelled',
  'mfaRefused',
  'processFailed',
  'profileUnknown',
]);

/** Calls by which credentials are found, and the refusals of them that a repeated call meets again. */
const findingCredentials: ReadonlySet<string> = new Set([
  'signin:CreateOAuth2Token',
  'sso:GetRoleCredentials',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
]);

const refusals: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'accessDenied',
  'badRequest',
  'regionDisabled',
]);

/** Whether nothing at all can be asked for the same reason. */
export function isOfCredentials({ code, operation }: Failure): boolean {
  return ofCredentials.has(code) || (refusals.has(code) && findingCredentials.has(operation));
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

/** What to show of an error that no code expects. */
export function unexpectedFailure(error: unknown, operation: string): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { code: 'unexpected', operation, errorName: name, message };
}
