import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { parseArn } from './arn';
import { lastMember, members, texts } from './jsonNodes';
import { limits } from './limits';
import { byteLength } from './policy';
import type { PolicyIssue } from './policyIssue';
import { errorAt, insertMember, replaceBy, warningAt } from './policyIssue';
import { fromEditable } from './policyStyle';
import { readPrincipals } from './principals';
import type { ResourceKind } from './resource';
import type { StatementContext } from './statementProblems';
import { statementProblems, unknownElements } from './statementProblems';

export interface PolicyContext {
  readonly resourceArn: string;
  /** The account that owns the resource; without it, the one of the ARN. */
  readonly accountId?: string;
  /** The policy that the text was made from: what AWS holds already is no reason to refuse. */
  readonly base?: string;
  /** The actions of the service, as `lambda:InvokeFunction`. */
  readonly actions?: readonly string[];
}

/** What is wrong with a policy that is being edited, in the order of the text. Never throws. */
export function policyProblems(
  text: string,
  kind: ResourceKind,
  context: PolicyContext,
): readonly PolicyIssue[] {
  try {
    const held = new Set((context.base ? find(context.base, kind, context) : []).map(keyOf));
    return find(text, kind, context)
      .map((issue) => (held.has(keyOf(issue)) && isSendable(issue) ? asWarning(issue) : issue))
      .sort((one, other) => one.offset - other.offset);
  } catch (error) {
    // Parser and readers recurse: text nested thousands of levels deep ends their stack.
    if (!(error instanceof RangeError)) throw error;
    return [errorAt({ offset: 0, length: 1 }, { code: 'tooDeep' })];
  }
}

function asWarning(issue: PolicyIssue): PolicyIssue {
  return { ...issue, severity: 'warning' };
}

/** What is no policy is not sent, whatever was there before. */
function isSendable({ code }: PolicyIssue): boolean {
  return code !== 'syntax' && code !== 'notAnObject';
}

/** The same for the same problem, wherever it stands. */
function keyOf(issue: PolicyIssue): string {
  return issue.code === 'overLimit'
    ? issue.what
    : JSON.stringify({ ...issue, severity: '', offset: 0, length: 0, fix: undefined });
}

/** So many times over its limit a text is not looked at any closer. */
const hopeless = 20;

function find(text: string, kind: ResourceKind, context: PolicyContext): readonly PolicyIssue[] {
  const tooLong = hopelessBytes(text, kind, context);
  if (tooLong) return [tooLong];
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0 || !root) return syntaxProblems(text, errors);
  if (root.type !== 'object') return [errorAt(root, { code: 'notAnObject' })];
  const accountId = context.accountId ?? parseArn(context.resourceArn)?.accountId;
  const statementContext: StatementContext = { ...context, accountId, text, kind };
  return [
    ...duplicateNames(root),
    ...unknownElements(root, ['Version', 'Id', 'Statement']),
    ...versionProblems(root, text),
    ...listProblems(root, kind),
    ...statementNodes(root).flatMap((node, index) =>
      statementProblems(node, index, statementContext),
    ),
    ...sharedSids(root),
    ...limitProblems(root, kind, fromEditable(text, context.base)),
  ];
}

function hopelessBytes(
  text: string,
  kind: ResourceKind,
  { base }: PolicyContext,
): PolicyIssue | undefined {
  const most = limits[kind].bytes;
  if (text.length * 3 <= most * hopeless) return undefined;
  const count = byteLength(fromEditable(text, base));
  if (count <= most * hopeless) return undefined;
  return errorAt(
    { offset: 0, length: 1 },
    { code: 'overLimit', what: 'bytes', count, limit: most },
  );
}

function syntaxProblems(text: string, errors: readonly ParseError[]): readonly PolicyIssue[] {
  const places = new Map(errors.map((error) => [error.offset, error] as const).reverse());
  // What follows the first few is mostly their consequence.
  const first = [...places.values()].reverse().slice(0, 5);
  const issues = first.map(({ error, offset, length }) =>
    errorAt({ offset, length }, { code: 'syntax', detail: printParseErrorCode(error) }),
  );
  const empty = { offset: 0, length: text.length };
  return issues.length > 0 ? issues : [errorAt(empty, { code: 'syntax', detail: 'ValueExpected' })];
}

