import { parseArn } from '../arn';
import { locksOwnerOut, mayLockOwnerOut } from '../actionProblems';
import type { WellFormedPolicy } from '../evaluate/decide';
import { matchResources } from '../evaluate/decide';
import { parseOperator } from '../evaluate/operators';
import { limits } from '../limits';
import type { Policy } from '../policy';
import { byteLength } from '../policy';
import { policyProblems } from '../policyProblems';
import type { Principal } from '../principals';
import type { Resource } from '../resource';
import { unqualified } from '../resource';
import type { Statement } from '../statement';
import { accessDetails } from './accessDetails';
import { entriesOf } from './entries';
import { deniesWholeOwner } from './ownerLock';
import type { Finding, FindingDetail, Trust } from './finding';
import { keysOf } from './findingKeys';
import type { Place } from './places';
import { placeOf } from './places';
import { redundancies } from './redundancies';
import { severityOf } from './rules';

export interface FindingContext {
  readonly resource: Resource;
  readonly trust: Trust;
  /** In milliseconds since 1970: conditions may name times. */
  readonly now: number;
  /** Of an alias or version: the policy of the function itself, `undefined` when it has none. */
  readonly unqualified?: { readonly policy: Policy | undefined };
}

/** What a rule found, before it is put into words and order. */
export interface Found {
  readonly detail: FindingDetail;
  readonly statement?: Statement;
  readonly place?: Place;
}

/** All that there is to say about a policy, in the order of its text. Never throws. */
export function policyFindings(policy: Policy, context: FindingContext): readonly Finding[] {
  const found = policy.wellFormed ? findIn(policy, context) : [malformed(policy)];
  const keys = keysOf(found, context.resource);
  return found
    .map(({ detail, statement, place }, index) => ({
      detail,
      severity: severityOf(detail),
      resource: context.resource,
      place: place ?? placeOf(detail, statement, policy.text),
      ...(statement ? { statement } : {}),
      key: keys[index] ?? '',
    }))
    .sort((one, other) => one.place.offset - other.place.offset);
}

function findIn(policy: WellFormedPolicy, context: FindingContext): readonly Found[] {
  const { resource } = context;
  const entries = entriesOf(policy, context);
  return [
    ...accessDetails(policy, entries, { ...context, elsewhere: entriesElsewhere(context) }),
    ...policy.statements.flatMap((statement) =>
      statementDetails(statement, policy.version, context),
    ),
    ...redundancies(policy.statements, parseArn(resource.arn)?.accountId),
    ...nearLimits(policy, resource),
    ...malformations(policy, resource),
  ];
}

/** Who gets in at the function itself; nothing where that does not matter or is not known. */
function entriesElsewhere({ unqualified: known, ...context }: FindingContext) {
  const { resource } = context;
  if (!known || resource.kind !== 'lambdaFunction') return undefined;
  if (known.policy?.wellFormed !== true) return [];
  return entriesOf(known.policy, { ...context, resource: unqualified(resource) }).entries;
}

function statementDetails(
  statement: Statement,
  version: string | undefined,
  context: FindingContext,
): readonly Found[] {
  const { kind, arn } = context.resource;
  const found: FindingDetail[] = [];
  const { effect, exceptPrincipals, principals } = statement;
  if (effect === 'Allow' && exceptPrincipals) found.push({ rule: 'not-principal-allow' });
  const owner = parseArn(arn)?.accountId;
  // One of another resource does nothing here.
  const isMeant = matchResources(statement, arn, version) !== 'no';
  const certain =
    locksOwnerOut(statement, kind, owner) || deniesWholeOwner(statement, version, context);
  if (isMeant && (certain || mayLockOwnerOut(statement, kind, owner))) {
    found.push({ rule: 'locks-owner-out', certain });
  }
  for (const principal of principals) {
    if (principal.kind === 'unresolved') {
      found.push({ rule: 'unresolved-principal', id: principal.id });
    }
  }
  return found.map((detail) => ({ detail, statement }));
}

/** From this share of a limit on a policy is called nearly full. */
const nearShare = 0.8;

function nearLimits({ text, statements }: WellFormedPolicy, { kind }: Resource): readonly Found[] {
  const most = limits[kind];
  const principals = statements.reduce((sum, statement) => sum + statement.principals.length, 0);
  const counts = [
    { what: 'bytes', count: byteLength(text), limit: most.bytes },
    { what: 'statements', count: statements.length, limit: most.statements },
    { what: 'principals', count: principals, limit: most.principals },
  ] as const;
  return counts.flatMap(({ what, count, limit }) =>
    limit !== undefined && count > limit * nearShare
      ? [{ detail: { rule: 'near-limit', what, count, limit } as const }]
      : [],
  );
}

function malformed({ problem, text }: Extract<Policy, { wellFormed: false }>): Found {
  const length = Math.min(1, text.length - problem.offset);
  return {
    detail: { rule: 'malformed-policy', problem },
    place: { offset: problem.offset, length: Math.max(0, length) },
  };
}

/** What AWS would refuse today. Limits have a rule of their own. */
function malformations(policy: WellFormedPolicy, resource: Resource): readonly Found[] {
  if (!isOdd(policy)) return [];
  const { text, statements } = policy;
  return policyProblems(text, resource.kind, { resourceArn: resource.arn })
    .filter(({ severity, code }) => severity === 'error' && code !== 'overLimit')
    .map((problem) => ({
      detail: { rule: 'malformed-policy', problem },
      statement: statements.find(
        ({ offset, length }) => problem.offset >= offset && problem.offset < offset + length,
      ),
      place: { offset: problem.offset, length: problem.length },
    }));
}

/** Whether anything may be wrong with it: to look closely at every policy takes too long. */
function isOdd({ statements, version }: WellFormedPolicy): boolean {
  return (
    !/^(2012-10-17|2008-10-17)$/.test(version ?? '') ||
    statements.length === 0 ||
    statements.some(
      ({ unreadable, effect, actions, resources, principals, conditions }) =>
        unreadable !== undefined ||
        effect === 'unknown' ||
        actions.length === 0 ||
        resources.length === 0 ||
        principals.length === 0 ||
        principals.some(isOddPrincipal) ||
        actions.some((action) => action !== '*' && !action.includes(':')) ||
        conditions.some(({ operator }) => !parseOperator(operator)),
    )
  );
}

function isOddPrincipal(principal: Principal): boolean {
  if (principal.kind === 'other') return true;
  return (
    principal.kind === 'identity' && (principal.type === 'other' || /[*?]/.test(principal.arn))
  );
}
