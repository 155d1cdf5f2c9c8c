import { parseArn } from '../arn';
import { changingCalls, locksOwnerOut } from '../actionProblems';
import { reach } from '../evaluate/reach';
import { strangeOrganization } from '../evaluate/strangerKeys';
import { parsePolicy, statementsOf } from '../policy';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import { Cast } from './cast';
import type { Trust } from './finding';

/** Nothing else stands in the way. */
const [allowed] = statementsOf(
  parsePolicy(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
  ),
);

const mostSteps = 20_000;

/**
 * Whether the conditions of a Deny hold for everybody of the account that owns the resource, whatever
 * they bring, so that nobody of it can change the policy any more.
 */
export function deniesWholeOwner(
  statement: Statement,
  version: string | undefined,
  { resource, trust, now }: { resource: Resource; trust: Trust; now: number },
): boolean {
  const { arn, kind } = resource;
  const owner = parseArn(arn)?.accountId;
  if (!allowed || owner === undefined || statement.conditions.length === 0) return false;
  if (!locksOwnerOut({ ...statement, conditions: [] }, kind, owner)) return false;
  const organizations = [...trust.organizations, strangeOrganization];
  const account = { accountId: owner, organizations, anywhere: true };
  const cast = new Cast(arn, trust, { now, texts: [] });
  const { truth } = reach(
    allowed,
    { statements: [allowed, statement], version },
    {
      stranger: cast.member('direct', account),
      action: changingCalls[kind],
      resource: arn,
      budget: { left: mostSteps },
    },
  );
  return truth === 'no';
}
