import { arnParts } from '../evaluate/arnParts';
import type { Condition, Statement } from '../statement';

/** Accounts that a statement may let in, or a Deny may spare: by principals or conditions. */
export function accountsIn({
  effect,
  principals,
  exceptPrincipals,
  conditions,
}: Statement): readonly string[] {
  const isLetIn = effect === 'Deny' ? exceptPrincipals : !exceptPrincipals;
  const named = principals.flatMap((principal) =>
    'accountId' in principal && isLetIn ? [principal.accountId] : [],
  );
  return [...named, ...conditions.flatMap(accountsOf)];
}

function accountsOf({ key, values }: Condition): readonly string[] {
  if (/^aws:((Principal|Source|Vpce)Account|SourceOwner|userid)$/i.test(key)) {
    return values.flatMap((value) => /^\d{12}(?=:|$)/.exec(value) ?? []);
  }
  if (!/^aws:(PrincipalArn|SourceArn|SourceVpcArn)$/i.test(key)) return [];
  return values.flatMap((value) => {
    const account = arnParts(value)?.[4] ?? '';
    return /^\d{12}$/.test(account) ? [account] : [];
  });
}

/** Organisations that its conditions name, whole. */
export function organizationsIn({ conditions }: Statement): readonly string[] {
  const values = conditions
    .filter(({ key }) => /^aws:(Principal|Source|Vpce)Org(ID|Paths)$/i.test(key))
    .flatMap((condition) => condition.values);
  return values.flatMap((value) => /^o-[a-z0-9]+(?=\/|$)/.exec(value) ?? []);
}

/**
 * Services that a statement lets act, the Denies of its policy considered: by name, and where it names
 * nobody, those that conditions or a Deny speak of; else whichever.
 */
export function servicesIn(
  statement: Statement,
  denies: readonly Statement[],
): ReadonlySet<string> {
  const { principals, exceptPrincipals } = statement;
  const everyone = exceptPrincipals || principals.some(({ kind }) => kind === 'everyone');
  const named = exceptPrincipals ? [] : servicesNamed(statement);
  if (!everyone) return new Set(named);
  const spared = denies.filter((deny) => deny.exceptPrincipals).flatMap(servicesNamed);
  const spoken = [statement, ...denies].flatMap(({ conditions }) => conditions.flatMap(servicesOf));
  const found = [...named, ...spared, ...spoken];
  return new Set(found.length > 0 ? found : [anyService]);
}

function servicesNamed({ principals }: Statement): readonly string[] {
  return principals.flatMap((principal) =>
    principal.kind === 'service' ? [principal.service] : [],
  );
}

function servicesOf({ key, operator, values }: Condition): readonly string[] {
  if (/^Null$/i.test(operator)) return [];
  if (/^aws:PrincipalServiceName(sList)?$/i.test(key)) {
    return values.filter((value) => /^[a-z0-9.-]+$/.test(value));
  }
  if (!/^aws:SourceArn$/i.test(key)) return [];
  return values.flatMap((value) => {
    const service = arnParts(value)?.[2] ?? '';
    return /^[a-z0-9-]+$/.test(service) ? [`${service}.amazonaws.com`] : [];
  });
}

/** Stands for whichever service it may be. */
export const anyService = 'service.amazonaws.com';
