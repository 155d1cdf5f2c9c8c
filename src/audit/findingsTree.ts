import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { qualifiedNameOf } from '../core/resource';
import { RefreshQueue } from '../host/refreshQueue';
import { findingTitle } from '../words/findingWords';
import { statementTitle } from '../words/statementWords';
import type { Acceptances } from './acceptances';
import type { Audit } from './audit';
import type { AuditFinding } from './auditFindings';
import type { Audits } from './audits';
import type { AuditSettings } from './auditSettings';
import { groupsOf, whoOf } from './findingGroups';
import { findingItem, findingTooltip } from './findingItems';
import type { FindingNode, FindingsNode, Grouping, GroupNode } from './findingNodes';
import { groupings } from './findingNodes';

export interface FindingsTreeOptions {
  readonly acceptances: Acceptances;
  readonly audits: Audits;
  readonly connections: Connections;
  readonly memento: vscode.Memento;
  readonly settings: AuditSettings;
}

/** A list draws no more rows than these; the filter finds the rest. */
const mostRows = 1000;
const groupingKey = 'findingsGrouping';

/** The findings view: the audits, then what they found, in groups. */
export class FindingsTree implements vscode.TreeDataProvider<FindingsNode>, vscode.Disposable {
  private readonly refreshes = new RefreshQueue<FindingsNode>();
  private readonly counted = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private text = '';
  readonly onDidChangeTreeData = this.refreshes.event;
  /** What is shown may have changed, and the counts with it. */
  readonly onDidChange = this.counted.event;

  constructor(private readonly options: FindingsTreeOptions) {
    const { acceptances, audits, connections, settings } = options;
    const redraw = () => this.redraw();
    this.subscriptions = [
      audits.onDidChange(redraw),
      acceptances.onDidChange(redraw),
      settings.onDidChange(redraw),
      connections.onDidChange(redraw),
    ];
  }

  get filter(): string {
    return this.text;
  }

  set filter(text: string) {
    this.text = text;
    this.redraw();
  }

  get grouping(): Grouping {
    const held: unknown = this.options.memento.get(groupingKey);
    return groupings.find((one) => one === held) ?? 'severity';
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    await this.options.memento.update(groupingKey, grouping);
    this.redraw();
  }

  /** The findings that count: those that nobody accepted. */
  get open(): readonly AuditFinding[] {
    return this.findings.filter(({ isAccepted }) => !isAccepted);
  }

  /** All findings of all audits. */
  get findings(): readonly AuditFinding[] {
    const { audits } = this.options;
    return audits.all.flatMap((audit) => audits.findingsOf(audit));
  }

  getTreeItem(node: FindingsNode): vscode.TreeItem {
    const { audits, connections } = this.options;
    return findingItem(node, {
      audits,
      grouping: this.grouping,
      hasSeveral: audits.all.length > 1,
      connection: (id) => connections.byId(id),
    });
  }

  resolveTreeItem(item: vscode.TreeItem, node: FindingsNode): vscode.TreeItem {
    if (node.type === 'finding') item.tooltip = findingTooltip(node.found);
    return item;
  }

  async getChildren(node?: FindingsNode): Promise<FindingsNode[]> {
    await this.options.audits.loaded;
    switch (node?.type) {
      case undefined:
        return [...this.auditRows(), ...groupsOf(this.shown(), this.grouping)];
      case 'audit':
        return this.gapRows(this.options.audits.of(node.connectionId));
      case 'group':
        return findingRows(node);
      default:
        return [];
    }
  }

  /** No row is ever revealed by code. */
  getParent(): undefined {
    return undefined;
  }

  private shown(): readonly AuditFinding[] {
    const wanted = this.text.toLowerCase();
    return wanted === ''
      ? this.findings
      : this.findings.filter((found) => searched(found).toLowerCase().includes(wanted));
  }

  private auditRows(): readonly FindingsNode[] {
    return this.options.audits.all.map(({ scene: { connectionId } }) => ({
      type: 'audit',
      id: `audit|${connectionId}`,
      connectionId,
    }));
  }

  private gapRows(audit: Audit | undefined): FindingsNode[] {
    if (!audit) return [];
    const { connectionId } = audit.scene;
    const row = (gap: Extract<FindingsNode, { type: 'gap' }>['gap'], about: string) => {
      return { type: 'gap', id: `gap|${connectionId}|${about}`, connectionId, gap } as const;
    };
    return [
      ...audit.gaps.map((gap) => row(gap, `list|${gap.kind}|${gap.under?.arn ?? ''}`)),
      ...audit.unreadable.map((policy) => row(policy, policy.resource.arn)),
    ].slice(0, mostRows);
  }

  private redraw(): void {
    this.refreshes.add();
    this.counted.fire();
  }

  dispose(): void {
    this.refreshes.dispose();
    this.counted.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function findingRows({ id: group, findings }: GroupNode): FindingsNode[] {
  const rows = findings.slice(0, mostRows).map((found): FindingNode => {
    const { connectionId, finding } = found;
    const id = `finding|${group}|${connectionId}|${finding.key}`;
    return { type: 'finding', id, connectionId, resource: finding.resource, found };
  });
  const count = findings.length - rows.length;
  return count > 0 ? [...rows, { type: 'more', id: `more|${group}`, count }] : rows;
}

/** What the filter looks at: the words of the row, and what it is about. */
function searched({ finding }: AuditFinding): string {
  const { detail, resource, statement } = finding;
  return [
    findingTitle(finding),
    qualifiedNameOf(resource),
    resource.arn,
    detail.rule,
    whoOf(detail) ?? '',
    statement ? statementTitle(statement) : '',
  ].join('\n');
}
