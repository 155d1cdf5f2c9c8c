import { arnParts } from './arnParts';
import type { Caller, KeyValues } from './request';
import type { Choice, Stranger } from './stranger';
import { accountChoice, anyAccount, arnWild, organizationOf, pathsIn } from './strangerChoices';
import type { Table } from './strangerKeys';
import {
  anonymity,
  anybody,
  anyNetwork,
  anything,
  anyService,
  hasWildcard,
  noKeys,
  service,
  signature,
  tableOf,
  unsigned,
} from './strangerKeys';

/** Where a request is made to, and when. */
export interface Scene {
  readonly resourceArn: string;
  /** The account of the resource. */
  readonly owner: string;
  /** In milliseconds since 1970; without it, what depends on the time is not known. */
  readonly now?: number;
  /** By which way a function is called. */
  readonly way: 'direct' | 'url';
}

/** An account as it calls: its ID, and the organisations that it may be in. */
export interface CallingAccount {
  readonly accountId: string;
  readonly organizations: readonly string[];
  /** Whether its networks are not known: it may have the addresses and endpoints that a policy names. */
  readonly anywhere?: boolean;
  /** Of somebody whom nobody knows: those who are known, whom they are not. */
  readonly known?: {
    readonly accounts: ReadonlySet<string>;
    readonly organizations: ReadonlySet<string>;
  };
}

/** Somebody without credentials of AWS: whom queues and function URLs without a signature let in. */
export function anonymous(scene: Scene): Stranger {
  const caller: Caller = { kind: 'anonymous' };
  return strangerWith(caller, [sceneKeys(scene, ['NONE']), anonymity, unsigned, anybody], 'absent');
}

/** Somebody with credentials of an account; `caller`: as whom of it. */
export function signed(scene: Scene, account: CallingAccount, caller?: Caller): Stranger {
  const { accountId, anywhere = false } = account;
  return strangerWith(
    caller ?? { kind: 'account', accountId, isUnnamed: true },
    [
      sceneKeys(scene, ['AWS_IAM', 'NONE']),
      accountKeys(scene, account, caller),
      anywhere ? anyNetwork : noKeys,
      signature,
      anybody,
    ],
    anything,
  );
}

/** A service that acts for a resource of an account. `sources`: patterns of the resource's ARN. */
export function throughService(
  scene: Scene,
  name: string,
  account: CallingAccount,
  sources: Choice,
): Stranger {
  const { accountId } = account;
  const owner = { ...accountChoice(account), patterns: [accountId], usual: accountId };
  const source = tableOf({
    'aws:sourcearn': sources,
    'aws:sourceaccount': owner,
    'aws:sourceowner': owner,
    'aws:sourceorgid': organizationOf(account),
    'aws:sourceorgpaths': pathsIn(account),
    'aws:principalservicename': nameOf(name),
    'aws:principalservicenameslist': nameOf(name),
  });
  const caller: Caller = { kind: 'service', service: name };
  const keys = sceneKeys(scene, ['AWS_IAM', 'NONE']);
  return strangerWith(caller, [keys, source, service, unsigned, anybody], 'absent');
}

/** One that is named nowhere may be any that a pattern takes. */
function nameOf(service: string): Choice {
  const choice = { patterns: [service], usual: service };
  if (service !== anyService) return choice;
  const isKnown = () => false;
  return { ...choice, ifWild: { isMeant: hasWildcard, patterns: ['*.amazonaws.com'], isKnown } };
}

/** The first table that has a key says what is brought about it. `tags`: of the principal. */
function strangerWith(
  caller: Caller,
  tables: readonly Table[],
  tags: KeyValues | Choice,
): Stranger {
  const brings = (key: string): KeyValues | Choice => {
    for (const table of tables) {
      const brought = table[key];
      if (brought !== undefined) return brought;
    }
    return key.startsWith('aws:principaltag/') ? tags : 'unknown';
  };
  return { caller, brings };
}

type SignatureTypes = readonly [string, ...string[]];

const scenes = new WeakMap<Scene, Map<string, Table>>();

