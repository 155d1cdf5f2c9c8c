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
  const { kind, principal, principalOrgId, functionUrlAuthType } = known;
  const isPublic = principal === '*' && principalOrgId === undefined;
  if (missing === 'url' && isPublic) return undefined;
  const isOpen = isPublic && functionUrlAuthType === 'NONE';
  const name = isOpen ? publicUrlIds.invoke : `${known.statementId}-${missing}`;
  const common = {
    kind,
    statementId: freeStatementId(name, kind, taken),
    principal,
    ...(principalOrgId === undefined ? {} : { principalOrgId }),
  };
  const grant: FunctionGrant =
    missing === 'call'
      ? { ...common, action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true }
      : { ...common, action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'AWS_IAM' };
  return grantProblems(grant, taken).length > 0 || isNarrower(known) ? undefined : grant;
}

/** Whether it has conditions that the other half would not have. */
function isNarrower({ sourceArn, sourceAccount, eventSourceToken }: FunctionGrant): boolean {
  return [sourceArn, sourceAccount, eventSourceToken].some((value) => value !== undefined);
}
