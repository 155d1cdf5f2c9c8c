import { arnParts } from './arnParts';
import type { Caller, KeyValues } from './request';
import type { Choice, Stranger } from './stranger';

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
}

type Table = Readonly<Record<string, KeyValues | Choice>>;

/** An organisation that nobody's policy names: the ID is too short for a real one. */
export const strangeOrganization = 'o-stranger';

const anything: Choice = { patterns: ['*'], usual: 'x', orAbsent: true };
const yesOrNo: Choice = { patterns: ['true', 'false'], usual: 'true' };
const strangeVpc: Choice = { patterns: ['vpc-0stranger'], usual: 'vpc-0stranger', orAbsent: true };
const strangeVpce: Choice = {
  patterns: ['vpce-0stranger'],
  usual: 'vpce-0stranger',
  orAbsent: true,
};
/** Addresses that no network has and no policy names. */
const anyAddress: Choice = { patterns: ['198.18.77.77', '100::77'], usual: '198.18.77.77' };
const anyService: Choice = { ...anything, usual: 'cloudformation.amazonaws.com' };

/**
 * What everybody can bring who calls from the internet.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const anybody = tableOf({
  'aws:securetransport': yesOrNo,
  'aws:sourceip': anyAddress,
  'aws:sourcevpc': strangeVpc,
  'aws:sourcevpce': strangeVpce,
  // Their own network may have whatever private addresses.
  'aws:vpcsourceip': { patterns: ['*'], usual: '10.77.77.77', orAbsent: true },
  'aws:useragent': anything,
  'aws:referer': anything,
  // Only services that act for somebody bring these.
  'aws:sourcearn': 'absent',
  'aws:sourceaccount': 'absent',
  'aws:sourceowner': 'absent',
  'aws:sourceorgid': 'absent',
  'aws:sourceorgpaths': 'absent',
  'aws:principalisawsservice': ['false'],
  'aws:principalservicename': 'absent',
  'aws:principalservicenameslist': 'absent',
  'lambda:eventsourcetoken': 'absent',
});

/** What only somebody with credentials brings. */
const unsigned = tableOf({
  'aws:userid': ['anonymous'],
  'aws:principaltype': ['Anonymous'],
  ...Object.fromEntries(
    [
      'aws:principalaccount',
      'aws:principalarn',
      'aws:principalorgid',
      'aws:principalorgpaths',
      'aws:multifactorauthpresent',
      'aws:multifactorauthage',
      'aws:tokenissuetime',
      'aws:username',
      'aws:viaawsservice',
      'aws:calledvia',
      'aws:calledviafirst',
      'aws:calledvialast',
    ].map((key) => [key, 'absent'] as const),
  ),
});

const signature = tableOf({
  'aws:principaltype': { patterns: ['AssumedRole', 'User', 'Account'], usual: 'AssumedRole' },
  // IDs are given out by AWS; only the name of a session is theirs to choose.
  'aws:userid': { patterns: ['AROA0STRANGER:*', 'AIDA0STRANGER'], usual: 'AROA0STRANGER:x' },
  'aws:username': anything,
  'aws:multifactorauthpresent': { ...yesOrNo, orAbsent: true },
  'aws:multifactorauthage': { patterns: ['1'], usual: '1', orAbsent: true },
  'aws:viaawsservice': { ...yesOrNo, usual: 'false' },
  'aws:calledvia': anyService,
  'aws:calledviafirst': anyService,
  'aws:calledvialast': anyService,
  'aws:federatedprovider': anything,
});

/** Of an account that is named: nobody knows which networks are its own. */
const anyNetwork = tableOf({
  'aws:sourceip': { ...anyAddress, patterns: ['*'] },
  'aws:sourcevpc': { ...strangeVpc, patterns: ['*'] },
  'aws:sourcevpce': { ...strangeVpce, patterns: ['*'] },
});

const service = tableOf({
  'aws:sourceip': 'absent',
  'aws:sourcevpc': 'absent',
  'aws:sourcevpce': 'absent',
  'aws:principalisawsservice': ['true'],
  'aws:principaltype': 'unknown',
  'aws:userid': 'unknown',
  // Secrets that tell one customer of a service from another.
  'lambda:eventsourcetoken': { patterns: ['strange-token'], usual: 'strange-token' },
});

const noKeys = tableOf({});

/** Somebody without credentials of AWS: whom queues and function URLs without a signature let in. */
export function anonymous(scene: Scene): Stranger {
  const caller: Caller = { kind: 'anonymous' };
  return strangerWith(caller, [sceneKeys(scene, ['NONE']), unsigned, anybody], 'absent');
}

/** Somebody with credentials of an account; `caller`: as whom of it. */
export function signed(scene: Scene, account: CallingAccount, caller?: Caller): Stranger {
  const { accountId, anywhere = false } = account;
  return strangerWith(
    caller ?? { kind: 'account', accountId },
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
  { accountId, organizations }: CallingAccount,
  sources: Choice,
): Stranger {
  const source = tableOf({
    'aws:sourcearn': sources,
    'aws:sourceaccount': [accountId],
    'aws:sourceowner': [accountId],
    'aws:sourceorgid': organizationOf(organizations),
    'aws:sourceorgpaths': pathsIn(organizations),
    'aws:principalservicename': [name],
  });
  const direct = sceneKeys(scene, ['NONE']);
  const caller: Caller = { kind: 'service', service: name };
  return strangerWith(caller, [direct, source, service, unsigned, anybody], 'unknown');
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
  const [, , , region = ''] = arnParts(resourceArn) ?? [];
  return tableOf({
    'aws:currenttime': timeOf(now),
    'aws:epochtime': now === undefined ? 'unknown' : [String(Math.floor(now / 1000))],
    'aws:requestedregion': [region],
    'aws:resourceaccount': [owner],
    'lambda:functionurlauthtype': way === 'url' ? { patterns: types, usual: types[0] } : 'absent',
    'lambda:invokedviafunctionurl': [String(way === 'url')],
  });
}

function accountKeys(
  { resourceArn, now }: Scene,
  { accountId, organizations }: CallingAccount,
  caller: Caller | undefined,
): Table {
  const [, partition = 'aws'] = arnParts(resourceArn) ?? [];
  const iam = `arn:${partition}:iam::${accountId}`;
  return tableOf({
    'aws:principalaccount': [accountId],
    'aws:principalarn':
      caller?.kind === 'identity'
        ? [caller.arn]
        : { patterns: [`${iam}:role/*`, `${iam}:user/*`], usual: `${iam}:role/x` },
    'aws:principalorgid': organizationOf(organizations),
    'aws:principalorgpaths': pathsIn(organizations),
    'aws:tokenissuetime': timeOf(now),
  });
}

function timeOf(now: number | undefined): KeyValues {
  return now === undefined ? 'unknown' : [new Date(now).toISOString()];
}

function organizationOf(organizations: readonly string[]): Choice {
  const [usual = strangeOrganization] = organizations;
  return { patterns: organizations, usual, orAbsent: true };
}

function pathsIn(organizations: readonly string[]): Choice {
  const [id = strangeOrganization] = organizations;
  const patterns = organizations.map((one) => `${one}/*`);
  return { patterns, usual: `${id}/r-x/ou-x/`, orAbsent: true };
}

/** Without what every object has: the keys are other people's texts. */
function tableOf(keys: Table): Table {
  return Object.assign(Object.create(null) as Record<string, KeyValues | Choice>, keys);
}
