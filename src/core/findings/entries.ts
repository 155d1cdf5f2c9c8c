import type { OpenPart, WellFormedPolicy } from '../evaluate/decide';
import { reach } from '../evaluate/reach';
import { callerOf } from '../evaluate/request';
import type { Stranger } from '../evaluate/stranger';
import type { CallingAccount, Scene } from '../evaluate/strangers';
import { strangeOrganization } from '../evaluate/strangers';
import { Cast } from './cast';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { Outsider, Trust } from './finding';
import type { Granted } from './grantable';
import { grantedBy } from './grantable';
import { accountsIn, organizationsIn, servicesIn } from './mentions';

/** Somebody whom a statement lets in, and what for. */
export interface Entry {
  readonly statement: Statement;
  readonly who: Outsider;
  /** By calling the resource itself, or a function's URL. */
  readonly way: Scene['way'];
  readonly granted: readonly Granted[];
}

/** Somebody whom it may let in: what is open cannot be judged. */
export interface OpenEntry {
  readonly statement: Statement;
  readonly who: Outsider;
  readonly through?: string;
  readonly open: readonly OpenPart[];
}

/** A service that anybody's resources can come through. */
export interface DeputyEntry {
  readonly statement: Statement;
  readonly service: string;
  readonly lacks: 'source' | 'bucketAccount';
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly open: readonly OpenEntry[];
  readonly deputies: readonly DeputyEntry[];
}

/** What of a policy says who gets in. */
type Judged = Pick<WellFormedPolicy, 'statements' | 'version'>;

export interface EntryContext {
  readonly resource: Resource;
  readonly trust: Trust;
  /** In milliseconds since 1970; without it, what depends on the time is not known. */
  readonly now?: number;
}

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

const urlActions = /^lambda:invokefunction(url)?$/i;

class StatementEntries implements Entries {
  readonly entries: Entry[] = [];
  readonly open: OpenEntry[] = [];
  readonly deputies: DeputyEntry[] = [];
  private readonly cast: Cast;

  constructor(
    private readonly policy: Judged,
    private readonly context: EntryContext,
  ) {
    this.cast = new Cast(context.resource.arn, context.trust.accounts, context.now);
  }

  add(statement: Statement): void {
    const granted = grantedBy(statement, this.context.resource.kind);
    const isPublic = namesAll(statement) && this.addPublic(statement, granted);
    if (isPublic) return;
    this.addOrganizations(statement, granted);
    this.addAccounts(statement, granted);
    this.addDeputies(statement, granted);
  }

  /** Whether everybody gets in, so that nobody else need be looked for. */
  private addPublic(statement: Statement, granted: readonly Granted[]): boolean {
    const isQueue = this.context.resource.kind === 'sqsQueue';
    const found = this.ways(granted).map(([way, actions]) => {
      // A function is called without a signature by its URL alone.
      const withoutAccount = isQueue || way === 'url';
      return (
        (withoutAccount &&
          this.try(statement, this.cast.nobody(way), { type: 'anyone' }, way, actions)) ||
        this.try(statement, this.cast.anybody(way), { type: 'anyAccount' }, way, actions)
      );
    });
    return found.includes(true);
  }

  private addOrganizations(statement: Statement, granted: readonly Granted[]): void {
    const { trust } = this.context;
    for (const organizationId of organizationsIn(statement)) {
      if (trust.organizations.has(organizationId)) continue;
      const who: Outsider = { type: 'organization', organizationId };
      const account = { ...this.cast.stranger, organizations: [organizationId], anywhere: true };
      this.tryWays(statement, who, granted, (way) => this.cast.member(way, account));
      for (const service of servicesIn(statement)) {
        this.try(statement, this.cast.deputy(service, account), who, 'direct', granted);
      }
    }
  }

  private addAccounts(statement: Statement, granted: readonly Granted[]): void {
    const { trust } = this.context;
    const strange = [...organizationsIn(statement)].filter((id) => !trust.organizations.has(id));
    for (const accountId of accountsIn(statement)) {
      if (accountId === this.cast.owner || trust.accounts.has(accountId)) continue;
      const organizations = [...strange, strangeOrganization];
      const account = { accountId, organizations, anywhere: true };
      this.addAccount(statement, granted, account);
    }
  }

  private addAccount(
    statement: Statement,
    granted: readonly Granted[],
    account: CallingAccount,
  ): void {
    const { accountId } = account;
    const who = { type: 'account', accountId } as const;
    if (namesAccount(statement, accountId)) {
      const anybody = (way: Scene['way']) => this.cast.member(way, account);
      if (this.tryWays(statement, who, granted, anybody)) return;
    }
    for (const principal of statement.principals) {
      if (principal.kind !== 'identity' || principal.accountId !== accountId) continue;
      const named = { ...who, arn: principal.arn };
      const caller = callerOf(principal);
      this.tryWays(statement, named, granted, (way) => this.cast.member(way, account, caller));
    }
    for (const service of servicesIn(statement)) {
      const through = { ...who, through: service };
      if (this.try(statement, this.cast.deputy(service, account), through, 'direct', granted))
        return;
    }
  }

  private addDeputies(statement: Statement, granted: readonly Granted[]): void {
    for (const service of servicesIn(statement)) {
      if (undistinguished.has(service)) continue;
      const lacks = this.whatIsLacking(statement, service, granted);
      if (lacks) this.deputies.push({ statement, service, lacks });
    }
  }

  private whatIsLacking(statement: Statement, service: string, granted: readonly Granted[]) {
    const who = { type: 'anyAccount' } as const;
    const ofAccount = this.cast.deputy(service, this.cast.stranger);
    const reaches = (stranger: Stranger, entry?: Pick<OpenEntry, 'who' | 'through'>) =>
      this.reached(statement, stranger, granted, entry).length > 0;
    if (reaches(ofAccount, { who, through: service })) return 'source';
    if (!/^(s3|service)\./.test(service)) return undefined;
    if (reaches(this.cast.bucketDeputy(service, 'anybodys-*'))) return 'source';
    return reaches(this.cast.bucketDeputy(service, '*')) ? ('bucketAccount' as const) : undefined;
  }

  private tryWays(
    statement: Statement,
    who: Outsider,
    granted: readonly Granted[],
    stranger: (way: Scene['way']) => Stranger,
  ): boolean {
    const found = this.ways(granted).map(([way, actions]) =>
      this.try(statement, stranger(way), who, way, actions),
    );
    return found.includes(true);
  }

  /** Which of the actions can be called by which way. */
  private ways(granted: readonly Granted[]): [Scene['way'], readonly Granted[]][] {
    if (this.context.resource.kind !== 'lambdaFunction') return [['direct', granted]];
    const direct = granted.filter(({ action }) => !/^lambda:invokefunctionurl$/i.test(action));
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
    let open: readonly OpenPart[] | undefined;
    const found = granted.filter(({ action }) => {
      const { truth, open: parts } = reach(statement, this.policy, { stranger, action, resource });
      if (truth === 'unknown') open ??= parts;
      return truth === 'yes';
    });
    if (found.length === 0 && open && entry) this.open.push({ statement, ...entry, open });
    return found;
  }
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
