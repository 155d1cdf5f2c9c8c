import { readPatiently } from '../../changes/changeContext';
import type { Connection } from '../../connections/connection';
import { accountWords, connectionTitle } from '../../connections/connectionWords';
import { storeOf } from '../../connections/policyReadings';
import type { ResourceTarget } from '../../connections/targets';
import { parseArn } from '../../core/arn';
import type { ChangeKind } from '../../core/changeRecord';
import type { Failure } from '../../core/errors';
import type { ChangeIntent, ChangePlan, ChangeRefusal } from '../../core/plan';
import { planChange } from '../../core/planChange';
import type { PolicyReading } from '../../core/policyStore';
import type { Resource } from '../../core/resource';
import type { Place } from '../../words/changeWords';
import type { OutcomeScene } from '../../words/outcomeWords';
import { resourceWords } from '../../words/resourceWords';
import { statementTitle } from '../../words/statementWords';
import type { CommandDeps } from '../deps';

/** A change that a person wants, not yet planned. */
export interface WantedChange extends ResourceTarget {
  readonly intent: ChangeIntent;
  readonly what: ChangeKind;
  /** The record that it takes back. */
  readonly undoes?: string;
  /** The policy that it was wanted of; without it, it is read. */
  readonly reading?: PolicyReading;
}

/** A change that can be made, with all that is needed to show and to make it. */
export interface PlannedChange {
  readonly wanted: WantedChange;
  readonly connection: Connection;
  readonly reading: PolicyReading;
  readonly plan: ChangePlan;
  readonly place: Place;
}

/** One that cannot. */
export interface ImpossibleChange {
  readonly wanted: WantedChange;
  readonly connection: Connection;
  readonly reading: PolicyReading;
  readonly why:
    | { readonly type: 'unreadable'; readonly failure: Failure }
    | { readonly type: 'refused'; readonly refusal: ChangeRefusal };
}

/**
 * Reads the policy that a change is wanted of, if that was not done yet. `wait` pauses while AWS has
 * no time for it; `false`: no more waiting.
 */
export async function readWanted(
  { traffic }: Pick<CommandDeps, 'traffic'>,
  connection: Connection,
  wanted: Pick<WantedChange, 'connectionId' | 'resource' | 'reading'>,
  wait: (ms: number) => Promise<boolean>,
): Promise<PolicyReading> {
  const { resource } = wanted;
  const read =
    wanted.reading ?? (await readPatiently(() => connection.readings.read(resource), wait));
  // Where reads lag, our own last write is what there is by now.
  return traffic.current(policyKey(wanted), read);
}

/** Plans a change on a policy as it was read. */
export async function planWanted(
  connection: Connection,
  wanted: WantedChange,
  reading: PolicyReading,
): Promise<PlannedChange | ImpossibleChange> {
  const { resource, intent } = wanted;
  const common = { wanted, connection, reading };
  const account = otherAccount(connection, resource);
  if (account) {
    return { ...common, why: { type: 'refused', refusal: { code: 'otherAccount', ...account } } };
  }
  if (reading.state === 'unreadable') {
    return { ...common, why: { type: 'unreadable', failure: reading.failure } };
  }
  const { capabilities } = storeOf(await connection.stores(), resource);
  const text = reading.state === 'policy' ? reading.text : undefined;
  const planning = planChange(resource, text, intent, capabilities);
  if (!planning.possible) {
    return { ...common, why: { type: 'refused', refusal: planning.refusal } };
  }
  return { ...common, plan: planning.plan, place: placeOf(connection) };
}

/**
 * Tells policies apart. Two connections can lead to one account: its policies are the same over both,
 * but for the accounts that stand-ins for AWS make up, each its own.
 */
export function policyKey({ connectionId, resource: { arn } }: ResourceTarget): string {
  const isMadeUp = /^(0{12}|123456789012)$/.test(parseArn(arn)?.accountId ?? '');
  return isMadeUp ? `${connectionId}|${arn}` : arn;
}

/**
 * Keys of a profile can become those of another account. Its function of the same name is not the one
 * that is shown.
 */
function otherAccount(
  { currentIdentity: identity }: Connection,
  { arn }: Resource,
): { readonly listed: string; readonly now: string } | undefined {
  const listed = parseArn(arn)?.accountId;
  if (identity?.state !== 'known' || !listed || listed === identity.accountId) return undefined;
  return { listed, now: identity.accountId };
}

/** Every question names the account, as it is known by then. */
export function placeOf(connection: Connection): Place {
  return { account: accountWords(connection), connection: connectionTitle(connection) };
}

/** The policy as a change will leave it. Without a revision: it is read before the next is sent. */
export function readingAfter({ plan, reading: { readAt } }: PlannedChange): PolicyReading {
  const { after } = plan.ways[0];
  return after === undefined ? { state: 'none', readAt } : { state: 'policy', text: after, readAt };
}

/** How a change is called in what is said of it. */
export function outcomeScene({ what, intent, resource }: WantedChange): OutcomeScene {
  const name = resourceWords(resource);
  if (intent.type === 'remove') {
    const { statements } = intent;
    const [only] = statements;
    const title = only && statements.length === 1 ? statementTitle(only) : undefined;
    return { what, name, title, count: statements.length };
  }
  if (intent.type === 'add') {
    const [only] = intent.grants;
    const title = intent.grants.length === 1 ? only?.statementId : undefined;
    return { what, name, title, count: intent.grants.length };
  }
  return { what, name, count: intent.type === 'insert' ? intent.texts.length : 1 };
}
