import type { OpenPart } from '../evaluate/decide';
import { matchActions } from '../evaluate/decide';
import type { Budget } from '../evaluate/commonText';
import type { Reach } from '../evaluate/reach';
import { reach } from '../evaluate/reach';
import { callerOf } from '../evaluate/request';
import type { Stranger } from '../evaluate/stranger';
import type { CallingAccount, Scene } from '../evaluate/strangers';
import { anyService, strangeOrganization } from '../evaluate/strangerKeys';
import { Cast } from './cast';
import type { DeputyEntry, Entries, Entry, EntryContext, Judged, OpenEntry } from './entry';
import type { Statement } from '../statement';
import type { Outsider } from './finding';
import type { Granted } from './grantable';
import { grantedBy } from './grantable';
import { accountsIn, organizationsIn, servicesIn } from './mentions';

/**
 * Who from outside gets in by a policy, statement by statement: found by trying. A stranger tries with
 * whatever they can bring about each key that a condition names, so that a condition narrows access
 * exactly if nobody else can meet it.
 */
export function entriesOf(policy: Judged, context: EntryContext): Entries {
  const look = new StatementEntries(policy, context);
  for (const statement of policy.statements) {
    if (statement.effect === 'Allow') look.add(statement);
  }
  return look;
}

/** So much is tried for one policy; what is not found by then cannot be told. */
const mostSteps = 200_000;

const urlActions = /^lambda:invokefunction(url)?$/i;

/** How something is called, and the actions that can be. */
type Way = readonly [way: Scene['way'], actions: readonly Granted[]];

class StatementEntries implements Entries {
  readonly entries: Entry[] = [];
  readonly open: OpenEntry[] = [];
  readonly deputies: DeputyEntry[] = [];
  private readonly cast: Cast;
  private readonly denies: readonly Statement[];
  private readonly budget: Budget = { left: mostSteps };

  constructor(
    private readonly policy: Judged,
    private readonly context: EntryContext,
  ) {
    this.denies = policy.statements.filter(({ effect }) => effect === 'Deny');
    const texts = policy.statements.map(({ text }) => text);
    this.cast = new Cast(context.resource.arn, context.trust, { now: context.now, texts });
  }

  add(statement: Statement): void {
    const all = this.ways(grantedBy(statement, this.context.resource.kind));
    const ways = namesAll(statement) ? this.addPublic(statement, all) : all;
    if (ways.length === 0) return;
    if (statement.principals.some(({ kind }) => kind === 'federated')) {
      // No request to these services is known to come as an identity provider.
      this.open.push({ statement, who: { type: 'anyAccount' }, open: [{ element: 'Principal' }] });
    }
    this.addOrganizations(statement, ways);
    this.addAccounts(statement, ways);
    this.addDeputies(statement, ways);
  }

  /** Whether everybody gets in; returns the ways by which it matters who else does. */
  private addPublic(statement: Statement, ways: readonly Way[]): readonly Way[] {
    const isQueue = this.context.resource.kind === 'sqsQueue';
    const left = ways.filter(([way, actions]) => {
      // A function is called without a signature by its URL alone.
      const withoutAccount = isQueue || way === 'url';
      const isPublic =
        (withoutAccount &&
          this.try(statement, this.cast.nobody(way), { type: 'anyone' }, way, actions)) ||
        this.try(statement, this.cast.anybody(way), { type: 'anyAccount' }, way, actions);
      return !isPublic;
    });
    // Who calls the function itself needs no URL.
    return left.some(([way]) => way === 'direct') ? left : [];
  }

  private addOrganizations(statement: Statement, ways: readonly Way[]): void {
    for (const organizationId of this.strangeOrganizationsIn(statement)) {
      const who: Outsider = { type: 'organization', organizationId };
      const organizations = [organizationId];
      const account = { ...this.cast.stranger, organizations, anywhere: true };
      this.tryWays(statement, who, ways, (way) => this.cast.member(way, account));
      for (const service of servicesIn(statement, this.denies)) {
        this.tryWays(statement, who, ways, (way) => this.cast.deputy(way, service, account));
      }
    }
  }

  private strangeOrganizationsIn(statement: Statement): readonly string[] {
    const { trust } = this.context;
    const named = [statement, ...this.denies].flatMap(organizationsIn);
    return [...new Set(named)].filter((id) => !trust.organizations.has(id));
  }

  private addAccounts(statement: Statement, ways: readonly Way[]): void {
    const { trust } = this.context;
    const strange = this.strangeOrganizationsIn(statement);
    const named = new Set([statement, ...this.denies].flatMap(accountsIn));
    for (const accountId of named) {
      if (accountId === this.cast.owner || trust.accounts.has(accountId)) continue;
      const organizations = [...strange, strangeOrganization];
      this.addAccount(statement, ways, { accountId, organizations, anywhere: true });
    }
  }

