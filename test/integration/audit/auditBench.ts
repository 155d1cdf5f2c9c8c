import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { Acceptances } from '../../../src/audit/acceptances';
import { AuditFiles } from '../../../src/audit/auditFiles';
import { AuditFindings } from '../../../src/audit/auditFindings';
import { Audits } from '../../../src/audit/audits';
import { AuditSettings } from '../../../src/audit/auditSettings';
import type { FindingsNode } from '../../../src/audit/findingNodes';
import { TeamAcceptances } from '../../../src/audit/teamAcceptances';
import { FindingsTree } from '../../../src/audit/findingsTree';
import type { Connections } from '../../../src/connections/connections';
import { settingIds } from '../../../src/contributions';
import { ConfigValue } from '../../../src/host/configValue';
import type { SampleState } from '../../../src/sample/state';
import type { AwsBench } from '../tree/awsBench';
import { awsBench } from '../tree/awsBench';
import { memento } from '../tree/treeParts';

/** What a window knows of audits. */
export interface AuditWindow {
  readonly audits: Audits;
  readonly acceptances: Acceptances;
  readonly settings: AuditSettings;
  readonly tree: FindingsTree;
  /** What the system said about files. */
  readonly problems: readonly unknown[];
  /** `label · description` of all rows, each level indented by two blanks. */
  rows(): Promise<readonly string[]>;
  dispose(): void;
}

export interface AuditBench extends AwsBench {
  readonly folder: string;
  /** Opens a window on the folder; it is closed after the test. */
  open(): AuditWindow;
}

/** Audits over the connections of `awsBench`, in a folder of their own for each test. */
export function auditBench(seed: SampleState): AuditBench {
  const bench = awsBench(seed);
  const toDispose: { dispose(): unknown }[] = [];
  let root = '';
  // What is kept beside the audits is one for all windows.
  let kept = memento();
  setup(() => {
    kept = memento();
    root = mkdtempSync(path.join(os.tmpdir(), 'audits-'));
  });
  teardown(() => {
    for (const disposable of toDispose.splice(0)) disposable.dispose();
    rmSync(root, { recursive: true, force: true });
  });
  const folder = () => path.join(root, 'audits');
  const own = {
    open(): AuditWindow {
      const window = openAudits(bench.connections, folder(), kept);
      toDispose.push(window);
      return window;
    },
  };
  return Object.defineProperty(Object.assign(bench, own), 'folder', { get: folder }) as AuditBench;
}

/** A window's audits, in a folder; `kept`: what VS Code keeps for all windows. */
export function openAudits(
  connections: Connections,
  folder: string,
  kept: vscode.Memento,
): AuditWindow {
  const values = {
    trustedAccounts: new ConfigValue(settingIds.trustedAccounts),
    trustedOrganizations: new ConfigValue(settingIds.trustedOrganizations),
    rules: new ConfigValue(settingIds.rules),
  };
  const problems: unknown[] = [];
  const settings = new AuditSettings(values);
  const team = new TeamAcceptances((found) => problems.push(...found.problems));
  const acceptances = new Acceptances(kept, team);
  const files = new AuditFiles(folder, (error) => problems.push(error));
  const audits = new Audits(connections, files, new AuditFindings(settings, acceptances));
  const parts = { acceptances, audits, connections, settings };
  const tree = new FindingsTree({ ...parts, memento: memento() });
  const all = [...Object.values(values), settings, team, acceptances, audits, tree];
  const dispose = () => all.splice(0).forEach((one) => one.dispose());
  return { audits, acceptances, settings, tree, problems, rows: () => rowsOf(tree), dispose };
}

async function rowsOf(tree: FindingsTree): Promise<readonly string[]> {
  const below = async (node: FindingsNode | undefined, indent: string): Promise<string[]> => {
    const rows: string[] = [];
    for (const child of await tree.getChildren(node)) {
      const { label, description } = tree.getTreeItem(child);
      const words = typeof description === 'string' ? ` · ${description}` : '';
      rows.push(`${indent}${label as string}${words}`);
      rows.push(...(await below(child, `${indent}  `)));
    }
    return rows;
  };
  return below(undefined, '');
}
