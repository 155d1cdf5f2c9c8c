import { applyEdits, modify, parseTree } from 'jsonc-parser';
import { parseArn } from '../arn';
import { consolidate } from '../consolidate';
import { lastMember } from '../jsonNodes';
import { parsePolicy, statementsOf } from '../policy';
import type { FunctionGrant } from '../grants';
import type { Resource } from '../resource';
import { withoutWhom } from '../revoke/revocation';
import type { Whom } from '../revoke/whom';
import { whomOf } from '../revoke/whomOf';
import type { Statement } from '../statement';
import type { Finding, Trust } from './finding';
import { missingHalf } from './urlHalf';

/** What would mend a finding. Texts are whole policies. */
export type FindingFix =
  | { readonly type: 'remove'; readonly statement: Statement }
  /** The statement stays for the others whom it names. */
  | { readonly type: 'drop'; readonly whom: Whom; readonly text: string }
  /** The permission that a function URL lacks is added. */
  | { readonly type: 'complete'; readonly grant: FunctionGrant }
  | {
      readonly type: 'narrow';
      readonly key: string;
      readonly value: string;
      readonly text: string;
    }
  /** Statements that can be one become one. */
  | { readonly type: 'consolidate' }
  /** By hand, in the policy's editor. */
  | { readonly type: 'edit' };

/**
 * The fixes that there are, the best first.
 * @param text the policy that it was found in
 * @param now in milliseconds since 1970
 */
export function fixesFor(
  finding: Finding,
  text: string,
  trust: Trust,
  now: number,
): readonly FindingFix[] {
  const { detail, statement, resource } = finding;
  // A layer version takes no other conditions than those that it is given with.
  const isWritable = resource.kind !== 'layerVersion';
  const isMergeable =
    isWritable && consolidate(text, parseArn(resource.arn)?.accountId) !== undefined;
  const edit = isWritable ? [{ type: 'edit' } as const] : [];
  const drop = isWritable && statement ? dropping(finding, statement, text, now) : [];
  // Who is one of several can go alone.
  const remove = [...drop, ...(statement ? [{ type: 'remove', statement } as const] : [])];
  const narrow = isWritable && statement ? narrowing(finding, statement, text, trust) : [];
  switch (detail.rule) {
    case 'confused-deputy':
      return [...narrow, ...remove, ...edit];
    case 'public-access':
      return [...remove, ...narrow, ...edit];
    case 'near-limit':
      return [...(isMergeable ? [{ type: 'consolidate' } as const] : []), ...edit];
    case 'duplicate-statement':
    case 'implied-statement':
      return [...remove, ...(isMergeable ? [{ type: 'consolidate' } as const] : []), ...edit];
    case 'function-url-half':
      return [...completing(detail, statement, resource, text), ...remove, ...edit];
    case 'malformed-policy':
      return edit;
    default:
      return [...remove, ...edit];
  }
}

function dropping(
  { detail, resource }: Finding,
  statement: Statement,
  text: string,
  now: number,
): readonly FindingFix[] {
  const policy = parsePolicy(text);
  const whom = whomOf(detail);
  if (!policy.wellFormed || !whom) return [];
  // By its place: what was found is found again in the same text.
  const found = policy.statements[statement.index];
  const after = found && withoutWhom(policy, found, whom, { resource, now });
  return after === undefined ? [] : [{ type: 'drop', whom, text: after }];
}

function completing(
  detail: Extract<Finding['detail'], { rule: 'function-url-half' }>,
  statement: Statement | undefined,
  resource: Resource,
  text: string,
): readonly FindingFix[] {
  const taken = statementsOf(parsePolicy(text)).flatMap(({ sid }) => sid ?? []);
  const grant = statement && missingHalf(detail, statement, resource, taken);
  return grant ? [{ type: 'complete', grant }] : [];
}

function narrowing(
  { detail, resource }: Finding,
  statement: Statement,
  text: string,
  { organizations }: Trust,
): readonly FindingFix[] {
  const owner = parseArn(resource.arn)?.accountId;
  if (owner === undefined || owner === '' || !isForOneKind(detail, statement)) return [];
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

/** Whether a condition on the source, or on the principal, can be met by all that it lets in. */
function isForOneKind({ rule }: Finding['detail'], { principals }: Statement): boolean {
  if (rule !== 'confused-deputy') return principals.every(({ kind }) => kind === 'everyone');
  // Skills are told apart by a token; they bring no account.
  return principals.every((one) => one.kind === 'service' && !one.service.startsWith('alexa-'));
}

/**
 * A policy in which a statement has one more condition, `StringEquals`; all else stays as it is.
 * `undefined` where it has a condition on the key already, or one that cannot be added to.
 */
export function withCondition(
  text: string,
  statement: Statement,
  key: string,
  value: string,
): string | undefined {
  const { index, unreadable, conditions } = statement;
  const isKnown = conditions.some((condition) => condition.key.toLowerCase() === key.toLowerCase());
  if (unreadable || isKnown) return undefined;
  const list = lastMember(parseTree(text), 'Statement');
  const at = list?.type === 'array' ? ['Statement', index] : ['Statement'];
  const operator =
    conditions.find((condition) => /^StringEquals$/i.test(condition.operator))?.operator ??
    'StringEquals';
  // One that stands in one line stays in one.
  const indent = /[\r\n]([ \t]+)/.exec(statement.text)?.[1];
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
  const after = applyEdits(text, modify(text, [...at, 'Condition', operator, key], value, options));
  return isOnlyChange(text, after, index, key) ? after : undefined;
}

/** Whether a text is the same policy but for one statement, which has a condition on the key now. */
function isOnlyChange(before: string, after: string, index: number, key: string): boolean {
  const [old, now] = [before, after].map((text) => statementsOf(parsePolicy(text)));
  if (!old || old.length !== now?.length) return false;
  return now.every((statement, at) =>
    at === index
      ? statement.conditions.some((condition) => condition.key === key)
      : statement.canonical === old[at]?.canonical,
  );
}
