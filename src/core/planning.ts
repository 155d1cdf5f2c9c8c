import { isWhole } from './calls';
import { overLimit } from './limits';
import type { ChangeIntent, ChangePlan, ChangeRefusal, Planning, Way } from './plan';
import { planWarnings } from './planWarnings';
import type { Insertion } from './policyEdit';
import { newPolicy, withStatements } from './policyEdit';
import type { PolicyCall, PolicyCapabilities } from './policyStore';
import type { Resource } from './resource';
import type { Statement } from './statement';

/** What a change is planned on: a policy as it was read (`undefined`: none), of a resource. */
export interface PlanBase {
  readonly resource: Resource;
  readonly text: string | undefined;
  readonly capabilities: PolicyCapabilities;
}

export function refuse(refusal: ChangeRefusal): Planning {
  return { possible: false, refusal };
}

/** A plan that can be carried out; one that would break a limit of AWS is refused. */
export function accept(
  base: PlanBase,
  intent: ChangeIntent,
  [first, ...others]: readonly Way[],
  effects: Pick<ChangePlan, 'removed' | 'added'> & { warnings?: ChangePlan['warnings'] },
): Planning {
  if (!first) return refuse({ code: 'noWholeDocument' });
  const refusal = overLimit(base.resource.kind, base.text, first.after);
  if (refusal) return refuse(refusal);
  const { removed, added, warnings = [] } = effects;
  const plan = { resource: base.resource, intent, before: base.text, removed, added };
  const ways: ChangePlan['ways'] = [first, ...others];
  return {
    possible: true,
    plan: { ...plan, ways, warnings: [...warnings, ...planWarnings(base, first, removed, added)] },
  };
}

/** The whole policy in one write; nothing where the kind has no such call. */
export function wholeWrite({ capabilities }: PlanBase, after: string | undefined): Way | undefined {
  if (capabilities.wholeDocument === 'no') return undefined;
  const call: PolicyCall =
    after === undefined ? { type: 'deletePolicy' } : { type: 'putPolicy', text: after };
  return { calls: [call], after };
}

/** The better way first. Where whole documents are known to be missing here, they are the last resort. */
export function inOrder(
  { capabilities }: PlanBase,
  preferred: Way | undefined,
  other: Way | undefined,
): readonly Way[] {
  const ways = [preferred, other].filter((way) => way !== undefined);
  const isWholeWay = ({ calls }: Way) => calls.some(isWhole);
  if (capabilities.wholeDocument !== 'missing') return ways;
  return [...ways.filter((way) => !isWholeWay(way)), ...ways.filter(isWholeWay)];
}

export function holdsUnresolved(statements: readonly Statement[]): boolean {
  return statements.some(({ principals }) => principals.some(({ kind }) => kind === 'unresolved'));
}

export function removalCalls(statements: readonly Statement[]): readonly PolicyCall[] {
  return statements.map(({ sid = '' }) => ({ type: 'removeStatement', statementId: sid }));
}

/** Why the call that takes a statement ID cannot remove each of these, and nothing else. */
export function removalObstacle(
  wanted: readonly Statement[],
  all: readonly Statement[],
  { removableStatementId }: PolicyCapabilities,
): ChangeRefusal | undefined {
  for (const statement of wanted) {
    const { sid } = statement;
    if (sid === undefined || sid === '') return { code: 'noStatementId', statement };
    const count = all.filter((other) => other.sid === sid).length;
    if (count > 1) return { code: 'sharedStatementId', statement, count };
    if (!removableStatementId.test(sid)) return { code: 'illegalStatementId', statement };
  }
  return undefined;
}

/** A policy with more statements; where there is none, one in the form that AWS begins it with. */
export function addedTo({ resource, text }: PlanBase, insertions: readonly Insertion[]): string {
  if (text !== undefined) return withStatements(text, insertions);
  const texts = insertions.map((insertion) => insertion.text);
  return resource.kind === 'sqsQueue'
    ? newPolicy(texts, { version: '2012-10-17', id: `${resource.arn}/SQSDefaultPolicy` })
    : newPolicy(texts, { id: 'default' });
}
