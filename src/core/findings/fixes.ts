import { applyEdits, modify, parseTree } from 'jsonc-parser';
import { parseArn } from '../arn';
import { lastMember } from '../jsonNodes';
import type { Statement } from '../statement';
import type { Finding, Trust } from './finding';

/** What would mend a finding. Texts are whole policies. */
export type FindingFix =
  | { readonly type: 'remove'; readonly statement: Statement }
  | {
      readonly type: 'narrow';
      readonly key: string;
      readonly value: string;
      readonly text: string;
    }
  /** By hand, in the policy's editor. */
  | { readonly type: 'edit' };

/** The fixes that there are, the best first. `text`: the policy that it was found in. */
export function fixesFor(finding: Finding, text: string, trust: Trust): readonly FindingFix[] {
  const { detail, statement, resource } = finding;
  const remove = statement ? [{ type: 'remove', statement } as const] : [];
  // A layer version takes no other conditions than those that it is given with.
  const isWritable = resource.kind !== 'layerVersion';
  const edit = isWritable ? [{ type: 'edit' } as const] : [];
  const narrow = isWritable && statement ? narrowing(finding, statement, text, trust) : [];
  switch (detail.rule) {
    case 'confused-deputy':
      return [...narrow, ...remove, ...edit];
    case 'public-access':
      return [...remove, ...narrow, ...edit];
    case 'malformed-policy':
    case 'near-limit':
      return edit;
    default:
      return [...remove, ...edit];
  }
}

function narrowing(
  { detail, resource }: Finding,
  statement: Statement,
  text: string,
  { organizations }: Trust,
): readonly FindingFix[] {
  const owner = parseArn(resource.arn)?.accountId;
  if (owner === undefined || owner === '') return [];
  const [organization] = organizations;
  const condition =
    detail.rule === 'confused-deputy'
      ? { key: 'aws:SourceAccount', value: owner }
      : organization !== undefined && organizations.size === 1
        ? { key: 'aws:PrincipalOrgID', value: organization }
        : { key: 'aws:PrincipalAccount', value: owner };
  const after = withCondition(text, statement, condition.key, condition.value);
  return after === undefined ? [] : [{ type: 'narrow', ...condition, text: after }];
}

/**
 * A policy in which a statement has one more condition, `StringEquals`; all else stays as it is.
 * `undefined` where it has a condition on the key already, or one that cannot be added to.
 */
export function withCondition(
  text: string,
  { index, unreadable, conditions }: Statement,
  key: string,
  value: string,
): string | undefined {
  const isKnown = conditions.some((condition) => condition.key.toLowerCase() === key.toLowerCase());
  if (unreadable || isKnown) return undefined;
  const list = lastMember(parseTree(text), 'Statement');
  const at = list?.type === 'array' ? ['Statement', index] : ['Statement'];
  const operator =
    conditions.find((condition) => /^StringEquals$/i.test(condition.operator))?.operator ??
    'StringEquals';
  const indent = /[\r\n]([ \t]+)/.exec(text)?.[1];
  const options =
    indent === undefined
      ? {}
      : {
          formattingOptions: {
            insertSpaces: !indent.includes('\t'),
            tabSize: indent.length,
            eol: text.includes('\r\n') ? '\r\n' : '\n',
          },
        };
  return applyEdits(text, modify(text, [...at, 'Condition', operator, key], value, options));
}
