import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptedFile } from '../../../src/audit/teamAcceptances';
import { acceptFinding, withdrawAcceptance } from '../../../src/commands/audit/acceptFinding';
import type { CommandDeps } from '../../../src/commands/deps';
import { sampleCompany } from '../../../src/sample/company';
import { eventually } from '../eventually';
import { windowStub } from '../windowStub';
import type { AuditWindow } from './auditBench';
import { auditBench } from './auditBench';

suite('Findings accepted for a team', function () {
  this.timeout(60_000);
  const bench = auditBench(sampleCompany());
  const stub = windowStub();
  const told: string[] = [];
  const folder = () => vscode.workspace.workspaceFolders?.[0] ?? assert.fail('no folder');
  const file = () => vscode.Uri.joinPath(folder().uri, acceptedFile);
  const read = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(file()));
  const write = (text: string) =>
    vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(text));
  setup(() => (told.length = 0));
  teardown(async () => {
    await vscode.workspace.fs.delete(file(), { useTrash: false }).then(undefined, () => undefined);
  });

  function depsOf({ audits, acceptances, tree }: AuditWindow): CommandDeps {
    const say = (words: string) => told.push(words);
    const reporter = { info: say, warn: say };
    return { audits, acceptances, findings: tree, reporter } as unknown as CommandDeps;
  }

  async function audited() {
    const window = bench.open();
    const connection = bench.connections.byId('sample') ?? assert.fail();
    await window.audits.run(connection, { resume: false });
    const row = () => {
      const found = window.tree.findings.find(
        ({ finding }) => finding.detail.rule === 'near-limit',
      );
      assert.ok(found);
      return { type: 'finding', connectionId: 'sample', resource: found.finding.resource, found };
    };
    return { window, row };
  }

  async function accept({ window, row }: Awaited<ReturnType<typeof audited>>): Promise<void> {
    stub.typed.push('it is being split');
    const day = new Date(Date.now() + 30 * 86_400_000);
    const until = day.toLocaleDateString(vscode.env.language, { dateStyle: 'medium' });
    stub.picks.push(`30 days · until ${until}`, 'For the Team');
    await acceptFinding(depsOf(window), row());
  }

  test('stand in a file, hold in every window, and are withdrawn from it', async () => {
    const at = await audited();
    await accept(at);
    assert.deepEqual(told, [`Wrote ${acceptedFile}. Commit it for your team.`]);
    const text = await read();
    assert.match(text, /"title": "The policy is nearly full: 20,309 of 20,480 bytes"/);
    assert.match(text, /"reason": "it is being split"/);
    assert.ok(at.row().found.isAccepted);
    // Nothing of it is kept on this machine: another person has it by the file alone.
    const other = bench.open();
    await other.audits.loaded;
    const find = () =>
      other.tree.findings.find(({ finding }) => finding.detail.rule === 'near-limit');
    await eventually(() => assert.ok(find()?.isAccepted));
    // What others commit counts as soon as it is there.
    await write(text.replace(/"until": "[^"]*"/, '"until": "2020-01-01"'));
    await eventually(() => assert.equal(find()?.isAccepted, false));
    assert.equal(find()?.acceptance?.reason, 'it is being split');
    await write(text);
    await eventually(() => assert.ok(at.row().found.isAccepted && find()?.isAccepted));
    await withdrawAcceptance(depsOf(at.window), at.row());
    assert.deepEqual(JSON.parse(await read()), { accepted: [] });
    await eventually(() => assert.equal(find()?.isAccepted, false));
  });

  test('a file that is something else is told of, accepts nothing, and is not written over', async () => {
    await write('{ "accepted": [ { "finding": "x" } ], oops');
    const at = await audited();
    await eventually(() => assert.deepEqual(at.window.problems, [{ code: 'notJson' }]));
    await accept(at);
    assert.deepEqual(told, [
      `${acceptedFile} is no list of accepted findings, and was left as it is. Correct it, then try again.`,
    ]);
    assert.equal(at.row().found.isAccepted, false);
    assert.match(await read(), /oops$/);
    await write('{ "accepted": [ { "finding": "x", "reason": "y" } ] }');
    await eventually(() =>
      assert.deepEqual(at.window.problems[1], { code: 'lacks', index: 0, what: 'until' }),
    );
  });
});
