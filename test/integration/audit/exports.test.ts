import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { exportAllFindings, exportFindings } from '../../../src/commands/audit/exportFindings';
import type { CommandDeps } from '../../../src/commands/deps';
import { Reporter } from '../../../src/host/report';
import { sampleCompany } from '../../../src/sample/company';
import { textAt, validSarif } from '../../schemas/sarifSchema';
import { eventually } from '../eventually';
import { windowStub } from '../windowStub';
import type { AuditWindow } from './auditBench';
import { auditBench } from './auditBench';
import { quietLog } from './quietLog';

const denied = {
  type: 'error',
  status: 403,
  name: 'AccessDeniedException',
  message: 'no',
} as const;

suite('Exporting findings', function () {
  this.timeout(60_000);
  const bench = auditBench(sampleCompany());
  const stub = windowStub();
  const window = vscode.window as unknown as Record<string, unknown>;
  const env = vscode.env as unknown as Record<string, unknown>;
  const originals = { save: window.showSaveDialog, external: env.openExternal };
  const outside: vscode.Uri[] = [];
  let folder = '';
  let proposed: string[] = [];

  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'export-'));
    proposed = [];
    outside.length = 0;
    window.showSaveDialog = ({ defaultUri }: vscode.SaveDialogOptions) => {
      const name = path.posix.basename(defaultUri?.path ?? '');
      proposed.push(name);
      return Promise.resolve(vscode.Uri.file(path.join(folder, name)));
    };
    Object.defineProperty(env, 'openExternal', {
      configurable: true,
      value: (uri: vscode.Uri) => Promise.resolve(outside.push(uri) > 0),
    });
  });
  teardown(async () => {
    window.showSaveDialog = originals.save;
    Object.defineProperty(env, 'openExternal', { configurable: true, value: originals.external });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  const depsOf = ({ audits, settings }: AuditWindow) =>
    ({
      audits,
      auditSettings: settings,
      connections: bench.connections,
      reporter: new Reporter(quietLog(), () => undefined),
      version: '1.2.3',
    }) as unknown as CommandDeps;

  async function audited(window_: AuditWindow, place = 0): Promise<void> {
    const connection = bench.connections.all[place] ?? assert.fail();
    await connection.identity();
    await window_.audits.run(connection, { resume: false });
  }

  /** Exports as one of the formats, and returns what the file holds. */
  async function exported(deps: CommandDeps, format: string, arg?: unknown): Promise<string> {
    stub.picks.push(format);
    await exportFindings(deps, arg);
    const name = proposed.at(-1) ?? assert.fail('no file was asked for');
    return readFileSync(path.join(folder, name), 'utf8');
  }

  test('as SARIF, valid by the schema of OASIS, each result at its place', async () => {
    const at = bench.open();
    await audited(at);
    const text = await exported(depsOf(at), 'SARIF');
    assert.match(proposed.join(), /^findings-123456789012-\d{4}-\d\d-\d\d\.sarif$/);
    const [run, ...others] = validSarif(text).runs;
    assert.deepEqual(others, []);
    assert.ok(run?.invocations[0]?.executionSuccessful);
    assert.equal(run.results.length, 49);
    assert.equal(run.automationDetails.id, 'resource-policies/123456789012/eu-west-1/');
    for (const result of run.results) assert.ok(textAt(run, result).length > 0);
    const inbox = run.results.find(({ message }) => message.text.startsWith('Everyone may SendM'));
    assert.ok(inbox);
    assert.equal(textAt(run, inbox), '"*"');
    assert.equal(
      inbox.locations[0]?.physicalLocation.artifactLocation.uri,
      'policies/123456789012/eu-west-1/sqs/queue/partner-inbox.json',
    );
    const prints = run.results.map(
      ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
    );
    assert.equal(new Set(prints).size, 49);
  });

  test('as JSON, CSV and HTML', async () => {
    const at = bench.open();
    await audited(at);
    const deps = depsOf(at);
    const json = JSON.parse(await exported(deps, 'JSON')) as {
      complete: boolean;
      audits: readonly { findings: readonly unknown[]; inventory: readonly unknown[] }[];
    };
    assert.equal(json.complete, true);
    assert.equal(json.audits[0]?.findings.length, 49);
    assert.equal(json.audits[0].inventory.length, 144);
    const findings = await exported(deps, 'CSV of the Findings');
    assert.equal(findings.split('\r\n').length, 1 + 49 + 1);
    const inventory = await exported(deps, 'CSV of the Inventory');
    assert.equal(inventory.split('\r\n').length, 1 + 144 + 1);
    const page = await exported(deps, 'HTML Page');
    assert.match(page, /Who gets in: audit of resource-based policies/);
    assert.match(page, /&quot;Sid&quot;: &quot;everyone-may-send&quot;/);
    assert.match(page, /&quot;Principal&quot;: <mark>&quot;\*&quot;<\/mark>,/);
    const counts = [...page.matchAll(/<h3 class="\w+">\s*\w+ \((\d+)\)/g)].map(
      ([, count]) => count,
    );
    assert.equal(
      counts.reduce((sum, count) => sum + Number(count), 0),
      49,
    );
    assert.equal(counts.length, 3);
    assert.doesNotMatch(page, /This is not all/);
    assert.deepEqual(
      proposed.map((name) => name.replace(/-\d.*\./, '.')),
      ['findings.json', 'findings.csv', 'inventory.csv', 'findings.html'],
    );
  });

  test('what was not read is told in every format, and in the message', async () => {
    bench.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path: where }) => where.includes('partner-orders'),
      answer: denied,
    });
    bench.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    const at = bench.open();
    await audited(at);
    const deps = depsOf(at);
    const [run] = validSarif(await exported(deps, 'SARIF')).runs;
    const [invocation] = run?.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    const notes = invocation.toolExecutionNotifications.map(({ message }) => message.text);
    assert.ok(notes.some((note) => /The list of SQS queues: access denied to sqs:ListQueues/.test(note))); // prettier-ignore
    assert.ok(notes.some((note) => /function partner-orders: access denied/.test(note)));
    const json = JSON.parse(await exported(deps, 'JSON')) as { complete: boolean };
    assert.equal(json.complete, false);
    assert.match(await exported(deps, 'CSV of the Findings'), /\r\nunknown,not-read\/list\/accessDenied,/); // prettier-ignore
    assert.match(
      await exported(deps, 'CSV of the Inventory'),
      /,partner-orders,,arn:[^,]*,unreadable,,,,"?Could not read: function partner-orders/,
    );
    const page = await exported(deps, 'HTML Page');
    assert.match(page, /role="alert">This is not all/);
    await eventually(() =>
      assert.match(
        stub.shown.findLast(({ kind }) => kind === 'warning')?.message ?? '',
        /^Exported \d+ findings to .* Not everything was read; the file says what was not\.$/,
      ),
    );
  });

  test('it offers to open what it wrote: a page outside, all else here', async () => {
    const at = bench.open();
    await audited(at);
    stub.answers.push('Open');
    const text = await exported(depsOf(at), 'JSON');
    await eventually(() => assert.equal(vscode.window.activeTextEditor?.document.getText(), text));
    stub.answers.push('Open');
    await exported(depsOf(at), 'HTML Page');
    await eventually(() => assert.match(outside[0]?.path ?? '', /\/findings-.*\.html$/));
  });

  test('several audits: those that are chosen, or the one of a row', async () => {
    await bench.connect([{ sample: true }, { profile: 'other', region: 'eu-west-1' }]);
    const at = bench.open();
    await audited(at, 0);
    await audited(at, 1);
    stub.picks.push(undefined);
    await exportFindings(depsOf(at));
    assert.deepEqual(proposed, [], 'nobody chose');
    const rows = stub.shown.find(({ kind }) => kind === 'pick')?.items ?? [];
    assert.equal(rows.length, 2);
    stub.picks.push('*');
    assert.equal(validSarif(await exported(depsOf(at), 'SARIF')).runs.length, 2);
    const { id } = bench.connections.all[1] ?? assert.fail();
    const row = { type: 'audit', id: `audit|${id}`, connectionId: id };
    assert.equal(validSarif(await exported(depsOf(at), 'SARIF', row)).runs.length, 1);
    stub.picks.push('*', undefined);
    await exportAllFindings(depsOf(at));
    assert.equal(stub.picks.length, 0, 'the menu of the view asks');
  });

  test('without an audit, or a place to save, nothing is written', async () => {
    const at = bench.open();
    await exportFindings(depsOf(at));
    assert.match(stub.shown.at(-1)?.message ?? '', /There is no audit yet/);
    await audited(at);
    window.showSaveDialog = () => Promise.resolve(undefined);
    stub.picks.push('SARIF');
    await exportFindings(depsOf(at));
    assert.deepEqual(readdirSync(folder), []);
  });
});
