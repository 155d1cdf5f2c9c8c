import type { WellFormedPolicy } from '../evaluate/decide';
import type { Statement } from '../statement';
import type { Entries, Entry, EntryContext } from './entry';
import type { FindingDetail, Outsider } from './finding';
import type { Granted } from './grantable';
import { alters } from './grantable';
import type { Found } from './policyFindings';

interface AccessContext extends EntryContext {
  /** Who gets in at the function itself, where the policy is that of an alias or version. */
  readonly elsewhere?: readonly Entry[];
}

/** What is to be said of those who get in. */
export function accessDetails(
  policy: WellFormedPolicy,
  { entries, open, deputies }: Entries,
  context: AccessContext,
): readonly Found[] {
  return policy.statements.flatMap((statement) => {
    const own = entries.filter((entry) => entry.statement === statement);
    const details: FindingDetail[] = [
      ...merged(own.flatMap((entry) => entryDetails(entry, entries))),
      ...broadGrants(own, context),
      ...qualifierOnly(own, context.elsewhere),
      ...deputies
        .filter((deputy) => deputy.statement === statement)
        .map(({ service, lacks }) => ({ rule: 'confused-deputy', service, lacks }) as const),
      ...openDetails(
        own,
        open.filter((entry) => entry.statement === statement),
      ),
    ];
    return details.map((detail) => ({ detail, statement }));
  });
}

function entryDetails(entry: Entry, entries: readonly Entry[]): readonly FindingDetail[] {
  return entry.way === 'url' ? urlDetails(entry, entries) : [directDetail(entry)];
}

/** Whoever gets in by both ways is told of once. */
function merged(details: readonly FindingDetail[]): readonly FindingDetail[] {
  const found = new Map<string, FindingDetail>();
  for (const detail of details) {
    const key = 'who' in detail ? JSON.stringify([detail.rule, detail.who]) : '';
    const before = found.get(key);
    const both =
      before && 'actions' in before && 'actions' in detail
        ? { ...before, actions: [...new Set([...before.actions, ...detail.actions])] }
        : detail;
    found.set(key, both);
  }
  return [...found.values()];
}

function directDetail({ who, granted }: Entry): FindingDetail {
  const actions = [...new Set(granted.map(({ written }) => written))];
  switch (who.type) {
    case 'anyone':
    case 'anyAccount':
      return { rule: 'public-access', who, actions };
    case 'organization':
      return { rule: 'other-organization', who, actions };
    case 'account':
      return { rule: 'other-account', who, actions };
  }
}

const urlAction = /^lambda:invokefunctionurl$/i;
const callAction = /^lambda:invokefunction$/i;

function isUrl({ action }: Granted): boolean {
  return urlAction.test(action);
}

/** Since October 2025 a function URL needs two permissions: for the URL, and for the call through it. */
function urlDetails(entry: Entry, entries: readonly Entry[]): readonly FindingDetail[] {
  const { who, granted, statement } = entry;
  const granting = (action: RegExp) =>
    entries.filter(
      (other) => other.way === 'url' && other.granted.some((each) => action.test(each.action)),
    );
  if (granted.some(isUrl)) {
    const complete = granting(callAction).some((other) => isWithin(who, other.who));
    const half = { rule: 'function-url-half', who, missing: 'call' } as const;
    return [...openUrl(entry, complete), ...(complete ? [] : [half])];
  }
  // Here the URL may be for fewer than the call.
  const hasUrl = ({ who: other }: Entry) => isWithin(who, other) || isWithin(other, who);
  if (!isHalf(statement) || granting(urlAction).some(hasUrl)) return [];
  return [{ rule: 'function-url-half', who, missing: 'url' }];
}

function openUrl({ who, granted }: Entry, complete: boolean): readonly FindingDetail[] {
  const actions = [...new Set(granted.map(({ written }) => written))];
  switch (who.type) {
    case 'anyone':
    case 'anyAccount':
      return [{ rule: 'public-function-url', who, complete }];
    case 'organization':
      return [{ rule: 'other-organization', who, actions }];
    case 'account':
      return [{ rule: 'other-account', who, actions }];
  }
}

/** Whether it speaks of calls through a URL only. */
function isHalf({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === 'lambda:invokedviafunctionurl');
}

/** Whether whoever is the one is the other, too. */
function isWithin(one: Outsider, other: Outsider): boolean {
  if (other.type === 'anyone') return true;
  if (other.type === 'anyAccount') return one.type !== 'anyone';
  if (other.type === 'organization') {
    return one.type === 'organization' && one.organizationId === other.organizationId;
  }
  if (one.type !== 'account' || one.accountId !== other.accountId) return false;
  return other.arn === undefined || other.arn === one.arn;
}

const everything = /^(\*|lambda:\*|sqs:\*)$/i;

function broadGrants(own: readonly Entry[], { resource }: AccessContext): readonly FindingDetail[] {
  const broad = own.flatMap(({ who, granted }) => {
    const actions = granted
      .filter(({ action, written }) => everything.test(written) || alters(action, resource.kind))
      .map(({ written }) => written);
    return actions.length > 0 ? [{ who, actions: [...new Set(actions)] }] : [];
  });
  const [widest] = broad;
  return widest ? [{ rule: 'broad-grant', ...widest }] : [];
}

function qualifierOnly(
  own: readonly Entry[],
  elsewhere: readonly Entry[] | undefined,
): readonly FindingDetail[] {
  if (!elsewhere) return [];
  const callers = own.filter(({ way, granted }) => way === 'direct' || granted.some(isUrl));
  const alone = callers.filter(({ who }) => !elsewhere.some((entry) => isWithin(who, entry.who)));
  const outsiders = new Map(alone.map(({ who }) => [JSON.stringify(who), who]));
  return [...outsiders.values()].map((who) => ({ rule: 'qualifier-only-access', who }));
}

/** The widest of those who may get in, unless they are known to. */
function openDetails(own: readonly Entry[], open: Entries['open']): readonly FindingDetail[] {
  const [widest] = open.filter(({ who }) => !own.some((entry) => isWithin(who, entry.who)));
  if (!widest) return [];
  const { who, through, open: parts } = widest;
  return [{ rule: 'cannot-tell', who, ...(through === undefined ? {} : { through }), open: parts }];
}
