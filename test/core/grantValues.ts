import fc from 'fast-check';
import { queueActions } from '../../src/core/grantRules';
import type { FunctionGrant, LayerGrant, QueueGrant } from '../../src/core/grants';

// Random permissions that the calls take, in the form in which they are read back.

const text = (pattern: RegExp) => fc.stringMatching(pattern);
const accountId = text(/^[0-9]{12}$/);
const organizationId = text(/^o-[a-z0-9]{10,32}$/);
const sourceArn = fc.oneof(
  text(/^[a-z0-9.-]{3,20}$/).map((bucket) => `arn:aws:s3:::${bucket}`),
  fc
    .tuple(accountId, text(/^[a-zA-Z0-9_*/-]{1,30}$/))
    .map(([account, name]) => `arn:aws:execute-api:eu-west-1:${account}:${name}`),
);
const identityArn = fc
  .tuple(accountId, fc.constantFrom('role/', 'user/', 'role/path/'), text(/^[\w+=,.@-]{1,20}$/))
  .map(([account, type, name]) => `arn:aws:iam::${account}:${type}${name}`);
const service = text(/^[a-z][a-z0-9-]{1,15}$/).map((name) => `${name}.amazonaws.com`);
const principal = fc.oneof(service, accountId, identityArn, fc.constant('*'));
const statementId = text(/^[a-zA-Z0-9_-]{1,80}$/);

/** Those that are left out are absent, not `undefined`. */
const anyOf = { requiredKeys: [] };

const sources = fc.oneof(
  fc.record({ sourceArn, sourceAccount: accountId }, anyOf),
  fc.record({ eventSourceToken: text(/^[a-zA-Z0-9._-]{1,256}$/) }, anyOf),
);

const action = fc.oneof(
  fc.constantFrom('lambda:InvokeFunction', 'lambda:*', '*').map((name) => ({ action: name })),
  text(/^[a-zA-Z]{1,20}$/).map((name) => ({ action: `lambda:${name}` })),
  fc
    .constantFrom('NONE' as const, 'AWS_IAM' as const)
    .map((type) => ({ action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: type })),
);

export const functionGrants: fc.Arbitrary<FunctionGrant> = fc
  .tuple(
    fc.record({ kind: fc.constant('lambdaFunction' as const), statementId, principal }),
    action,
    sources,
    fc.record({ principalOrgId: organizationId, invokedViaFunctionUrl: fc.boolean() }, anyOf),
  )
  .map(([base, ...parts]) => Object.assign({}, base, ...parts) as FunctionGrant);

export const layerGrants: fc.Arbitrary<LayerGrant> = fc
  .tuple(
    statementId,
    fc.oneof(
      accountId.map((id) => ({ principal: id })),
      fc.constant({ principal: '*' }),
      organizationId.map((id) => ({ principal: '*', organizationId: id })),
    ),
  )
  .map(([id, who]) => ({ kind: 'layerVersion', statementId: id, ...who }));

export const queueGrants: fc.Arbitrary<QueueGrant> = fc.record(
  {
    kind: fc.constant('sqsQueue' as const),
    statementId,
    accountIds: fc.uniqueArray(accountId, { minLength: 1, maxLength: 4 }),
    actions: fc.oneof(
      fc.constant(['*']),
      fc.uniqueArray(fc.constantFrom(...queueActions), { minLength: 1, maxLength: 7 }),
    ),
  },
  { noNullPrototype: true },
);
