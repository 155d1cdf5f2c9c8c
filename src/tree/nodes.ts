import type { Failure } from '../core/errors';
import type { PolicyProblem } from '../core/policy';
import type { PolicyReading } from '../core/policyStore';
import type { Layer, LambdaFunction, Listed, Resource, ResourceKind } from '../core/resource';
import type { Statement } from '../core/statement';

interface Common {
  /** Built from the connection and the ARN, so that two connections can show one resource. */
  readonly id: string;
  readonly parent?: TreeNode;
  readonly connectionId: string;
}

export interface ConnectionNode extends Common {
  readonly type: 'connection';
}

export interface GroupNode extends Common {
  readonly type: 'group';
  readonly kind: ResourceKind;
}

export interface LayerNode extends Common {
  readonly type: 'layer';
  readonly layer: Layer;
  readonly isPinned?: true;
}

export interface ResourceNode extends Common {
  readonly type: 'resource';
  readonly resource: Resource;
  readonly isPinned?: true;
}

/** The published versions of a function. */
export interface VersionsNode extends Common {
  readonly type: 'versions';
  readonly owner: LambdaFunction;
}

/** Versions folded away in a long list: those without a policy, and those not yet looked at. */
export interface FoldNode extends Common {
  readonly type: 'fold';
  readonly fold: 'none' | 'unchecked';
  readonly resources: readonly Resource[];
}

export interface StatementNode extends Common {
  readonly type: 'statement';
  readonly resource: Resource;
  /** The policy that the statement was read in. */
  readonly reading: Extract<PolicyReading, { state: 'policy' }>;
  readonly statement: Statement;
}

/** A row that says something instead of showing something. */
export interface NoteNode extends Common {
  readonly type: 'note';
  readonly note: Note;
}

export type Note =
  | { readonly type: 'noPolicy' }
  | { readonly type: 'noStatements' }
  | { readonly type: 'malformed'; readonly problem: PolicyProblem }
  | { readonly type: 'unreadable'; readonly failure: Failure }
  | { readonly type: 'listFailed'; readonly what: ListedWhat; readonly failure: Failure }
  | { readonly type: 'nothingListed'; readonly what: ListedWhat }
  | { readonly type: 'nothingMatches'; readonly filter: string; readonly count: number }
  | { readonly type: 'loading'; readonly count: number }
  /** Rows of a long list that are not shown yet. */
  | { readonly type: 'more'; readonly count: number }
  | { readonly type: 'identityUnknown'; readonly failure: Failure }
  | { readonly type: 'failedToOpen'; readonly message: string }
  | { readonly type: 'invalidEntry'; readonly index: number };

export type ListedWhat = ResourceKind | 'aliases' | 'versions';

export type TreeNode =
  | ConnectionNode
  | GroupNode
  | LayerNode
  | ResourceNode
  | VersionsNode
  | FoldNode
  | StatementNode
  | NoteNode;

const nodeTypes: ReadonlySet<unknown> = new Set<TreeNode['type']>([
  'connection',
  'group',
  'layer',
  'resource',
  'versions',
  'fold',
  'statement',
  'note',
]);

/** Checks what a menu or a caller from outside hands to a command. */
export function isTreeNode(value: unknown): value is TreeNode {
  if (typeof value !== 'object' || value === null) return false;
  const { type, id, connectionId } = value as Record<string, unknown>;
  return nodeTypes.has(type) && typeof id === 'string' && typeof connectionId === 'string';
}

export function connectionNode(connectionId: string): ConnectionNode {
  return { type: 'connection', id: connectionId, connectionId };
}

export function groupNode(parent: ConnectionNode, kind: ResourceKind): GroupNode {
  const { connectionId } = parent;
  return { type: 'group', id: groupId(connectionId, kind), parent, connectionId, kind };
}

export function groupId(connectionId: string, kind: ResourceKind): string {
  return `${connectionId}|${kind}`;
}

export function listedNode(
  parent: TreeNode,
  listed: Listed,
  isPinned = false,
): LayerNode | ResourceNode {
  const { connectionId } = parent;
  const common = {
    id: listedId(connectionId, listed.arn),
    parent,
    connectionId,
    ...(isPinned ? { isPinned } : {}),
  };
  return listed.kind === 'layer'
    ? { type: 'layer', ...common, layer: listed }
    : { type: 'resource', ...common, resource: listed };
}

/** What a row of a list stands for. */
export function listedOf(node: LayerNode | ResourceNode): Listed {
  return node.type === 'layer' ? node.layer : node.resource;
}

export function listedId(connectionId: string, arn: string): string {
  return `${connectionId}|${arn}`;
}

/** The id of the list of versions that a resource stands in, if it does. */
export function listOf(connectionId: string, resource: Resource): string | undefined {
  const owner = resource.arn.replace(/:[^:]*$/, '');
  if (resource.kind === 'layerVersion') return listedId(connectionId, owner);
  const isVersion = resource.kind === 'lambdaFunction' && resource.qualifier?.type === 'version';
  return isVersion ? versionsId(listedId(connectionId, owner)) : undefined;
}

function versionsId(functionId: string): string {
  return `${functionId}|versions`;
}

const aliasesSuffix = '|aliases';

/** The id of the list of a function's aliases, which stand under the row of the function itself. */
export function aliasesId(functionId: string): string {
  return functionId + aliasesSuffix;
}

/** The id of the function's row, for the id of the list of its aliases. */
export function ownerOfAliases(id: string): string | undefined {
  return id.endsWith(aliasesSuffix) ? id.slice(0, -aliasesSuffix.length) : undefined;
}

export function versionsNode(parent: ResourceNode, owner: LambdaFunction): VersionsNode {
  const { connectionId, id } = parent;
  return { type: 'versions', id: versionsId(id), parent, connectionId, owner };
}

export function foldNode(
  parent: TreeNode,
  fold: FoldNode['fold'],
  resources: readonly Resource[],
): FoldNode {
  const { connectionId, id } = parent;
  return { type: 'fold', id: `${id}|${fold}`, parent, connectionId, fold, resources };
}

export function statementNode(
  parent: ResourceNode,
  reading: StatementNode['reading'],
  statement: Statement,
): StatementNode {
  const { connectionId, resource } = parent;
  const id = `${parent.id}|statement|${statement.identity}`;
  return { type: 'statement', id, parent, connectionId, resource, reading, statement };
}

export function noteNode(parent: TreeNode, note: Note): NoteNode {
  const what = 'what' in note ? `|${note.what}` : '';
  const id = `${parent.id}|note|${note.type}${what}`;
  return { type: 'note', id, parent, connectionId: parent.connectionId, note };
}
