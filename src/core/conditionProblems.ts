import type { Node } from 'jsonc-parser';
import { members } from './jsonNodes';
import { nearestName } from './nearestName';
import type { PolicyIssue } from './policyIssue';
import { errorAt, replaceBy } from './policyIssue';

const comparisons = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan'];
const ordered = [...comparisons, 'GreaterThanEquals'];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators = [
  ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(
    (name) => `String${name}`,
  ),
  ...ordered.map((name) => `Numeric${name}`),
  ...ordered.map((name) => `Date${name}`),
  ...['Equals', 'NotEquals', 'Like', 'NotLike'].map((name) => `Arn${name}`),
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'Null',
];

/** What is wrong with a `Condition`. Its keys are not judged: services have keys that no table lists. */
export function conditionProblems(node: Node | undefined): readonly PolicyIssue[] {
  if (!node) return [];
  if (node.type !== 'object') {
    return [errorAt(node, { code: 'wrongType', name: 'Condition', expected: 'object' })];
  }
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (!key || !value) return [];
    const operator = String(key.value);
    if (value.type !== 'object') {
      return [errorAt(value, { code: 'wrongType', name: operator, expected: 'object' })];
    }
    const values = members(value).flatMap(([name, wanted]) => valueProblems(name, wanted));
    return isOperator(operator) ? values : [unknownOperator(key, operator), ...values];
  });
}

/** Numbers and booleans may stand without quotes. */
function valueProblems(name: string, node: Node): readonly PolicyIssue[] {
  const values = node.type === 'array' ? (node.children ?? []) : [node];
  return values
    .filter(({ type }) => type !== 'string' && type !== 'number' && type !== 'boolean')
    .map((value) => errorAt(value, { code: 'wrongType', name, expected: 'texts' }));
}

const form = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/is;

function isOperator(operator: string): boolean {
  const [, , name = ''] = form.exec(operator) ?? [];
  return operators.some((known) => known.toLowerCase() === name.toLowerCase());
}

function unknownOperator(key: Node, operator: string): PolicyIssue {
  const [, prefix = '', name = '', suffix = ''] = form.exec(operator) ?? [];
  const meant = nearestName(name, operators);
  const known = meant === undefined ? undefined : prefix + meant + suffix;
  const fix = known === undefined ? undefined : replaceBy(key, known);
  return errorAt(key, { code: 'unknownOperator', operator, known }, fix);
}
