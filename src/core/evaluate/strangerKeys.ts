import type { KeyValues } from './request';
import type { Choice } from './stranger';

/** What somebody brings about keys, by their names in small letters. */
export type Table = Readonly<Record<string, KeyValues | Choice>>;

/** Stands for whichever service it may be. */
export const anyService = 'service.amazonaws.com';

/** An organisation that nobody's policy names. */
export const strangeOrganization = 'o-stranger00';

export const anything: Choice = { patterns: ['*'], usual: 'x', orAbsent: true };
const yesOrNo: Choice = { patterns: ['true', 'false'], usual: 'true' };
export const hasWildcard = (text: string): boolean => /[*?]/.test(text);
const nobodyKnown = { isMeant: hasWildcard, isKnown: () => false };
const strangeVpc: Choice = {
  ...{ patterns: ['vpc-0stranger00000000'], usual: 'vpc-0stranger00000000', orAbsent: true },
  ifWild: { ...nobodyKnown, patterns: ['vpc-?????????????????', 'vpc-????????'] },
};
const strangeVpce: Choice = {
  ...{ patterns: ['vpce-0stranger00000000'], usual: 'vpce-0stranger00000000', orAbsent: true },
  ifWild: { ...nobodyKnown, patterns: ['vpce-?????????????????', 'vpce-????????'] },
};
/** Ordinary addresses all over the internet. Who comes through a VPC endpoint brings none. */
const anyAddress: Choice = {
  patterns: [
    '8.77.77.77',
    '77.77.77.77',
    '147.77.77.77',
    '217.77.77.77',
    '2600:1f77::77',
    '2a05:d077::77',
  ],
  usual: '77.77.77.77',
  orAbsent: true,
};
const calledVia: Choice = { ...anything, usual: 'cloudformation.amazonaws.com' };

/**
 * What everybody can bring who calls from the internet.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const anybody = tableOf({
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
  'aws:viaawsservice': ['false'],
  'aws:vpceaccount': 'absent',
  'aws:vpceorgid': 'absent',
  'aws:vpceorgpaths': 'absent',
  'aws:sourcevpcarn': 'absent',
  'aws:principalservicename': 'absent',
  'aws:principalservicenameslist': 'absent',
  'lambda:eventsourcetoken': 'absent',
});

/** What only somebody with credentials brings. */
export const unsigned = tableOf({
  ...Object.fromEntries(
    [
      'aws:principalarn',
      'aws:principalorgid',
      'aws:principalorgpaths',
      'aws:multifactorauthpresent',
      'aws:multifactorauthage',
      'aws:tokenissuetime',
      'aws:username',
      'aws:sourceidentity',
      'aws:principalisawsservice',
      'aws:principaltype',
      'aws:federatedprovider',
      'aws:calledvia',
      'aws:calledviafirst',
      'aws:calledvialast',
    ].map((key) => [key, 'absent'] as const),
  ),
});

/** What AWS says of callers without credentials. */
export const anonymity = tableOf({
  'aws:userid': ['anonymous'],
  'aws:principaltype': ['Anonymous'],
  'aws:principalaccount': ['anonymous'],
});

export const signature = tableOf({
  'aws:principalisawsservice': ['false'],
  'aws:principaltype': {
    patterns: ['AssumedRole', 'User', 'Account', 'FederatedUser'],
    usual: 'AssumedRole',
  },
  'aws:sourceidentity': anything,
  'aws:username': anything,
  'aws:multifactorauthpresent': { ...yesOrNo, orAbsent: true },
  // In seconds; who is too early waits.
  'aws:multifactorauthage': { patterns: ['1', '600', '100000'], usual: '1', orAbsent: true },
  'aws:viaawsservice': { ...yesOrNo, usual: 'false' },
  'aws:calledvia': calledVia,
  'aws:calledviafirst': calledVia,
  'aws:calledvialast': calledVia,
  'aws:federatedprovider': anything,
});

/** Of an account that is named: nobody knows which networks are its own. */
export const anyNetwork = tableOf({
  'aws:sourceip': { ...anyAddress, patterns: ['*', ...anyAddress.patterns] },
  'aws:sourcevpc': { ...strangeVpc, patterns: ['*'] },
  'aws:sourcevpce': { ...strangeVpce, patterns: ['*'] },
});

export const service = tableOf({
  'aws:sourceip': 'absent',
  'aws:sourcevpc': 'absent',
  'aws:sourcevpce': 'absent',
  'aws:principalisawsservice': ['true'],
  // Every request has these; what they say of a service is not documented, but no account.
  'aws:principalaccount': ['service'],
  'aws:userid': ['service'],
  // Secrets that tell one customer of a service from another.
  'lambda:eventsourcetoken': {
    patterns: ['amzn1.ask.skill.strange-skill', 'strange-token'],
    usual: 'strange-token',
    orAbsent: true,
  },
});

export const noKeys = tableOf({});

/** Without what every object has: the keys are other people's texts. */
export function tableOf(keys: Table): Table {
  return Object.assign(Object.create(null) as Record<string, KeyValues | Choice>, keys);
}
