import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readFailure } from '../../src/aws/failures';
import type { FailureCode } from '../../src/core/errors';
import { queueUrl } from '../conformance/seed';
import { signal, withStores } from './stores';

type Row = readonly [
  operation: string,
  status: number,
  name: string,
  code: FailureCode,
  /** As the SDK names it, where that differs. */
  named?: string,
];

const rows: readonly Row[] = [
  ['lambda:GetPolicy', 404, 'ResourceNotFoundException', 'resourceNotFound'],
  ['lambda:GetPolicy', 403, 'AccessDeniedException', 'accessDenied'],
  ['lambda:GetPolicy', 400, 'InvalidParameterValueException', 'badRequest'],
  ['lambda:GetPolicy', 400, 'ValidationException', 'badRequest'],
  ['lambda:GetPolicy', 429, 'TooManyRequestsException', 'throttled'],
  ['lambda:GetPolicy', 400, 'ThrottlingException', 'throttled'],
  ['lambda:GetPolicy', 500, 'ServiceException', 'serviceFault'],
  ['lambda:GetPolicy', 503, 'ServiceUnavailable', 'serviceFault'],
  ['lambda:GetPolicy', 502, 'UnknownError', 'serviceFault'],
  ['lambda:GetPolicy', 501, 'NotImplemented', 'operationUnknown'],
  ['lambda:GetPolicy', 404, 'UnknownOperationException', 'operationUnknown'],
  ['lambda:GetPolicy', 403, 'ExpiredTokenException', 'credentialsExpired'],
  ['lambda:GetPolicy', 403, 'UnrecognizedClientException', 'credentialsInvalid'],
  ['lambda:GetPolicy', 403, 'InvalidSignatureException', 'credentialsInvalid'],
  ['lambda:GetPolicy', 403, 'MissingAuthenticationTokenException', 'credentialsInvalid'],
  ['lambda:GetPolicy', 403, 'IncompleteSignature', 'credentialsInvalid'],
  ['lambda:GetPolicy', 403, 'OptInRequired', 'regionDisabled'],
  ['lambda:GetPolicy', 403, 'NobodyKnowsThis', 'accessDenied'],
  ['lambda:GetPolicy', 418, 'NobodyKnowsThis', 'unexpected'],
  ['lambda:RemovePermission', 404, 'ResourceNotFoundException', 'statementNotFound'],
  ['lambda:RemovePermission', 412, 'PreconditionFailedException', 'revisionMismatch'],
  ['lambda:RemovePermission', 400, 'PublicPolicyException', 'publicAccessBlocked'],
  ['lambda:RemoveLayerVersionPermission', 404, 'ResourceNotFoundException', 'statementNotFound'],
  ['lambda:RemoveLayerVersionPermission', 412, 'PreconditionFailedException', 'revisionMismatch'],
  ['lambda:AddPermission', 409, 'ResourceConflictException', 'statementExists'],
  ['lambda:AddPermission', 400, 'PolicyLengthExceededException', 'policyTooLarge'],
  ['lambda:AddPermission', 400, 'PublicPolicyException', 'publicAccessBlocked'],
  ['lambda:AddLayerVersionPermission', 409, 'ResourceConflictException', 'statementExists'],
  ['lambda:PutResourcePolicy', 409, 'ResourceConflictException', 'operationInProgress'],
  ['lambda:PutResourcePolicy', 412, 'PreconditionFailedException', 'revisionMismatch'],
  ['lambda:DeleteResourcePolicy', 409, 'ResourceConflictException', 'operationInProgress'],
  ['sqs:GetQueueAttributes', 400, 'QueueDoesNotExist', 'resourceNotFound'],
  ['sqs:GetQueueAttributes', 403, 'AccessDenied', 'accessDenied'],
  ['sqs:GetQueueAttributes', 400, 'AccessDeniedException', 'accessDenied'],
  ['sqs:GetQueueAttributes', 404, 'InvalidAddress', 'badRequest'],
  ['sqs:GetQueueAttributes', 403, 'InvalidSecurity', 'badRequest'],
  ['sqs:GetQueueAttributes', 400, 'InvalidAttributeName', 'badRequest'],
  ['sqs:GetQueueAttributes', 403, 'RequestThrottled', 'throttled'],
  ['sqs:GetQueueAttributes', 400, 'UnsupportedOperation', 'badRequest'],
  ['sqs:GetQueueAttributes', 403, 'ExpiredToken', 'credentialsExpired'],
  ['sqs:GetQueueAttributes', 403, 'InvalidClientTokenId', 'credentialsInvalid'],
  ['sqs:GetQueueAttributes', 403, 'SignatureDoesNotMatch', 'credentialsInvalid'],
  ['sqs:GetQueueAttributes', 400, 'RequestExpired', 'clockSkew'],
  ['sqs:RemovePermission', 400, 'InvalidParameterValue', 'statementNotFound'],
  ['sqs:RemovePermission', 400, 'MissingParameter', 'badRequest'],
  ['sqs:AddPermission', 403, 'OverLimit', 'limitExceeded'],
  ['sqs:AddPermission', 400, 'InvalidParameterValue', 'badRequest'],
  ['sqs:SetQueueAttributes', 400, 'InvalidAttributeValue', 'badRequest'],
  ['sts:GetCallerIdentity', 403, 'ExpiredToken', 'credentialsExpired', 'ExpiredTokenException'],
  ['sts:GetCallerIdentity', 403, 'InvalidClientTokenId', 'credentialsInvalid'],
  ['sts:GetCallerIdentity', 403, 'SignatureDoesNotMatch', 'credentialsInvalid'],
  ['sts:GetCallerIdentity', 403, 'AccessDenied', 'accessDenied'],
  ['sts:GetCallerIdentity', 400, 'Throttling', 'throttled'],
  ['sts:GetCallerIdentity', 403, 'RequestTimeTooSkewed', 'clockSkew'],
];

