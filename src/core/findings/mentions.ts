import { arnParts } from '../evaluate/arnParts';
import type { Condition, Statement } from '../statement';

/** Accounts that a statement may let in by name, as principals or in its conditions. */
export function accountsIn({
  principals,
  exceptPrincipals,
  conditions,
}: Statement): ReadonlySet<string> {
  const named = principals.flatMap((principal) =>
    'accountId' in principal && !exceptPrincipals ? [principal.accountId] : [],
  );
  return new Set([...named, ...conditions.flatMap(accountsOf)]);
}

function accountsOf({ key, values }: Condition): readonly string[] {
  if (/^aws:(Principal|Source|Vpce)Account$|^aws:SourceOwner$/i.test(key)) {
    return values.filter((value) => /^\d{12}$/.test(value));
  }
  if (!/^aws:(PrincipalArn|SourceArn)$/i.test(key)) return [];
  return values.flatMap((value) => {
    const account = arnParts(value)?.[4] ?? '';
    return /^\d{12}$/.test(account) ? [account] : [];
  });
}

/** Organisations that its conditions name. */
export function organizationsIn({ conditions }: Statement): ReadonlySet<string> {
  const values = conditions
    .filter(({ key }) => /^aws:(Principal|Source|Vpce)Org(ID|Paths)$/i.test(key))
    .flatMap((condition) => condition.values);
  return new Set(values.flatMap((value) => /^o-[a-z0-9]+/.exec(value) ?? []));
}

/** Services that it lets act: by name, and where it names nobody, those whose ARNs its conditions name. */
export function servicesIn({ principals, exceptPrincipals, conditions }: Statement) {
  const named = principals.flatMap((principal) =>
    principal.kind === 'service' ? [principal.service] : [],
  );
  const everyone = exceptPrincipals || principals.some(({ kind }) => kind === 'everyone');
  const sources = conditions.filter(({ key }) =>
    /^aws:Source(Arn|Account|OrgID|OrgPaths)$/i.test(key),
  );
  if (!everyone || sources.length === 0) return new Set(exceptPrincipals ? [] : named);
  const arns = sources.filter(({ key }) => /Arn$/i.test(key)).flatMap(({ values }) => values);
  const services = arns.flatMap((arn) => {
    const service = arnParts(arn)?.[2] ?? '';
    return /^[a-z0-9-]+$/.test(service) ? [`${service}.amazonaws.com`] : [];
  });
  const found = services.length > 0 ? services : [anyService];
  return new Set(exceptPrincipals ? found : [...named, ...found]);
}

/** Stands for whichever service it may be. */
export const anyService = 'service.amazonaws.com';
