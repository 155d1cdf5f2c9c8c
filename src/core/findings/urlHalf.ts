import { freeStatementId, publicUrlIds } from '../grantNames';
import { grantProblems } from '../grantRules';
import type { FunctionGrant } from '../grants';
import { grantOf } from '../grantStatement';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { FindingDetail } from './finding';

type Half = Extract<FindingDetail, { rule: 'function-url-half' }>;

/**
 * The permission by which half of a function URL becomes a whole, for those whom the half is for.
 * `undefined`: it cannot be said by AddPermission, or would open a URL to everyone of which nobody
 * said that it is public.
 */
export function missingHalf(
  { missing }: Half,
  half: Statement,
  resource: Resource,
  taken: readonly string[],
): FunctionGrant | undefined {
  const known = grantOf(half, resource);
  if (known?.kind !== 'lambdaFunction') return undefined;
  const { functionUrlAuthType, invokedViaFunctionUrl, ...common } = known;
  const grant =
    missing === 'call'
      ? ({ ...common, action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true } as const)
      : ({
          ...common,
          action: 'lambda:InvokeFunctionUrl',
          functionUrlAuthType: 'AWS_IAM',
        } as const);
  const isPublic = common.principal === '*' && common.principalOrgId === undefined;
  if (missing === 'url' && isPublic) return undefined;
  const name =
    missing === 'call' && isPublic && functionUrlAuthType === 'NONE'
      ? publicUrlIds.invoke
      : `${half.sid ?? ''}-${missing}`;
  const named = { ...grant, statementId: freeStatementId(name, 'lambdaFunction', taken) };
  return grantProblems(named, taken).length > 0 ? undefined : named;
}