const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' };
const layer = { LayerName: 'tools', VersionNumber: 2 };
const ResourceArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';
const QueueUrl = `${queueUrl}/shared`;

type Sender = { readonly send: (command: never) => Promise<unknown> };
const calls: Readonly<
  Record<string, readonly [client: 'lambda' | 'sqs' | 'sts', command: unknown]>
> = {
  'lambda:GetPolicy': ['lambda', new lambda.GetPolicyCommand({ FunctionName: 'shop' })],
  'lambda:RemovePermission': [
    'lambda',
    new lambda.RemovePermissionCommand({ FunctionName: 'shop', StatementId: 'one' }),
  ],
  'lambda:RemoveLayerVersionPermission': [
    'lambda',
    new lambda.RemoveLayerVersionPermissionCommand({ ...layer, StatementId: 'one' }),
  ],
  'lambda:AddPermission': [
    'lambda',
    new lambda.AddPermissionCommand({ FunctionName: 'shop', ...permission }),
  ],
  'lambda:AddLayerVersionPermission': [
    'lambda',
    new lambda.AddLayerVersionPermissionCommand({ ...layer, ...permission }),
  ],
  'lambda:PutResourcePolicy': [
    'lambda',
    new lambda.PutResourcePolicyCommand({ ResourceArn, Policy: '{}' }),
  ],
  'lambda:DeleteResourcePolicy': [
    'lambda',
    new lambda.DeleteResourcePolicyCommand({ ResourceArn }),
  ],
  'sqs:GetQueueAttributes': ['sqs', new sqs.GetQueueAttributesCommand({ QueueUrl })],
  'sqs:RemovePermission': ['sqs', new sqs.RemovePermissionCommand({ QueueUrl, Label: 'x' })],
  'sqs:AddPermission': [
    'sqs',
    new sqs.AddPermissionCommand({ QueueUrl, Label: 'x', AWSAccountIds: ['1'], Actions: ['*'] }),
  ],
  'sqs:SetQueueAttributes': [
    'sqs',
    new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '{' } }),
  ],
  'sts:GetCallerIdentity': ['sts', new GetCallerIdentityCommand({})],
};

suite('Failures: every error that AWS names, as the SDK throws it', () => {
  const at = withStores();

  async function thrownBy(operation: string): Promise<unknown> {
    const settings = {
      endpoint: at.proxy.endpoint,
      region: 'eu-west-1',
      credentials: at.account.credentials,
      maxAttempts: 1,
      useQueueUrlAsEndpoint: false,
    };
    const [service, command] = calls[operation] ?? assert.fail(operation);
    const clients = {
      lambda: () => new lambda.LambdaClient(settings),
      sqs: () => new sqs.SQSClient(settings),
      sts: () => new STSClient(settings),
    };
    const client = clients[service]() as unknown as Sender & { destroy(): void };
    try {
      return assert.fail(`answered: ${JSON.stringify(await client.send(command as never))}`);
    } catch (error) {
      return error;
    } finally {
      client.destroy();
    }
  }

  for (const [operation, status, name, code, named] of rows) {
    test(`${operation} ${status} ${name}: ${code}`, async () => {
      at.proxy.addFault({
        operation: /.*/,
        answer: { type: 'error', status, name, message: 'its <own> words' },
      });
      const failure = readFailure(await thrownBy(operation), operation);
      assert.deepEqual(
        [failure.code, failure.operation, failure.httpStatus, failure.message],
        [code, operation, status, 'its <own> words'],
      );
      assert.ok(
        [name, named, 'AWS.SimpleQueueService.NonExistentQueue'].includes(failure.errorName),
        failure.errorName,
      );
    });
  }

  test('the identity, and what keeps it from being known', async () => {
    at.proxy.addFault({
      operation: 'STS.GetCallerIdentity',
      times: 1,
      answer: { type: 'error', status: 403, name: 'ExpiredToken', message: '' },
    });
    const unknown = await at.access.identity(signal());
    assert.ok(unknown.state === 'unknown');
    assert.equal(unknown.failure.code, 'credentialsExpired');
    const known = await at.access.identity(signal());
    const { callerArn } = at.account.state();
    assert.deepEqual(known, { state: 'known', accountId: '123456789012', callerArn });
    // The same key is always of the same account.
    const before = at.proxy.requests.length;
    assert.deepEqual(await at.access.identity(signal()), known);
    assert.equal(at.proxy.requests.length, before);
  });
});