/** `types`: of signature that the caller may have. */
function sceneKeys(scene: Scene, types: SignatureTypes): Table {
  const known = scenes.get(scene) ?? new Map<string, Table>();
  scenes.set(scene, known);
  const [type] = types;
  const keys = known.get(type) ?? makeSceneKeys(scene, types);
  known.set(type, keys);
  return keys;
}

function makeSceneKeys({ resourceArn, owner, now, way }: Scene, types: SignatureTypes): Table {
  const [, , service, region = '', , name = ''] = arnParts(resourceArn) ?? [];
  const isFunction = service === 'lambda' && name.startsWith('function:');
  return tableOf({
    'aws:currenttime': timeOf(now),
    'aws:epochtime': now === undefined ? 'unknown' : [String(Math.floor(now / 1000))],
    'aws:requestedregion': [region],
    'aws:resourceaccount': [owner],
    'lambda:functionurlauthtype': way === 'url' ? { patterns: types, usual: types[0] } : 'absent',
    'lambda:invokedviafunctionurl': isFunction ? [String(way === 'url')] : 'absent',
  });
}

function accountKeys(
  { resourceArn, now }: Scene,
  account: CallingAccount,
  caller: Caller | undefined,
): Table {
  const [, partition = 'aws'] = arnParts(resourceArn) ?? [];
  const { accountId } = account;
  const ofAccount = (id: string) => [
    `arn:${partition}:iam::${id}:role/*`,
    `arn:${partition}:iam::${id}:user/*`,
    `arn:${partition}:iam::${id}:root`,
    `arn:${partition}:sts::${id}:federated-user/*`,
  ];
  const usual = `arn:${partition}:iam::${accountId}:role/a-stranger`;
  return tableOf({
    'aws:principalaccount': accountChoice(account),
    'aws:principalarn':
      caller?.kind === 'identity'
        ? [caller.arn]
        : {
            ...{ patterns: ofAccount(accountId), usual },
            ...arnWild(account, ofAccount(anyAccount)),
          },
    'aws:principalorgid': organizationOf(account),
    'aws:principalorgpaths': pathsIn(account),
    'aws:vpceaccount': { ...accountChoice(account), orAbsent: true },
    'aws:vpceorgid': organizationOf(account),
    'aws:vpceorgpaths': pathsIn(account),
    'aws:sourcevpcarn': {
      ...{ patterns: [`arn:${partition}:ec2:*:${accountId}:vpc/*`], usual: 'arn', orAbsent: true },
      ...arnWild(account, [`arn:${partition}:ec2:*:${anyAccount}:vpc/*`]),
    },
    // IDs are given out by AWS; only the name of a session is theirs to choose.
    'aws:userid': {
      patterns: ['AROA0STRANGER00000000:*', 'AIDA0STRANGER00000000', accountId, `${accountId}:*`],
      usual: 'AROA0STRANGER00000000:x',
      ifWild: {
        isMeant: (wanted) => hasWildcard(wanted.split(':')[0] ?? ''),
        patterns: ['AROA*:*', 'AIDA*', anyAccount, `${anyAccount}:*`],
        isKnown: (id) => account.known?.accounts.has(id.split(':')[0] ?? '') === true,
      },
    },
    // Those of users live for ever, and say nothing of when they were issued.
    'aws:tokenissuetime': { patterns: issueTimes(now), usual: issueTimes(now)[0], orAbsent: true },
  });
}

function timeOf(now: number | undefined): KeyValues {
  return now === undefined ? 'unknown' : [written(now)];
}

function issueTimes(now: number | undefined): readonly [string, ...string[]] {
  if (now !== undefined) return [written(now)];
  return ['1971-01-01T00:00:00Z', '2971-01-01T00:00:00Z'];
}

let lastWritten: { readonly now: number; readonly text: string } | undefined;

/** The same moment is asked for by every stranger that a policy is tried with. */
function written(now: number): string {
  if (lastWritten?.now !== now) lastWritten = { now, text: new Date(now).toISOString() };
  return lastWritten.text;
}