  private addAccount(statement: Statement, ways: readonly Way[], account: CallingAccount): void {
    const { accountId } = account;
    const who = { type: 'account', accountId } as const;
    if (namesAccount(statement, accountId)) {
      const anybody = (way: Scene['way']) => this.cast.member(way, account);
      if (this.tryWays(statement, who, ways, anybody)) return;
    }
    for (const principal of statement.principals) {
      if (principal.kind !== 'identity' || principal.accountId !== accountId) continue;
      const named = { ...who, arn: principal.arn };
      const caller = callerOf(principal);
      this.tryWays(statement, named, ways, (way) => this.cast.member(way, account, caller));
    }
    for (const service of servicesIn(statement, this.denies)) {
      const through = { ...who, through: service };
      const deputy = (way: Scene['way']) => this.cast.deputy(way, service, account);
      if (this.tryWays(statement, through, ways, deputy)) return;
    }
  }

  private addDeputies(statement: Statement, ways: readonly Way[]): void {
    let isFound = false;
    for (const service of servicesIn(statement, this.denies)) {
      // The last stands for all that are not named; one that is says more.
      if (undistinguished.has(service) || (isFound && service === anyService)) continue;
      const lacks = this.whatIsLacking(statement, service, ways);
      if (!lacks) continue;
      this.deputies.push({ statement, service, lacks });
      isFound = true;
    }
  }

  private whatIsLacking(statement: Statement, service: string, ways: readonly Way[]) {
    const entry = { who: { type: 'anyAccount' }, through: service } as const;
    const found = ways.map(
      ([way, actions]) =>
        this.reached(statement, this.cast.deputy(way, service, this.cast.stranger), actions, entry)
          .length > 0,
    );
    if (found.includes(true)) return 'source';
    const [[, direct] = ['direct', []]] = ways;
    const reaches = (bucket: Stranger | undefined) =>
      bucket !== undefined && this.reached(statement, bucket, direct).length > 0;
    if (reaches(this.cast.bucketDeputy(service, 'new'))) return 'source';
    return reaches(this.cast.bucketDeputy(service, 'taken')) ? 'bucketAccount' : undefined;
  }

  private tryWays(
    statement: Statement,
    who: Outsider,
    ways: readonly Way[],
    stranger: (way: Scene['way']) => Stranger,
  ): boolean {
    const found = ways.map(([way, actions]) =>
      this.try(statement, stranger(way), who, way, actions),
    );
    return found.includes(true);
  }

  /** Which of the actions can be called by which way. */
  private ways(granted: readonly Granted[]): readonly Way[] {
    if (this.context.resource.kind !== 'lambdaFunction') return [['direct', granted]];
    const direct = granted.filter(({ action }) => !isUrlAction(action));
    return [
      ['direct', direct],
      ['url', granted.filter(({ action }) => urlActions.test(action))],
    ];
  }

  private try(
    statement: Statement,
    stranger: Stranger,
    who: Outsider,
    way: Scene['way'],
    actions: readonly Granted[],
  ): boolean {
    const found = this.reached(statement, stranger, actions, { who });
    if (found.length > 0) this.entries.push({ statement, who, way, granted: found });
    return found.length > 0;
  }

  private reached(
    statement: Statement,
    stranger: Stranger,
    granted: readonly Granted[],
    entry?: Pick<OpenEntry, 'who' | 'through'>,
  ): readonly Granted[] {
    const resource = this.context.resource.arn;
    const { policy, budget } = this;
    let open: readonly OpenPart[] | undefined;
    // Actions that the same Denies speak of have the same answer.
    const answers = new Map<string, Reach>();
    const found = granted.filter(({ action }) => {
      const key = this.denies.map((deny) => matchActions(deny, action)).join();
      const attempt = { stranger, action, resource, budget };
      const answer = answers.get(key) ?? reach(statement, policy, attempt);
      answers.set(key, answer);
      if (answer.truth === 'unknown') open ??= answer.open;
      return answer.truth === 'yes';
    });
    if (found.length === 0 && open && entry) this.open.push({ statement, ...entry, open });
    return found;
  }
}

function isUrlAction(action: string): boolean {
  return /^lambda:invokefunctionurl$/i.test(action);
}

/** Whether it may speak of people whom it does not name. */
export function namesAll({ principals, exceptPrincipals, unreadable }: Statement): boolean {
  return (
    exceptPrincipals ||
    unreadable?.includes('Principal') === true ||
    principals.some(({ kind }) => kind === 'everyone' || kind === 'other')
  );
}

function namesAccount(statement: Statement, accountId: string): boolean {
  return (
    namesAll(statement) ||
    statement.principals.some((one) => one.kind === 'account' && one.accountId === accountId)
  );
}

/** Services that never say for whom they act: AWS makes these statements itself. */
const undistinguished: ReadonlySet<string> = new Set(['replicator.lambda.amazonaws.com']);
