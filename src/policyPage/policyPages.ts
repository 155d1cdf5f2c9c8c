import * as vscode from 'vscode';
import type { Audits } from '../audit/audits';
import { findingRef } from '../audit/findingNodes';
import type { Connections } from '../connections/connections';
import { policyOf } from '../connections/policyReadings';
import type { ResourceTarget, StatementTarget } from '../connections/targets';
import { statementsOf } from '../core/policy';
import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import { isRecord, isResource } from '../core/resource';
import type { Statement } from '../core/statement';
import { plainText } from '../host/plainText';
import type { Reporter } from '../host/report';
import { pageTitle } from '../words/resourceWords';
import { isFromPage } from './fromPage';
import type { PageCommands } from './pageCommands';
import { pageDocument } from './pageDocument';
import { lostView, pageView } from './pageView';
import { pageFindings } from './pageFindings';
import type { PageFinding, PageState, ToPage } from './protocol';

interface Page {
  readonly panel: vscode.WebviewPanel;
  readonly connectionId: string;
  readonly resource: Resource;
  /** The canonical form of a statement that is to be brought into sight once it is shown. */
  toReveal?: string;
  /** What it says of the findings, to know when that is no longer so. */
  findings?: string;
}

export interface PolicyPagesOptions extends PageCommands {
  readonly panelType: string;
  readonly extensionUri: vscode.Uri;
  readonly connections: Connections;
  readonly reporter: Reporter;
  readonly audits: Audits;
  /** What audits say of policies may have changed. */
  readonly onDidChangeFindings: vscode.Event<void>;
}

