/**
 * A text of a policy that a value is compared with. `undefined`: it holds a policy variable, so what
 * it stands for is not known.
 */
export type PolicyValue = string | undefined;

/** Stand for characters that are meant as such, where a pattern's own would be wildcards. */
const literal = { '*': '\ue000', '?': '\ue001', $: '\ue002' } as const;

/**
 * Takes the policy variables of a text: `${*}`, `${?}` and `${$}` are the characters themselves; what
 * another stands for is not known. Only policies of version 2012-10-17 have them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function policyValue(text: string, version: string | undefined): PolicyValue {
  if (version !== '2012-10-17' || !text.includes('${')) return text;
  const rest = text.replace(
    /\$\{([*?$])\}/g,
    (_, character: '*' | '?' | '$') => literal[character],
  );
  return rest.includes('${') ? undefined : rest;
}

/** The text of a request as a pattern from `policyValue` may be compared with it. */
export function requestValue(text: string, pattern: string): string {
  if (!/[\ue000-\ue002]/.test(pattern)) return text;
  return literally(text);
}

/** A pattern for the text itself, whatever wildcards it holds. */
export function literally(text: string): string {
  return text
    .replaceAll('*', literal['*'])
    .replaceAll('?', literal['?'])
    .replaceAll('$', literal.$);
}

/** The text that was made literal. */
export function plainValue(value: string): string {
  return value
    .replaceAll(literal['*'], '*')
    .replaceAll(literal['?'], '?')
    .replaceAll(literal.$, '$');
}

/**
 * A pattern for all that a text with policy variables may stand for. Beside a variable, wildcards are
 * taken for what they are in patterns, unless `fixed` says what the rest stands for.
 */
export function whateverItStandsFor(
  text: string,
  fixed: (part: string) => string = (part) => part,
): string {
  return text
    .split(/\$\{[^}]*\}/)
    .map(fixed)
    .join('*');
}
