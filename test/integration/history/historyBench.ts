import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { settingIds } from '../../../src/contributions';
import type { ChangeRecord } from '../../../src/core/changeRecord';
import type { ChangeHistoryOptions } from '../../../src/history/changeHistory';
import { ChangeHistory } from '../../../src/history/changeHistory';
import type { DraftRow } from '../../../src/history/historyNodes';
import { HistoryTree } from '../../../src/history/historyTree';
import { RecordFiles } from '../../../src/history/recordFiles';
import { ConfigValue } from '../../../src/host/configValue';
import { Reporter } from '../../../src/host/report';
import { explainError } from '../../../src/words/errorWords';
import type { SampleState } from '../../../src/sample/state';
import type { AwsBench } from '../tree/awsBench';
import { awsBench } from '../tree/awsBench';

export interface HistoryBench extends AwsBench {
  /** Of the records; a file may be put in its place. */
  readonly folder: string;
  readonly files: RecordFiles;
  readonly reporter: Reporter;
  /** The interrupted changes that a history told of in this test. */
  readonly told: readonly ChangeRecord[];
  /** Opens a window's history on the folder; it is closed after the test. */
  open(parts?: HistoryParts): ChangeHistory;
  treeOf(history: ChangeHistory, options?: TreeParts): HistoryTree;
}

/** `retryMs`: see `ChangeHistoryOptions`. */
export type HistoryParts = Pick<ChangeHistoryOptions, 'retryMs'>;

export interface TreeParts {
  readonly drafts?: readonly DraftRow[];
  readonly pageSize?: number;
}

/** Histories over the connections of `awsBench`, in a folder of their own for each test. */
export function historyBench(seed: SampleState): HistoryBench {
  const bench = awsBench(seed);
  const toDispose: { dispose(): unknown }[] = [];
  let log: vscode.LogOutputChannel | undefined;
  let root = '';
  suiteSetup(() => {
    log = vscode.window.createOutputChannel('History Tests', { log: true });
  });
  setup(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'history-'));
  });
  teardown(() => {
    for (const disposable of toDispose.splice(0)) disposable.dispose();
    rmSync(root, { recursive: true, force: true });
  });
  suiteTeardown(() => log?.dispose());
  const told: ChangeRecord[] = [];
  setup(() => (told.length = 0));
  const folder = () => path.join(root, 'history');
  const reporter = () => new Reporter(log ?? assert.fail('only inside a test'), explainError);
  const own = {
    told,
    open: (parts: HistoryParts = {}) => {
      const setting = new ConfigValue(settingIds.historyDays);
      const { connections } = bench;
      const history = new ChangeHistory({
        ...parts,
        folder: folder(),
        connections,
        setting,
        reporter: reporter(),
        log: (error) => log?.error(String(error)),
        onInterrupted: (records) => told.push(...records),
      });
      toDispose.push(history, setting);
      return history;
    },
    treeOf: (history: ChangeHistory, { drafts = [], pageSize }: TreeParts = {}) => {
      const changed = new vscode.EventEmitter<void>();
      const { connections } = bench;
      const list = { list: () => drafts, onDidChange: changed.event };
      const tree = new HistoryTree({ history, connections, drafts: list, pageSize });
      toDispose.push(tree, changed);
      return tree;
    },
  };
  const getters = {
    folder: { get: folder },
    files: { get: () => new RecordFiles(folder()) },
    reporter: { get: reporter },
  };
  // The getters of the bench go on being getters.
  return Object.defineProperties(Object.assign(bench, own), getters) as unknown as HistoryBench;
}

/** A record that the clock of this moment does not drop. */
export function recent(record: ChangeRecord, minutesAgo = 60): ChangeRecord {
  const startedAt = Date.now() - minutesAgo * 60_000;
  const owner = { ...record.owner, heartbeatAt: startedAt };
  return { ...record, startedAt, endedAt: record.endedAt && startedAt + 700, owner };
}

/** A line `label · description` for each row, those below a row indented. */
export async function rowTexts(tree: HistoryTree): Promise<readonly string[]> {
  const lines: string[] = [];
  const add = async (rows: Awaited<ReturnType<typeof tree.getChildren>>, indent: string) => {
    for (const row of rows) {
      const { collapsibleState, description, label } = tree.getTreeItem(row);
      assert.ok(typeof label === 'string');
      const more = typeof description === 'string' ? ` · ${description}` : '';
      lines.push(indent + label + more);
      const opens = collapsibleState !== vscode.TreeItemCollapsibleState.None;
      if (opens) await add(await tree.getChildren(row), `${indent}  `);
    }
  };
  await add(await tree.getChildren(), '');
  return lines;
}