suite('Failures: what never came from AWS', () => {
  const node = (code: string, message = 'x') => Object.assign(new Error(message), { code });
  const sdk = (name: string, message = 'x') => Object.assign(new Error(message), { name });
  const clockOff = (name: string) =>
    Object.assign(sdk(name), {
      $response: { headers: { date: new Date(Date.now() - 3_600_000).toUTCString() } },
    });
  const errors: readonly (readonly [string, unknown, FailureCode])[] = [
    ['refused connection', node('ECONNREFUSED'), 'unreachable'],
    ['unknown host', node('ENOTFOUND'), 'nameUnknown'],
    ['no name server: offline', node('EAI_AGAIN'), 'nameUnknown'],
    ['unreachable host', node('EHOSTUNREACH'), 'unreachable'],
    ['unreachable network', node('ENETUNREACH'), 'unreachable'],
    ['broken TLS', node('EPROTO'), 'unreachable'],
    ['self-signed certificate', node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tlsUntrusted'],
    ['self-signed certificate in chain', node('SELF_SIGNED_CERT_IN_CHAIN'), 'tlsUntrusted'],
    ['expired certificate', node('CERT_HAS_EXPIRED'), 'tlsUntrusted'],
    ['unknown issuer', node('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'tlsUntrusted'],
    ['unverifiable certificate', node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tlsUntrusted'],
    ['certificate of another name', node('ERR_TLS_CERT_ALTNAME_INVALID'), 'tlsUntrusted'],
    ['all addresses refused', new AggregateError([node('ECONNREFUSED', 'no')], ''), 'unreachable'],
    ['no answer in time', sdk('TimeoutError'), 'timeout'],
    ['cancelled', sdk('AbortError'), 'cancelled'],
    [
      'a connection that was cut',
      Object.assign(sdk('TimeoutError'), { code: 'ECONNRESET' }),
      'unreachable',
    ],
    ['a signature of another time', clockOff('InvalidSignatureException'), 'clockSkew'],
    ['a signature that is wrong', sdk('InvalidSignatureException'), 'credentialsInvalid'],
    [
      'SSO, refused by its name',
      sdk('CredentialsProviderError', 'UnauthorizedException: Session token not found'),
      'credentialsExpired',
    ],
    [
      'SSO, a role that is not assigned',
      sdk('CredentialsProviderError', 'ForbiddenException: No access'),
      'accessDenied',
    ],
    [
      'SSO, unreachable',
      sdk('CredentialsProviderError', 'Error: connect ECONNREFUSED 127.0.0.1:9'),
      'unreachable',
    ],
    [
      'SSO, no name server',
      sdk('CredentialsProviderError', 'Error: getaddrinfo ENOTFOUND portal.sso.amazonaws.com'),
      'nameUnknown',
    ],
    ['expired SSO token', sdk('TokenProviderError'), 'credentialsExpired'],
    [
      'SSO session ended',
      sdk('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      'credentialsExpired',
    ],
    [
      'nobody signed in',
      sdk('CredentialsProviderError', 'The SSO token cannot be loaded. Run aws sso login.'),
      'credentialsExpired',
    ],
    [
      'no credentials',
      sdk('CredentialsProviderError', 'Could not load credentials from any providers'),
      'credentialsMissing',
    ],
    ['an error of another kind', new TypeError('x is not a function'), 'unexpected'],
    ['a name from the prototype', sdk('constructor'), 'unexpected'],
    ['a text', 'oops', 'unexpected'],
    ['null', null, 'unexpected'],
    ['undefined', undefined, 'unexpected'],
  ];
  for (const [name, error, code] of errors) {
    test(`${name}: ${code}`, () => {
      const failure = readFailure(error, 'lambda:GetPolicy');
      assert.equal(failure.code, code);
      assert.equal(typeof failure.message, 'string');
      assert.equal(failure.operation, 'lambda:GetPolicy');
    });
  }
});
