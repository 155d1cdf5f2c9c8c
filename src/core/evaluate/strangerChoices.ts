import { arnParts } from './arnParts';
import type { Choice } from './stranger';
import { hasWildcard, strangeOrganization } from './strangerKeys';
import type { CallingAccount } from './strangers';

export const anyAccount = '????????????';

/** Of an account that nobody knows: it may be any that a pattern takes. */
export function accountChoice({ accountId, known }: CallingAccount): Choice {
  const choice = { patterns: [accountId], usual: accountId };
  if (!known) return choice;
  const isKnown = (value: string) => known.accounts.has(value);
  return { ...choice, ifWild: { isMeant: isOfSeveral, patterns: [anyAccount], isKnown } };
}

/** Whether a pattern takes several accounts. */
function isOfSeveral(account: string): boolean {
  return hasWildcard(account) && !/^\d{12}/.test(account);
}

/** The same for ARNs, whose account is a part. */
export function arnWild(
  { known }: CallingAccount,
  patterns: readonly string[],
): Pick<Choice, 'ifWild'> {
  if (!known) return {};
  const accountIn = (arn: string) => arnParts(arn)?.[4] ?? '';
  // In a text that has not all parts a star may stand for several.
  const isMeant = (wanted: string) => isOfSeveral(wanted.split(':')[4] ?? wanted);
  return { ifWild: { isMeant, patterns, isKnown: (arn) => known.accounts.has(accountIn(arn)) } };
}

export function organizationOf({ organizations, known }: CallingAccount): Choice {
  const [usual = strangeOrganization] = organizations;
  const choice = { patterns: organizations, usual, orAbsent: true };
  if (!known) return choice;
  const isKnown = (value: string) => known.organizations.has(value);
  return { ...choice, ifWild: { isMeant: hasWildcard, patterns: ['o-??????????'], isKnown } };
}

export function pathsIn({ organizations, known }: CallingAccount): Choice {
  const [id = strangeOrganization] = organizations;
  const patterns = organizations.map((one) => `${one}/*`);
  const choice = { patterns, usual: `${id}/r-x/ou-x/`, orAbsent: true };
  if (!known) return choice;
  const organizationIn = (text: string) => text.split('/')[0] ?? '';
  const isMeant = (wanted: string) => hasWildcard(organizationIn(wanted));
  const isKnown = (value: string) => known.organizations.has(organizationIn(value));
  return { ...choice, ifWild: { isMeant, patterns: ['o-??????????/*'], isKnown } };
}
