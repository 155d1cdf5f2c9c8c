import { arnParts } from '../evaluate/arnParts';
import { anyService } from '../evaluate/strangerKeys';
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
    return values.flatMap((value) => /^\d{12}(?=[:*]|$)/.exec(value) ?? []);
  }
  if (!/^aws:(PrincipalArn|SourceArn|SourceVpcArn)$/i.test(key)) return [];
  return values.flatMap((value) => {
    const account = arnParts(value)?.[4] ?? /:(\d{12})[*?]/.exec(value)?.[1] ?? '';
    return /^\d{12}$/.test(account) ? [account] : [];
  });
}

/** Organisations that its conditions name, whole. */
export function organizationsIn({ conditions }: Statement): readonly string[] {
  const values = conditions
    .filter(({ key }) => /^aws:(Principal|Source|Vpce)Org(ID|Paths)$/i.test(key))
    .flatMap(spelt);
  return values.flatMap((value) => /^o-[a-z0-9]+(?=\/|$)/.exec(value) ?? []);
}

/** Its values; in small letters, as these names are written, where it does not tell them apart. */
function spelt({ operator, values }: Condition): readonly string[] {
  return /IgnoreCase/i.test(operator) ? values.map((value) => value.toLowerCase()) : values;
}

/**
 * Services that a statement lets act, the Denies of its policy considered: by name, and where it names
 * nobody, those that conditions or a Deny speak of, and at last whichever else.
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
  return new Set([...named, ...spared, ...spoken, anyService]);
}

function servicesNamed({ principals }: Statement): readonly string[] {
  return principals.flatMap((principal) =>
    principal.kind === 'service' ? [principal.service] : [],
  );
}

function servicesOf(condition: Condition): readonly string[] {
  const { key, operator, values } = condition;
  if (/^Null$/i.test(operator)) return [];
  if (/^aws:PrincipalServiceName(sList)?$/i.test(key)) {
    return spelt(condition).filter((value) => /^[a-z0-9.-]+$/.test(value));
  }
  if (!/^aws:SourceArn$/i.test(key)) return [];
  return values.flatMap((value) => {
    const service = arnParts(value)?.[2] ?? '';
    return /^[a-z0-9-]+$/.test(service) ? [`${service}.amazonaws.com`] : [];
  });
}
