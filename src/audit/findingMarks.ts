import * as vscode from 'vscode';
import { rowUri } from '../connections/rowUri';
import { schemes } from '../contributions';
import type { Severity } from '../core/findings/finding';
import { severities } from '../core/findings/finding';
import { unqualified } from '../core/resource';
import { plainText, shortText } from '../host/plainText';
import { findingsWords } from '../words/auditWords';
import { findingTitle } from '../words/findingWords';
import type { AuditFinding } from './auditFindings';

interface Mark {
  readonly uri: vscode.Uri;
  readonly severity: Severity;
  /** Of its own. */
  readonly count: number;
  /** Of its aliases and versions. */
  readonly below: number;
  readonly titles: readonly string[];
}

/** Where the findings stand: kept apart, since they change as an audit goes on. */
export interface FindingSource {
  readonly open: readonly AuditFinding[];
  readonly onDidChange: vscode.Event<void>;
}

/** Badges and colours of the rows in the Resources view that something was found about. */
export class FindingMarks implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private marks: ReadonlyMap<string, Mark> = new Map();
  readonly onDidChangeFileDecorations = this.emitter.event;

  constructor(private readonly source: FindingSource) {
    this.subscriptions = [
      source.onDidChange(() => this.update()),
      vscode.window.registerFileDecorationProvider(this),
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const mark = uri.scheme === schemes.row ? this.marks.get(uri.toString()) : undefined;
    return mark && decoration(mark);
  }

  /** Tells of those rows alone that look different by now. */
  private update(): void {
    const before = this.marks;
    this.marks = marksOf(this.source.open);
    const lookOf = (mark: Mark | undefined) => mark && JSON.stringify({ ...mark, uri: '' });
    const keys = new Set([...before.keys(), ...this.marks.keys()]);
    const changed = [...keys].flatMap((key) => {
      const [old, now] = [before.get(key), this.marks.get(key)];
      const uri = (now ?? old)?.uri;
      return uri && lookOf(old) !== lookOf(now) ? [uri] : [];
    });
    if (changed.length > 0) this.emitter.fire(changed.length > mostChanged ? undefined : changed);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.emitter.dispose();
  }
}

/** Of more than these VS Code takes only a part; without any it asks for all that it shows. */
const mostChanged = 200;

function marksOf(findings: readonly AuditFinding[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  const add = (uri: vscode.Uri, found: AuditFinding, isBelow: boolean) => {
    const key = uri.toString();
    const { severity, count, below, titles } = marks.get(key) ?? {
      ...{ severity: 'low' as const, count: 0, below: 0, titles: [] },
    };
    marks.set(key, {
      uri,
      severity: worse(severity, found.severity),
      count: count + (isBelow ? 0 : 1),
      below: below + (isBelow ? 1 : 0),
      titles: titles.length < mostTitles ? [...titles, findingTitle(found.finding)] : titles,
    });
  };
  for (const found of findings) {
    const { connectionId, finding } = found;
    const { resource, statement } = finding;
    add(rowUri({ connectionId, arn: resource.arn }), found, false);
    if (statement) {
      const { identity } = statement;
      add(rowUri({ connectionId, arn: resource.arn, statement: identity }), found, false);
    }
    if (resource.kind === 'lambdaFunction' && resource.qualifier) {
      add(rowUri({ connectionId, arn: unqualified(resource).arn }), found, true);
    }
  }
  return marks;
}

const mostTitles = 3;

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) < severities.indexOf(other) ? one : other;
}

function decoration({ severity, count, below, titles }: Mark): vscode.FileDecoration {
  const { t } = vscode.l10n;
  // VS Code shows two characters.
  const badge = count === 0 ? '•' : count > 9 ? '9+' : String(count);
  const words = [
    ...(count > 0 ? [findingsWords(count)] : []),
    ...(below > 0 ? [t('{0} at aliases and versions', findingsWords(below))] : []),
  ];
  const tooltip = `${words.join(', ')}: ${titles.map((title) => shortText(title)).join('; ')}`;
  return new vscode.FileDecoration(badge, plainText(tooltip), colorOf(severity));
}

function colorOf(severity: Severity): vscode.ThemeColor | undefined {
  switch (severity) {
    case 'high':
      return new vscode.ThemeColor('list.errorForeground');
    case 'medium':
      return new vscode.ThemeColor('list.warningForeground');
    case 'low':
      return undefined;
  }
}