/** The open policy pages, one per resource and connection. Restores them after a reload. */
export class PolicyPages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly pages = new Map<string, Page>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly options: PolicyPagesOptions) {
    const { connections, onDidChangeFindings } = options;
    this.subscriptions = [
      onDidChangeFindings(() => {
        for (const page of this.pages.values()) {
          if (JSON.stringify(this.findingsOn(page)) !== page.findings) this.update(page);
        }
      }),
      connections.onDidChangePolicy(({ connection, resource }) =>
        this.update(this.pages.get(keyOf(connection.id, resource))),
      ),
      // What was read is gone then; a page must not wait for somebody else to read it again.
      connections.onDidForgetPolicy(({ connection, resource }) =>
        this.fill(this.pages.get(keyOf(connection.id, resource))),
      ),
      connections.onDidChange(() => {
        for (const page of this.pages.values()) this.fill(page);
      }),
    ];
  }

  /**
   * Shows the page of a resource, the one that is open if there is one. `statement`: the canonical form
   * of one that it shows first.
   */
  open(connectionId: string, resource: Resource, statement?: string): void {
    const known = this.pages.get(keyOf(connectionId, resource));
    if (known) {
      known.panel.reveal();
      known.toReveal = statement;
      this.update(known);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      this.options.panelType,
      plainText(pageTitle(resource)),
      vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    this.adopt(panel, { connectionId, resource, form: 'formatted' }, statement);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = isRecord(state) ? state : {};
    const { connectionId, resource, form } = saved;
    // A page without its state cannot say what it is about.
    const isKnown = typeof connectionId === 'string' && isResource(resource);
    // VS Code revives a tab when it is first shown; by then the page may have been opened anew.
    const open = isKnown ? this.pages.get(keyOf(connectionId, resource)) : undefined;
    if (!isKnown || open) {
      panel.dispose();
      open?.panel.reveal();
    } else {
      this.adopt(panel, { connectionId, resource, form: form === 'raw' ? 'raw' : 'formatted' });
    }
    return Promise.resolve();
  }

  private adopt(
    panel: vscode.WebviewPanel,
    state: PageState & { resource: Resource },
    toReveal?: string,
  ): void {
    const { connectionId, resource } = state;
    const key = keyOf(connectionId, resource);
    const page: Page = { panel, connectionId, resource, toReveal };
    this.pages.set(key, page);
    const root = this.options.extensionUri;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(root, 'dist', 'webview'),
        vscode.Uri.joinPath(root, 'media'),
      ],
    };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.options.reporter.guard(() => this.receive(page, message));
    });
    panel.onDidDispose(() => {
      if (this.pages.get(key) === page) this.pages.delete(key);
    });
    panel.webview.html = pageDocument(panel.webview, root, state);
  }

  private async receive(page: Page, message: unknown): Promise<void> {
    if (!isFromPage(message)) return;
    const connection = this.options.connections.byId(page.connectionId);
    switch (message.type) {
      case 'ready':
        return this.showRead(page);
      case 'refresh':
        await connection?.readings.read(page.resource);
        return this.show(page);
      case 'copyPolicy': {
        const reading = connection?.readings.current(page.resource);
        if (reading?.state === 'policy') await vscode.env.clipboard.writeText(reading.text);
        else this.askToRepeat();
        return;
      }
      case 'copyStatement': {
        const found = this.find(page, message.identity);
        if (found) await vscode.env.clipboard.writeText(found.statement.text);
        else this.askToRepeat();
        return;
      }
      case 'removeStatements': {
        const found = message.identities.map((identity) => this.find(page, identity));
        const targets = found.filter((target) => target !== undefined);
        // All or none: what was agreed to on the page is what is asked about.
        if (targets.length === found.length) await this.options.remove(targets);
        else this.askToRepeat();
        return;
      }
      case 'fixFinding':
      case 'acceptFinding':
        await this.options[message.type](findingRef(page.connectionId, message.key));
        return;
      case 'addPermission':
        await this.options.add(targetOf(page));
        return;
      case 'editPolicy':
        await this.options.edit(targetOf(page));
        return;
    }
  }

  private askToRepeat(): void {
    const text = vscode.l10n.t('The policy was just being read again. Please try again.');
    this.options.reporter.info(text);
  }

  /** The statement that a person sees on the page, in the policy that the page shows. */
  private find(
    page: Page,
    identity: string,
  ): (StatementTarget & { statement: Statement }) | undefined {
    const { connectionId, resource } = page;
    const reading = this.options.connections.byId(connectionId)?.readings.current(resource);
    if (reading?.state !== 'policy') return undefined;
    const statement = statementsOf(policyOf(reading)).find((s) => s.identity === identity);
    return statement && { connectionId, resource, reading, statement };
  }

  private update(page: Page | undefined): void {
    if (page) void this.options.reporter.guard(() => this.show(page));
  }

  private fill(page: Page | undefined): void {
    if (page) void this.options.reporter.guard(() => this.showRead(page));
  }

  /** Shows what there is, and what a first read brings. */
  private async showRead(page: Page): Promise<void> {
    await this.show(page);
    await this.options.connections.byId(page.connectionId)?.readings.load(page.resource);
  }

  private async show(page: Page): Promise<void> {
    const { panel, connectionId, resource } = page;
    const connection = this.options.connections.byId(connectionId);
    const reading = connection?.readings.current(resource);
    const findings = this.findingsOn(page);
    page.findings = JSON.stringify(findings);
    const view = connection
      ? await pageView(connection, resource, reading, findings)
      : lostView(resource);
    // Closed meanwhile.
    if (this.pages.get(keyOf(connectionId, resource)) !== page) return;
    const reveal = takeToReveal(page, reading);
    // A page whose script does not run yet loses what is posted, and asks for it.
    const isShown = await panel.webview.postMessage({
      type: 'show',
      view,
      reveal,
    } satisfies ToPage);
    if (isShown && reveal !== undefined) page.toReveal = undefined;
  }

  private findingsOn({ connectionId, resource }: Page): readonly PageFinding[] {
    const { audits, connections } = this.options;
    const reading = connections.byId(connectionId)?.readings.current(resource);
    return reading?.state === 'policy'
      ? pageFindings(audits, connectionId, resource, reading.text)
      : [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** Which of the statements that a page shows is the one that is to be brought into sight. */
function takeToReveal({ toReveal }: Page, reading: PolicyReading | undefined): string | undefined {
  if (toReveal === undefined || reading?.state !== 'policy') return undefined;
  return statementsOf(policyOf(reading)).find(({ canonical }) => canonical === toReveal)?.identity;
}

function targetOf({ connectionId, resource }: Page): ResourceTarget {
  return { connectionId, resource };
}

function keyOf(connectionId: string, resource: Resource): string {
  return `${connectionId}|${resource.arn}`;
}
