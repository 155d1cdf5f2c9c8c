import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Revocations } from '../../../src/audit/revocations';
import { revokeEverywhere } from '../../../src/commands/audit/revoke/revokeEverywhere';
import type { CommandDeps } from '../../../src/commands/deps';
import { undoChange } from '../../../src/commands/undoChange';
import { sampleCompany } from '../../../src/sample/company';
import { changingBench } from '../commands/changingBench';
import { memento } from '../tree/treeParts';
import { windowStub } from '../windowStub';
import type { AuditWindow } from './auditBench';
import { openAudits } from './auditBench';

/** Named as a principal, alone and beside others, and as an account whose role gets in. */
const courier = '456789012345';
const question = 'Take the access of Account 456789012345 out of 3 policies?';

suite('Revoke Everywhere', function () {
  this.timeout(60_000);
  const at = changingBench(sampleCompany());
  const stub = windowStub();
  let root = '';
  let kept = memento();
  let window: AuditWindow | undefined;
  setup(() => {
    kept = memento();
    root = mkdtempSync(path.join(os.tmpdir(), 'revoke-'));
    window = openAudits(at.connections, path.join(root, 'audits'), kept);
  });
  teardown(() => {
    window?.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  function depsOf(): CommandDeps {
    const { audits, tree: findings } = window ?? assert.fail();
    return { ...at.deps(), audits, findings, revocations: new Revocations(kept) };
  }

  async function audited(): Promise<void> {
    const connection = at.connections.byId('sample') ?? assert.fail();
    await window?.audits.run(connection, { resume: false });
  }

  /** The policies that name it, by an audit of their own. */
  async function naming(id: string): Promise<readonly string[]> {
    await audited();
    return [...(window?.audits.of('sample')?.policies.values() ?? [])]
      .filter(({ reading }) => reading.state === 'policy' && reading.text.includes(id))
      .map(({ resource }) => resource.arn.split(':').slice(5).join(':'))
      .sort();
  }

  const messages = () => stub.shown.map(({ message }) => message);

  test('an account leaves every policy, is named by none afterwards, and comes back as far as AWS takes it back', async () => {
    const before = await naming(courier);
    assert.deepEqual(before, [
      'function:partner-orders',
      'layer:python-data:11',
      'shipping-labels',
    ]);
    const texts = new Map(window?.audits.of('sample')?.policies);
    stub.picks.push('Account 456789012345 · 3 policies');
    stub.answers.push('Revoke');
    const deps = depsOf();
    await revokeEverywhere(deps);

    const asked = stub.shown.find(({ message }) => message === question);
    assert.ok(asked, messages().join('\n'));
    inOrder(asked.detail, [
      '  − courier-role: Role LabelPrinter of 456789012345',
      '  − courier: Account 456789012345, Account 210987654321',
      '  + courier: Account 210987654321',
      'When all of it is done, these still let them in, or may:\n',
      '  partner-inbox · everyone-may-send: everyone\n',
      'What was granted since is not known.',
    ]);
    assert.match(
      messages().join('\n'),
      /Account 456789012345 was taken out of 3 policies; each was read again\. What still lets them in, or may: \d+ statements\./,
    );
    assert.deepEqual(
      at
        .writes()
        .map((name) => name.split('.').at(-1))
        .sort(),
      ['RemoveLayerVersionPermission', 'RemovePermission', 'SetQueueAttributes'],
    );
    assert.deepEqual(stub.shown.at(-1)?.buttons, ['Undo', 'Show']);
    assert.deepEqual(deps.revocations.pending, []);
    assert.deepEqual(await naming(courier), []);

    // Beside principals that no longer resolve AWS takes nothing back, as the question said.
    assert.match(
      asked.detail,
      /\n {2}Undo may be refused: "former-agency" names AROAEXAMPLEAGENCY0007/,
    );
    const records = (await deps.history.records()).map(({ id }) => id);
    stub.answers.push('Undo');
    await undoChange(deps, records);
    assert.match(messages().at(-2) ?? '', /^Changed 1 of 3 policies\./);
    assert.deepEqual(await naming(courier), ['shipping-labels']);
    const after = window?.audits.of('sample')?.policies;
    const shipping = [...texts].find(([arn]) => arn.endsWith(':shipping-labels'));
    const reading = after?.get(shipping?.[0] ?? '')?.reading;
    const old = shipping?.[1].reading;
    assert.ok(reading?.state === 'policy' && old?.state === 'policy');
    assert.equal(reading.text, old.text);
  });

  test('what could not be done is told, remembered, and done when it is gone on with', async () => {
    await audited();
    const clear = at.proxy.addFault({
      operation: 'Lambda.RemovePermission',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'Not you.' },
    });
    const deps = depsOf();
    stub.picks.push('Account 456789012345 · 3 policies');
    stub.answers.push('Revoke');
    await revokeEverywhere(deps);
    assert.match(messages().at(-1) ?? '', /^Changed 2 of 3 policies\. Could not remove/);
    assert.deepEqual(
      deps.revocations.pending.map(({ policies }) => policies),
      [3],
    );
    assert.match(messages().at(-1) ?? '', /Run the command again to go on\.$/);

    // As in another window: what is kept by VS Code is there.
    clear();
    stub.picks.push('Go on: Account 456789012345');
    stub.answers.push('Remove');
    const again = depsOf();
    await revokeEverywhere(again);
    const [go] = stub.shown.filter(({ items }) => items[0]?.startsWith('Go on'));
    assert.deepEqual(go?.items, [
      'Go on: Account 456789012345',
      'Somebody Else',
      'Forget: Account 456789012345',
    ]);
    assert.match(
      messages().at(-1) ?? '',
      /^Account 456789012345 was taken out of 1 policy; each was read again\./,
    );
    assert.deepEqual(again.revocations.pending, []);
    assert.deepEqual(await naming(courier), []);
  });

  test('who says no changes nothing, and is not asked to go on', async () => {
    await audited();
    stub.picks.push('Account 456789012345 · 3 policies');
    const deps = depsOf();
    await revokeEverywhere(deps);
    assert.equal(stub.shown.at(-1)?.message, question);
    assert.deepEqual(at.writes(), []);
    assert.deepEqual(deps.revocations.pending, []);
  });

  test('everyone: only where nothing narrows it', async () => {
    await audited();
    const list = () => stub.shown.find(({ items }) => items.some((item) => /^Everyone/.test(item)));
    stub.picks.push(undefined);
    await revokeEverywhere(depsOf());
    const all = list()?.items ?? [];
    assert.deepEqual(
      all.filter((item) => /^(Everyone|Organization|Amazon S3|Unresolved)/.test(item)),
      [
        'Organization o-tidewater01 · 4 policies',
        'Unresolved principal AROAEXAMPLEAGENCY0007 · 1 policy',
        'Unresolved principal AIDAEXAMPLEREADER0042 · 1 policy',
        'Unresolved principal AROAEXAMPLEPARTNER003 · 1 policy',
        'Amazon S3 · 2 policies · s3.amazonaws.com',
        'Everyone · 5 policies',
      ],
    );
  });

  test('from a row of the findings, and of those who get in the same way', async () => {
    await audited();
    const { tree } = window ?? assert.fail();
    await tree.setGrouping('principal');
    const groups = await tree.getChildren();
    const group = groups.find(
      (node) => node.type === 'group' && tree.getTreeItem(node).label === 'Account 456789012345',
    );
    assert.equal(group && tree.getTreeItem(group).contextValue, 'group.who');
    await revokeEverywhere(depsOf(), group);
    assert.equal(
      stub.shown.at(-1)?.message,
      'Take the access of Account 456789012345 out of 3 policies?',
    );
    const [finding] = await tree.getChildren(group);
    await revokeEverywhere(depsOf(), finding);
    assert.equal(stub.shown.at(-1)?.message, question);
  });

  test('what was read long ago, or not at all, is read first; what could not be read is told', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path: where }) => where.includes('partner-orders'),
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'Not you.' },
    });
    stub.picks.push('Read All Policies First', 'Account 456789012345 · 2 policies');
    await revokeEverywhere(depsOf());
    const list = stub.shown.find(({ kind }) => kind === 'pick');
    assert.deepEqual(list?.items, ['Read All Policies First']);
    assert.match(
      stub.shown.at(-1)?.detail ?? '',
      /\d+ policies could not be read: nothing is known of what they say\./,
    );
  });

  test('what could not be seen keeps it from being done; who has enough of it forgets it', async () => {
    await audited();
    const isThere = at.proxy.addFault({
      operation: 'Lambda.RemovePermission',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'Not you.' },
    });
    stub.picks.push('Account 456789012345 · 3 policies');
    stub.answers.push('Revoke');
    await revokeEverywhere(depsOf());
    isThere();
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path: where }) => where.includes('partner-orders'),
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'Not you.' },
    });
    const deps = depsOf();
    await audited();
    stub.picks.push('Go on: Account 456789012345', 'Use What Was Read Last');
    await revokeEverywhere(deps);
    assert.match(messages().at(-1) ?? '', /^No policy that was read names .* could not be read/);
    assert.equal(stub.shown.at(-1)?.kind, 'warning');
    assert.equal(deps.revocations.pending.length, 1);
    stub.picks.push('Forget: Account 456789012345');
    await revokeEverywhere(deps);
    assert.deepEqual(deps.revocations.pending, []);
  });

  test('who cannot be taken out of a policy that is read anew is told of at the end, too', async () => {
    await audited();
    at.proxy.addFault({
      operation: 'Lambda.GetLayerVersionPolicy',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'Not you.' },
    });
    stub.picks.push('Account 456789012345 · 3 policies');
    stub.answers.push('Revoke');
    const deps = depsOf();
    await revokeEverywhere(deps);
    assert.match(
      messages().at(-1) ?? '',
      /^Changed 2 of 3 policies\. Could not read the policy of layer python-data, version 11/,
    );
    assert.equal(deps.revocations.pending.length, 1);
  });

  test('a connection that is gone keeps it from being forgotten', async () => {
    await audited();
    const deps = depsOf();
    const whom = { type: 'account', accountId: courier } as const;
    await deps.revocations.add({ whom, connectionIds: ['sample', 'gone'], policies: 4 });
    stub.picks.push('Go on: Account 456789012345');
    stub.answers.push(undefined, 'Revoke');
    await revokeEverywhere(deps);
    assert.ok(messages().some((words) => words.startsWith('A connection is gone since.')));
    assert.match(messages().at(-1) ?? '', /^Account 456789012345 was taken out of 3 policies/);
    assert.deepEqual(deps.revocations.of(whom)?.connectionIds, ['sample', 'gone']);
  });

  test('a finding that is about nobody asks for nobody', async () => {
    await audited();
    const { tree } = window ?? assert.fail();
    await tree.setGrouping('rule');
    const groups = await tree.getChildren();
    const full = groups.find((node) => tree.getTreeItem(node).label === 'Nearly full');
    const told: string[] = [];
    const reporter = { info: (words: string) => told.push(words) };
    await revokeEverywhere({ ...depsOf(), reporter } as unknown as CommandDeps, full);
    assert.match(told[0] ?? '', /^The finding is about nobody/);
    assert.deepEqual(stub.shown, []);
  });
});

/** That a text has these parts, one after the other. */
function inOrder(text: string, parts: readonly string[]): void {
  let end = 0;
  for (const part of parts) {
    const at = text.indexOf(part, end);
    assert.ok(at >= 0, `${part}\n\nis missing, or stands too early, in\n\n${text}`);
    end = at + part.length;
  }
}
