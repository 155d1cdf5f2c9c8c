import { bench, checkFacts, grant, policyPath, statementPath } from './harness';
import { functionArn } from './seed';

const noPolicy = 'The resource you requested does not exist.';
const stale =
  /^The Revision Id provided does not match the latest Revision Id\. Call the GetPolicy/;
const conflict =
  'The derived qualifier from the function name does not match the specified qualifier.';

const missing = { status: 404, error: 'ResourceNotFoundException' };
const invalid = { status: 400, error: 'InvalidParameterValueException' };
const broken = { status: 400, error: 'ValidationException' };

suite('Sample account: errors of Lambda function policies', () => {
  const at = bench();

  checkFacts(at, [
    {
      fact: 'GetPolicy, no policy',
      ask: (aws) => aws.lambda('GET', policyPath('bare')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, function missing',
      ask: (aws) => aws.lambda('GET', policyPath('nope')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, a name every object has',
      ask: (aws) => aws.lambda('GET', policyPath('constructor')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, version missing',
      ask: (aws) => aws.lambda('GET', policyPath('shop', '99')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, $LATEST has none',
      ask: (aws) => aws.lambda('GET', policyPath('shop', '$LATEST')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, alias without a policy does not inherit',
      ask: (aws) => aws.lambda('GET', policyPath('shop', 'plain')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, version without a policy does not inherit',
      ask: (aws) => aws.lambda('GET', policyPath('shop', '3')),
      ...missing,
      says: noPolicy,
    },
    {
      fact: 'GetPolicy, alias missing',
      ask: (aws) => aws.lambda('GET', policyPath('shop', 'nope')),
      ...missing,
      says: `Cannot find alias arn: ${functionArn}:shop:nope`,
    },
    {
      fact: 'GetPolicy, another region',
      ask: (aws) =>
        aws.lambda('GET', policyPath('arn:aws:lambda:us-east-1:123456789012:function:shop')),
      ...missing,
    },
    {
      fact: 'GetPolicy, another account',
      ask: (aws) => aws.lambda('GET', policyPath('210987654321:function:shop')),
      status: 403,
      error: 'AccessDeniedException',
    },

    {
      fact: 'RemovePermission, no policy',
      ask: (aws) => aws.lambda('DELETE', statementPath('bare', 'one')),
      ...missing,
      says: 'No policy is associated with the given resource.',
    },
    {
      fact: 'RemovePermission, alias without a policy',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'one', '?Qualifier=plain')),
      ...missing,
      says: 'No policy is associated with the given resource.',
    },
    {
      fact: 'RemovePermission, function missing',
      ask: (aws) => aws.lambda('DELETE', statementPath('nope', 'one')),
      ...missing,
      says: `No policy found for: ${functionArn}:nope`,
    },
    {
      fact: 'RemovePermission, statement unknown',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'three')),
      ...missing,
      says: 'Statement three is not found in resource policy.',
    },
    {
      fact: 'RemovePermission, text that is not JSON',
      ask: (aws) => aws.lambda('DELETE', statementPath('broken', 'one')),
      ...missing,
    },
    {
      fact: 'RemovePermission, alias missing',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'one', '?Qualifier=nope')),
      ...missing,
      says: `Cannot find alias arn: ${functionArn}:shop:nope`,
    },
    {
      fact: 'RemovePermission, stale revision',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'one', '?RevisionId=old')),
      status: 412,
      error: 'PreconditionFailedException',
      says: stale,
    },
    {
      fact: 'RemovePermission, a Sid that two statements share',
      ask: (aws) => aws.lambda('DELETE', statementPath('twins', 'twin')),
      ...invalid,
    },
    {
      fact: 'RemovePermission, public access blocked and still public after',
      ask: (aws) => aws.lambda('DELETE', statementPath('guarded', 'shut')),
      status: 400,
      error: 'PublicPolicyException',
    },
    {
      fact: 'RemovePermission, Sid outside the pattern',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', '<img src=x>')),
      ...broken,
      says: /^1 validation error detected: Value '<img src=x>' at 'statementId' failed/,
    },
    {
      fact: 'RemovePermission, Sid with a slash stays one parameter',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'a/b')),
      ...broken,
    },
    {
      fact: 'RemovePermission, Sid over 100',
      ask: (aws) => aws.lambda('DELETE', statementPath('shop', 'x'.repeat(101))),
      ...broken,
      says: /length less than or equal to 100/,
    },

    {
      fact: 'AddPermission, statement ID taken',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: 'one' }),
      status: 409,
      error: 'ResourceConflictException',
      says: /^The statement id \(one\) provided already exists\. /,
    },
    {
      fact: 'AddPermission, stale revision',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, RevisionId: 'old' }),
      status: 412,
      error: 'PreconditionFailedException',
      says: stale,
    },
    {
      fact: 'AddPermission, stale revision where no policy is',
      ask: (aws) => aws.lambda('POST', policyPath('bare'), { ...grant, RevisionId: 'old' }),
      status: 412,
      error: 'PreconditionFailedException',
      says: stale,
    },
    {
      fact: 'AddPermission, $LATEST as Qualifier',
      ask: (aws) => aws.lambda('POST', policyPath('shop', '$LATEST'), grant),
      ...invalid,
      says: 'We currently do not support adding policies for $LATEST.',
    },
    {
      fact: 'AddPermission, $LATEST in the name',
      ask: (aws) => aws.lambda('POST', policyPath('shop:$LATEST'), grant),
      ...invalid,
      says: 'We currently do not support adding policies for $LATEST.',
    },
    {
      fact: 'AddPermission, alias missing',
      ask: (aws) => aws.lambda('POST', policyPath('shop', 'nope'), grant),
      ...missing,
      says: `Cannot find alias arn: ${functionArn}:shop:nope`,
    },
    {
      fact: 'AddPermission, version missing',
      ask: (aws) => aws.lambda('POST', policyPath('shop', '99'), grant),
      ...missing,
      says: `Function not found: ${functionArn}:shop:99`,
    },
    {
      fact: 'AddPermission, function missing',
      ask: (aws) => aws.lambda('POST', policyPath('nope'), grant),
      ...missing,
      says: `Function not found: ${functionArn}:nope`,
    },
    {
      fact: 'AddPermission, principal that is nobody',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, Principal: 'nobody' }),
      ...invalid,
      says: /^The provided principal was invalid\. /,
    },
    {
      fact: 'AddPermission, an existing principal has gone bad',
      ask: (aws) => aws.lambda('POST', policyPath('gone-principal'), grant),
      ...invalid,
      says: /^The provided principal was invalid\. /,
    },
    {
      fact: 'AddPermission, too large',
      ask: (aws) => aws.lambda('POST', policyPath('big'), grant),
      status: 400,
      error: 'PolicyLengthExceededException',
      says: /^The final policy size \(\d{5}\) is bigger than the limit \(20480\)\.$/,
    },
    {
      fact: 'AddPermission, public while blocked',
      ask: (aws) => aws.lambda('POST', policyPath('guarded'), { ...grant, Principal: '*' }),
      status: 400,
      error: 'PublicPolicyException',
    },
    {
      fact: 'AddPermission, statement ID with a dot',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: 'a.b' }),
      ...broken,
      says: /Value 'a\.b' at 'statementId' failed to satisfy constraint/,
    },
    {
      fact: 'AddPermission, statement ID empty',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: '' }),
      ...broken,
    },
    {
      fact: 'AddPermission, statement ID over 100',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: 'x'.repeat(101) }),
      ...broken,
    },
    {
      fact: 'AddPermission, statement ID absent',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: undefined }),
      ...broken,
    },
    {
      fact: 'AddPermission, action of another service',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, Action: 's3:GetObject' }),
      ...broken,
    },
    {
      fact: 'AddPermission, action with a wildcard inside',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, Action: 'lambda:Invoke*' }),
      ...broken,
    },
    {
      fact: 'AddPermission, SourceAccount not 12 digits',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), { ...grant, SourceAccount: '123' }),
      ...broken,
    },
    {
      fact: 'AddPermission, PrincipalOrgID outside the pattern',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), {
          ...grant,
          Principal: '*',
          PrincipalOrgID: 'o-short',
        }),
      ...broken,
    },
    {
      fact: 'AddPermission, two fields broken are told together',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: 'a b', Action: 'x' }),
      ...broken,
      says: /^2 validation errors detected: /,
    },
    {
      fact: 'AddPermission, FunctionUrlAuthType with another action',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), { ...grant, FunctionUrlAuthType: 'NONE' }),
      ...invalid,
    },
    {
      fact: 'AddPermission, FunctionUrlAuthType unknown',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), {
          ...grant,
          Action: 'lambda:InvokeFunctionUrl',
          FunctionUrlAuthType: 'ANY',
        }),
      ...broken,
    },
    {
      fact: 'AddPermission, EventSourceToken with SourceArn',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), {
          ...grant,
          EventSourceToken: 't',
          SourceArn: 'arn:aws:s3:::b',
        }),
      ...invalid,
    },
    {
      fact: 'AddPermission, EventSourceToken with SourceAccount',
      ask: (aws) =>
        aws.lambda('POST', policyPath('shop'), {
          ...grant,
          EventSourceToken: 't',
          SourceAccount: '123456789012',
        }),
      ...invalid,
    },
    {
      fact: 'AddPermission, body that is not JSON',
      ask: (aws) => aws.lambda('POST', policyPath('shop'), '{'),
      status: 400,
      error: 'InvalidRequestContentException',
    },
    {
      fact: 'AddPermission, existing text that is not JSON',
      ask: (aws) => aws.lambda('POST', policyPath('broken'), grant),
      ...invalid,
    },

    {
      fact: 'Get: name:alias and another Qualifier',
      ask: (aws) => aws.lambda('GET', policyPath('shop:live', '1')),
      ...invalid,
      says: conflict,
    },
    {
      fact: 'Add: name:alias and another Qualifier',
      ask: (aws) => aws.lambda('POST', policyPath('shop:live', '1'), grant),
      ...invalid,
      says: conflict,
    },
    {
      fact: 'Remove: ARN:alias and another Qualifier',
      ask: (aws) =>
        aws.lambda('DELETE', statementPath(`${functionArn}:shop:live`, 'one', '?Qualifier=1')),
      ...invalid,
      says: conflict,
    },
    {
      fact: 'Name outside the pattern',
      ask: (aws) => aws.lambda('GET', policyPath('no spaces')),
      ...broken,
      says: /at 'functionName' failed to satisfy constraint/,
    },
    {
      fact: 'Name alone over 64',
      ask: (aws) => aws.lambda('GET', policyPath('x'.repeat(65))),
      ...broken,
      says: /length less than or equal to 64/,
    },
    {
      fact: 'Name over 170',
      ask: (aws) => aws.lambda('GET', policyPath(`shop:${'x'.repeat(170)}`)),
      ...broken,
      says: /length less than or equal to 170/,
    },
    {
      fact: 'Qualifier outside the pattern',
      ask: (aws) => aws.lambda('GET', policyPath('shop', 'a.b')),
      ...broken,
      says: /at 'qualifier'/,
    },
    {
      fact: 'Qualifier over 128',
      ask: (aws) => aws.lambda('GET', policyPath('shop', 'x'.repeat(129))),
      ...broken,
      says: /at 'qualifier'/,
    },
  ]);
});