function duplicateNames(node: Node): readonly PolicyIssue[] {
  const children = node.children ?? [];
  const below = children.flatMap(duplicateNames);
  if (node.type !== 'object') return below;
  const seen = new Set<string>();
  const own = children.flatMap(({ children: parts }) => {
    const [key] = parts ?? [];
    const name = String(key?.value);
    if (!key) return [];
    if (seen.has(name)) return [errorAt(key, { code: 'duplicateName', name })];
    seen.add(name);
    return [];
  });
  return [...own, ...below];
}

function versionProblems(root: Node, text: string): readonly PolicyIssue[] {
  const name = 'Version';
  const node = lastMember(root, name);
  if (!node) {
    const fix = insertMember(text, root, { name, value: '2012-10-17', first: true });
    return [warningAt({ offset: root.offset, length: 1 }, { code: 'missingElement', name }, fix)];
  }
  const value = String(node.value);
  if (node.type === 'string' && /^(2012-10-17|2008-10-17)$/.test(value)) return [];
  return [errorAt(node, { code: 'wrongVersion', value }, replaceBy(node, '2012-10-17'))];
}

function listProblems(root: Node, kind: ResourceKind): readonly PolicyIssue[] {
  const name = 'Statement';
  const list = lastMember(root, name);
  if (!list) return [errorAt({ offset: root.offset, length: 1 }, { code: 'missingElement', name })];
  if (list.type === 'object') return [];
  if (list.type !== 'array') {
    return [errorAt(list, { code: 'wrongType', name, expected: 'statements' })];
  }
  if ((list.children ?? []).length > 0) return [];
  return kind === 'sqsQueue'
    ? [errorAt(list, { code: 'emptyStatements', deletes: false })]
    : [warningAt(list, { code: 'emptyStatements', deletes: true })];
}

function statementNodes(root: Node): readonly Node[] {
  const list = lastMember(root, 'Statement');
  if (list?.type === 'array') return list.children ?? [];
  return list?.type === 'object' ? [list] : [];
}

/** The call that removes by ID would hit all of them, or refuse. */
function sharedSids(root: Node): readonly PolicyIssue[] {
  const sids = statementNodes(root).flatMap((node) => {
    const sid = lastMember(node, 'Sid');
    return sid?.type === 'string' ? [sid] : [];
  });
  const counts = new Map<string, number>();
  for (const { value } of sids) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return sids.flatMap((node) => {
    const sid = String(node.value);
    const count = counts.get(sid) ?? 0;
    return count > 1 ? [warningAt(node, { code: 'sharedSid', sid, count })] : [];
  });
}

function limitProblems(root: Node, kind: ResourceKind, sent: string): readonly PolicyIssue[] {
  const most = limits[kind];
  const nodes = statementNodes(root);
  const start = { offset: root.offset, length: 1 };
  const principals = nodes.flatMap((node) => readPrincipals(lastMember(node, 'Principal')));
  const counted = [
    { what: 'bytes', node: start, count: byteLength(sent) },
    { what: 'statements', node: nodes[most.statements ?? 0] ?? start, count: nodes.length },
    { what: 'principals', node: start, count: principals.length },
    ...nodes.flatMap((node) => [
      { what: 'actions', node, count: texts(lastMember(node, 'Action')).length } as const,
      { what: 'conditions', node, count: conditionCount(node) } as const,
    ]),
  ] as const;
  return counted.flatMap(({ what, node, count }) => {
    const limit = most[what];
    if (limit === undefined || count <= limit) return [];
    const place = { offset: node.offset, length: 1 };
    return [errorAt(place, { code: 'overLimit', what, count, limit })];
  });
}

function conditionCount(node: Node): number {
  const operators = members(lastMember(node, 'Condition'));
  return operators.flatMap(([, keys]) => members(keys)).length;
}
