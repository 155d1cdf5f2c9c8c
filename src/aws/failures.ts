import type { Failure, FailureCode } from '../core/errors';
import { failureOf } from '../core/errors';

/**
 * Reads what the SDK throws. The only place that knows the names of AWS's errors. Texts have changed
 * over the years and are not looked at, save for the SDK's own CredentialsProviderError, which has
 * one name for everything that can be wrong with credentials.
 */
export function readFailure(error: unknown, operation: string): Failure {
  // Looking credentials up has its own operations: it is these that failed.
  const known = failureOf(error);
  if (known) return known;
  const thrown = asThrown(error);
  return {
    code: codeOf(thrown, operation),
    operation,
    // What Node throws is called Error, whatever it is.
    errorName:
      (thrown.name === 'Error' ? thrown.code : undefined) ?? thrown.name ?? thrown.code ?? 'Error',
    message: withoutSecrets(thrown.message ?? String(error)),
    requestId: thrown.$metadata?.requestId,
    httpStatus: thrown.$metadata?.httpStatusCode,
  };
}

/**
 * Node tells a part of what cannot be parsed, which may be credentials. AWS repeats what a wrong
 * signature should have been made of, the token of the session with it.
 */
function withoutSecrets(message: string): string {
  return message
    .replace(/,? ?(\.\.\.)?".*"(\.\.\.)? is not valid JSON/s, ' in what should be JSON')
    .replace(/(x-amz-security-token[:=])[^\s'&]+/gi, '$1…');
}

/** Whether a request surely never left: nobody was there to send it to. */
export function wasNeverSent(error: unknown): boolean {
  return /^(getaddrinfo|connect)$/.test(asThrown(error).syscall ?? '');
}

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  /** Node's system error code, e.g. ECONNREFUSED. */
  readonly code?: string;
  /** What Node asked the system for. */
  readonly syscall?: string;
  /** The older SQS name of an error, e.g. AWS.SimpleQueueService.NonExistentQueue. */
  readonly Code?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const byName: Readonly<Record<string, FailureCode>> = {
  AbortError: 'cancelled',
  AccessDenied: 'accessDenied',
  AccessDeniedException: 'accessDenied',
  AuthFailure: 'credentialsInvalid',
  AuthorizationError: 'accessDenied',
  'AWS.SimpleQueueService.NonExistentQueue': 'resourceNotFound',
  ExpiredToken: 'credentialsExpired',
  ExpiredTokenException: 'credentialsExpired',
  ForbiddenException: 'accessDenied',
  IDPRejectedClaim: 'accessDenied',
  IDPRejectedClaimException: 'accessDenied',
  IncompleteSignature: 'credentialsInvalid',
  InvalidAction: 'operationUnknown',
  InvalidAddress: 'badRequest',
  InvalidAttributeName: 'badRequest',
  InvalidAttributeValue: 'badRequest',
  InvalidClientTokenId: 'credentialsInvalid',
  InvalidGrantException: 'credentialsExpired',
  InternalServerException: 'serviceFault',
  InvalidIdentityToken: 'credentialsInvalid',
  InvalidIdentityTokenException: 'credentialsInvalid',
  InvalidParameterValue: 'badRequest',
  InvalidParameterValueException: 'badRequest',
  InvalidSecurity: 'badRequest',
  InvalidSignatureException: 'credentialsInvalid',
  MissingAuthenticationToken: 'credentialsInvalid',
  MissingAuthenticationTokenException: 'credentialsInvalid',
  MissingParameter: 'badRequest',
  NonExistentQueue: 'resourceNotFound',
  OptInRequired: 'regionDisabled',
  OverLimit: 'limitExceeded',
  PolicyLengthExceededException: 'policyTooLarge',
  PreconditionFailedException: 'revisionMismatch',
  PublicPolicyException: 'publicAccessBlocked',
  QueueDoesNotExist: 'resourceNotFound',
  RequestExpired: 'clockSkew',
  RequestInTheFuture: 'clockSkew',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  RegionDisabledException: 'regionDisabled',
  RequestTimeTooSkewed: 'clockSkew',
  ResourceNotFoundException: 'resourceNotFound',
  ServiceException: 'serviceFault',
  SignatureDoesNotMatch: 'credentialsInvalid',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TimeoutError: 'timeout',
  TokenProviderError: 'credentialsExpired',
  TooManyRequestsException: 'throttled',
  UnauthorizedException: 'credentialsExpired',
  UnknownOperationException: 'operationUnknown',
  UnrecognizedClientException: 'credentialsInvalid',
  UnsupportedOperation: 'badRequest',
  ValidationError: 'badRequest',
  ValidationException: 'badRequest',
};

/** Names that mean something else at one operation than elsewhere. */
const byOperation: Readonly<Record<string, Readonly<Record<string, FailureCode>>>> = {
  'lambda:AddPermission': { ResourceConflictException: 'statementExists' },
  'lambda:AddLayerVersionPermission': { ResourceConflictException: 'statementExists' },
  'lambda:PutResourcePolicy': { ResourceConflictException: 'operationInProgress' },
  'lambda:DeleteResourcePolicy': { ResourceConflictException: 'operationInProgress' },
  // One name for a missing statement, policy and resource; a read afterwards tells which.
  'lambda:RemovePermission': { ResourceNotFoundException: 'statementNotFound' },
  'lambda:RemoveLayerVersionPermission': { ResourceNotFoundException: 'statementNotFound' },
  'sqs:RemovePermission': {
    InvalidParameterValue: 'statementNotFound',
    InvalidParameterValueException: 'statementNotFound',
  },
};

// Of the codes of Node only those of sockets: a file that is missing has one, too.
const networkCodes =
  /^(ECONN\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EPIPE|EPROTO|ETIMEDOUT|EADDR\w+|EAI_[A-Z]+|UND_ERR_\w+|ERR_SSL_\w+)$/;
const nameCodes = /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/;
const certificateCodes =
  /^(CERT_\w+|\w*_CERT\w*|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS_CERT\w+|HOSTNAME_MISMATCH|INVALID_CA)$/;

function codeOf(thrown: Thrown, operation: string): FailureCode {
  const transport = transportCode(thrown.code ?? '');
  // The SDK names a connection that was cut like one that took too long.
  if (transport && thrown.name === 'TimeoutError' && thrown.code !== 'ETIMEDOUT') return transport;
  for (const name of [thrown.name, thrown.Code, thrown.code]) {
    const code = name && (lookUp(byOperation[operation], name) ?? lookUp(byName, name));
    if (code === 'credentialsInvalid' && isClockOff(thrown)) return 'clockSkew';
    if (code) return code;
  }
  if (thrown.name === 'CredentialsProviderError') return credentialsCode(thrown.message ?? '');
  if (transport) return transport;
  const status = thrown.$metadata?.httpStatusCode;
  if (status === 501) return 'operationUnknown';
  if (status === 429) return 'throttled';
  if (status !== undefined && status >= 500) return 'serviceFault';
  if (status === 403) return 'accessDenied';
  return 'unexpected';
}

function transportCode(code: string): FailureCode | undefined {
  if (nameCodes.test(code)) return 'nameUnknown';
  if (certificateCodes.test(code)) return 'tlsUntrusted';
  return networkCodes.test(code) ? 'unreachable' : undefined;
}

/** AWS takes requests that are signed up to five minutes before or after its own time. */
const clockToleranceMs = 270_000;

/** A signature can be wrong because the time in it is; the answer says what time AWS has. */
function isClockOff({ $response }: Thrown): boolean {
  const date = Date.parse($response?.headers?.date ?? '');
  return !Number.isNaN(date) && Math.abs(date - Date.now()) > clockToleranceMs;
}

// The names come from outside: "constructor" must not find what every object has.
function lookUp(
  codes: Readonly<Record<string, FailureCode>> | undefined,
  name: string,
): FailureCode | undefined {
  return codes && Object.hasOwn(codes, name) ? codes[name] : undefined;
}

/** The SDK puts what happened while it looked for credentials into the text of one error. */
function credentialsCode(message: string): FailureCode {
  const text = message.replace(/^Failed to refresh token: /, '');
  // Node's "all addresses refused", which has no text of its own, and a connection that was cut.
  if (/^AggregateError|socket hang up/.test(text)) return 'unreachable';
  for (const [word] of text.matchAll(/\b[A-Z][A-Z_]{3,}\b/g)) {
    const transport = transportCode(word);
    if (transport) return transport;
  }
  const name = /^(?:Error: )?(\w+):/.exec(text)?.[1] ?? '';
  const code = lookUp(byName, name);
  if (code) return code;
  if (/insufficient permissions/i.test(text)) return 'accessDenied';
  return /expired|sso login|aws login|authenticate|load token/i.test(text)
    ? 'credentialsExpired'
    : 'credentialsMissing';
}

function asThrown(error: unknown): Thrown {
  if (typeof error !== 'object' || error === null) return {};
  const thrown = error as Thrown;
  // Node reports "all addresses refused" as an error without a message around the real ones.
  const inner = (error as { errors?: readonly unknown[] }).errors?.[0];
  return !thrown.message && inner ? asThrown(inner) : thrown;
}
