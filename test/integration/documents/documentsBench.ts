import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ResourceTarget } from '../../../src/connections/targets';
import type { Resource } from '../../../src/core/resource';
import { PolicyDocuments } from '../../../src/documents/policyDocuments';
import { policyUri } from '../../../src/documents/policyUri';
import { Reporter } from '../../../src/host/report';
import type { SampleState } from '../../../src/sample/state';
import { explainError } from '../../../src/words/errorWords';
import type { AwsBench } from '../tree/awsBench';
import { awsBench } from '../tree/awsBench';

export interface DocumentsBench extends AwsBench {
  /** Of the drafts. */
  readonly folder: string;
  /** What a window holds, over the folder; it is closed after the test. */
  open(): PolicyDocuments;
  /** A document that no editor shows: the extension under test serves those. */
  uriOf(resource: Resource): vscode.Uri;
  targetOf(resource: Resource): ResourceTarget;
}

/** Documents of policies over the connections of `awsBench`, with a folder of their own for each test. */
export function documentsBench(seed: SampleState): DocumentsBench {
  const bench = awsBench(seed);
  const toDispose: { dispose(): unknown }[] = [];
  let log: vscode.LogOutputChannel | undefined;
  let root = '';
  suiteSetup(() => {
    log = vscode.window.createOutputChannel('Document Tests', { log: true });
  });
  setup(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'documents-'));
  });
  teardown(() => {
    for (const disposable of toDispose.splice(0)) disposable.dispose();
    rmSync(root, { recursive: true, force: true });
  });
  suiteTeardown(() => log?.dispose());
  const targetOf = (resource: Resource) => ({ connectionId: 'sample', resource });
  const own = {
    open: () => {
      const documents = new PolicyDocuments({
        connections: bench.connections,
        reporter: new Reporter(log ?? assert.fail('only inside a test'), explainError),
        storageFolder: root,
        extensionUri: vscode.Uri.file(root),
      });
      toDispose.push(documents);
      return documents;
    },
    targetOf,
    uriOf: (resource: Resource) => policyUri(targetOf(resource), 'Test/Connection'),
  };
  const getters = { folder: { get: () => path.join(root, 'drafts') } };
  // The getters of the bench go on being getters.
  return Object.defineProperties(Object.assign(bench, own), getters) as DocumentsBench;
}
