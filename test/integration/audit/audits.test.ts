import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FindingMarks } from '../../../src/audit/findingMarks';
import { rowUri } from '../../../src/connections/rowUri';
import { sampleRows } from '../../audit/sampleFindings';
import { sampleCompany } from '../../../src/sample/company';
import { withSetting } from '../connections/withSetting';
import { eventually } from '../eventually';
import type { AuditWindow } from './auditBench';
import { auditBench } from './auditBench';

const denied = {
  type: 'error',
  status: 403,
  name: 'AccessDeniedException',
  message: 'no',
} as const;

const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;

suite('Audits', function () {
  this.timeout(60_000);
  const bench = auditBench(sampleCompany());
  const trusted = withSetting('resourcePolicies.trustedAccounts');
  const organizations = withSetting('resourcePolicies.trustedOrganizations');
  const rules = withSetting('resourcePolicies.rules');

  const connection = () => bench.connections.all[0] ?? assert.fail();
  const run = (window: AuditWindow, resume = false) => window.audits.run(connection(), { resume });
  const found = (window: AuditWindow) =>
    window.audits.all.flatMap((audit) => window.audits.findingsOf(audit));
  const count = (window: AuditWindow) => found(window).length;

  test('the sample account: every rule finds its own, and nothing else', async () => {
    const window = bench.open();
    await window.tree.setGrouping('rule');
    const audit = await run(window);
    assert.ok(audit.isWhole);
    assert.deepEqual(await window.rows(), sampleRows);
  });

  test('AccessDenied on some functions, aliases and queues is listed, never taken for clean', async () => {
    const window = bench.open();
    bench.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path: where }) => /partner-orders|payments-webhook/.test(where),
      answer: denied,
    });
    bench.proxy.addFault({
      operation: 'Lambda.ListAliases',
      match: ({ path: where }) => where.includes('order-api'),
      answer: denied,
    });
    bench.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    const audit = await run(window);
    assert.equal(audit.state, 'complete');
    assert.ok(!audit.isWhole);
    const rows = await window.rows();
    const [first = ''] = rows;
    assert.match(first, /· 69 could not be read · 2 lists incomplete ·/);
    const gaps = rows.slice(1, rows.indexOf('High · 5 findings')).map((row) => row.trim());
    assert.deepEqual(
      gaps.filter((row) => !/:\d+ /.test(row)).sort(),
      [
        'The list of SQS queues · access denied to sqs:ListQueues',
        'What is under order-api · access denied to lambda:ListAliases',
        'partner-orders · access denied to lambda:GetPolicy',
        'partner-orders:partners · access denied to lambda:GetPolicy',
        'payments-webhook · access denied to lambda:GetPolicy',
        'payments-webhook:canary · access denied to lambda:GetPolicy',
        'payments-webhook:live · access denied to lambda:GetPolicy',
      ],
      rows.join('\n'),
    );
    bench.proxy.clear();
    const resumed = await run(window, true);
    assert.ok(resumed.isWhole && resumed === audit);
    const asked = bench.requested().filter((name) => name.startsWith('GetPolicy'));
    assert.equal(asked.length, 71, 'only what was missing is asked for again');
  });

  test('credentials that end stop it; after a reload of the window it goes on', async () => {
    const first = bench.open();
    bench.proxy.addFault({
      operation: /^Lambda/,
      skip: 80,
      answer: { ...denied, name: 'ExpiredTokenException' },
    });
    const audit = await run(first);
    assert.equal(audit.state, 'stopped');
    assert.equal(audit.failure?.code, 'credentialsExpired');
    const read = audit.readCount;
    assert.ok(read > 5 && read < 130, `${read} were read`);
    first.dispose();
    bench.proxy.clear();
    bench.connections.reopen(connection().id);
    const second = bench.open();
    await second.audits.loaded;
    const [restored] = second.audits.all;
    assert.equal(restored?.state, 'stopped');
    assert.equal(restored.readCount, read);
    assert.match((await second.rows())[0] ?? '', /stopped · \d+ resources read, \d+ with a policy/);
    bench.requested();
    const resumed = await run(second, true);
    assert.ok(resumed.isWhole);
    const reads = bench.requested().filter((name) => /^Get(Policy|Layer|Queue)/.test(name));
    assert.equal(reads.length, resumed.policies.size - read, 'nothing is read twice');
    await second.tree.setGrouping('rule');
    assert.deepEqual((await second.rows()).slice(1), sampleRows.slice(1));
  });

  test('a window that ends in the middle leaves what it read, and says that it was interrupted', async () => {
    const first = bench.open();
    const release = bench.hold('Lambda.GetPolicy', 20);
    const running = run(first);
    await eventually(() => assert.ok(first.audits.all[0] && first.audits.all[0].readCount >= 25));
    const name = readdirSync(bench.folder)[0] ?? assert.fail();
    const file = path.join(bench.folder, name);
    const readings = () => readFileSync(file, 'utf8').match(/^\{"type":"read"/gm)?.length ?? 0;
    await eventually(() => assert.ok(readings() >= 20));
    // The window ends here; what was just being written is cut off.
    const cut = `${readFileSync(file, 'utf8')}{"type":"read","resource":{"kind":"sqs`;
    release();
    await running;
    first.dispose();
    writeFileSync(file, cut);
    const second = bench.open();
    await second.audits.loaded;
    const [audit] = second.audits.all;
    assert.equal(audit?.state, 'interrupted');
    assert.ok(audit.readCount >= 20 && audit.readCount < 100, `${audit.readCount}`);
    assert.match(
      (await second.rows())[0] ?? '',
      /interrupted · \d+ resources read, \d+ with a policy · \d+ not asked for/,
    );
    assert.ok((await run(second, true)).isWhole);
  });

  test('what is on the disk is for its owner alone', async function () {
    if (process.platform === 'win32') this.skip();
    const window = bench.open();
    await run(window);
    const [name = ''] = readdirSync(bench.folder);
    assert.equal(statSync(bench.folder).mode & 0o077, 0);
    assert.equal(statSync(path.join(bench.folder, name)).mode & 0o077, 0);
  });

  test('a file that is none is told, and keeps no other', async () => {
    const window = bench.open();
    await run(window);
    window.dispose();
    const [name = ''] = readdirSync(bench.folder);
    appendFileSync(path.join(bench.folder, name), 'null\n{"type":"read"}\n7\n');
    writeFileSync(path.join(bench.folder, 'odd.jsonl'), 'not json\n');
    const again = bench.open();
    await again.audits.loaded;
    assert.equal(again.audits.all.length, 1);
    assert.ok(again.audits.all[0]?.isWhole);
  });

  test('a folder that cannot be written is told, and the audit goes on without', async () => {
    writeFileSync(bench.folder, 'a file where the folder should be');
    const window = bench.open();
    assert.ok((await run(window)).isWhole);
    assert.ok(window.problems.length > 0);
  });

  test('what was listed, and is gone when the audit goes on, is not missed', async () => {
    const first = bench.open();
    bench.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    await run(first);
    first.dispose();
    const [name = ''] = readdirSync(bench.folder);
    const arn = 'arn:aws:sqs:eu-west-1:123456789012:gone';
    const resource = { kind: 'sqsQueue', arn, queueName: 'gone', queueUrl: queueUrl('gone') };
    appendFileSync(
      path.join(bench.folder, name),
      `${JSON.stringify({ type: 'listed', resource })}\n`,
    );
    bench.proxy.clear();
    const second = bench.open();
    await second.audits.loaded;
    assert.equal(second.audits.all[0]?.unasked, 1);
    assert.ok((await run(second, true)).isWhole);
  });

  test('what one account was found to have is not taken for that of another', async () => {
    const first = bench.open();
    bench.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    await connection().identity();
    await run(first);
    first.dispose();
    const [name = ''] = readdirSync(bench.folder);
    const file = path.join(bench.folder, name);
    const other = readFileSync(file, 'utf8').replace(
      '"accountId":"123456789012"',
      '"accountId":"210987654321"',
    );
    writeFileSync(file, other);
    bench.proxy.clear();
    const second = bench.open();
    await second.audits.loaded;
    const old = second.audits.all[0] ?? assert.fail();
    const audit = await run(second, true);
    assert.notEqual(audit, old);
    assert.equal(audit.scene.accountId, '123456789012');
  });

  test('it can be cancelled', async () => {
    const window = bench.open();
    const release = bench.hold('Lambda.GetPolicy', 10);
    const running = run(window);
    await eventually(() => assert.ok((window.audits.all[0]?.readCount ?? 0) >= 10));
    window.audits.cancel(connection().id);
    release();
    const audit = await running;
    assert.equal(audit.state, 'cancelled');
    assert.ok(audit.unasked > 0 || audit.readCount < 140);
    assert.match((await window.rows())[0] ?? '', /cancelled/);
  });

  test('a second audit says what is new and what is gone', async () => {
    const window = bench.open();
    await run(window);
    assert.ok(found(window).every(({ isNew }) => !isNew));
    await bench.elsewhere.sqs('RemovePermission', {
      QueueUrl: queueUrl('partner-inbox'),
      Label: 'everyone-may-send',
    });
    await bench.elsewhere.sqs('AddPermission', {
      QueueUrl: queueUrl('orders'),
      Label: 'stranger',
      AWSAccountIds: ['999988887777'],
      Actions: ['SendMessage'],
    });
    connection().readings.dispose();
    bench.connections.reopen(connection().id);
    await run(window);
    assert.match((await window.rows())[0] ?? '', /\(1 new, 1 gone\)$/);
    const fresh = found(window).filter(({ isNew }) => isNew);
    assert.deepEqual(
      fresh.map(({ finding }) => [finding.detail.rule, finding.resource.arn.split(':').at(-1)]),
      [['other-account', 'orders']],
    );
  });

  test('a policy that is read again, e.g. after a change, counts at once', async () => {
    const window = bench.open();
    await run(window);
    const before = count(window);
    const inbox = [...(window.audits.all[0]?.policies.values() ?? [])].find(({ resource }) =>
      resource.arn.endsWith(':partner-inbox'),
    );
    await bench.elsewhere.sqs('RemovePermission', {
      QueueUrl: queueUrl('partner-inbox'),
      Label: 'everyone-may-send',
    });
    await connection().readings.read(inbox?.resource ?? assert.fail());
    assert.equal(count(window), before - 1);
  });

  test('what was read since it began is not asked for again', async () => {
    const window = bench.open();
    const release = bench.hold('SQS.ListQueues');
    const running = run(window);
    await eventually(() => assert.ok(window.audits.isRunning(connection().id)));
    const queueName = 'partner-inbox';
    const arn = `arn:aws:sqs:eu-west-1:123456789012:${queueName}`;
    const resource = { kind: 'sqsQueue', arn, queueName, queueUrl: queueUrl(queueName) } as const;
    await connection().readings.read(resource);
    release();
    assert.ok((await running).isWhole);
    const reads = bench.requested().filter((name) => name === `GetQueueAttributes ${queueName}`);
    assert.equal(reads.length, 1);
  });

  test('settings: who is trusted, and which rules count', async () => {
    const window = bench.open();
    await run(window);
    const of = (rule: string) =>
      found(window).filter(({ finding }) => finding.detail.rule === rule);
    const accounts = of('other-account').length;
    await trusted.set(['210987654321', 'not an account']);
    await eventually(() => assert.ok(of('other-account').length < accounts));
    assert.ok(
      of('other-account').every(({ finding }) => !finding.key.includes('210987654321",""')),
    );
    assert.ok(of('other-organization').length > 0);
    await organizations.set(['o-tidewater01']);
    await eventually(() => assert.equal(of('other-organization').length, 0));
    assert.ok(of('public-access').length > 0);
    await rules.set({
      'public-access': 'low',
      'near-limit': 'off',
      nonsense: 'off',
      'broad-grant': 9,
    });
    await eventually(() => assert.equal(of('near-limit').length, 0));
    assert.ok(of('public-access').every(({ severity }) => severity === 'low'));
    assert.ok(of('broad-grant').every(({ severity }) => severity === 'high'));
  });

  test('accepted: in sight as such, until its end', async () => {
    const window = bench.open();
    await run(window);
    const [first] = found(window).filter(({ severity }) => severity === 'high');
    const key = first?.finding.key ?? assert.fail();
    const open = window.tree.open.length;
    const acceptedAt = Date.now();
    const meant = { reason: 'It is meant.', acceptedAt };
    await window.acceptances.set(key, { ...meant, until: acceptedAt + 60_000 });
    assert.equal(window.tree.open.length, open - 1);
    assert.ok((await window.rows()).includes('Accepted · 1 finding'));
    const words = `${open - 1} findings and 1 accepted`;
    assert.match((await window.rows())[0] ?? '', new RegExp(`· ${words}$`));
    await run(window);
    assert.match((await window.rows())[0] ?? '', new RegExp(`· ${words} \\(0 new, 0 gone\\)$`));
    await window.acceptances.set(key, { ...meant, until: acceptedAt - 1 });
    assert.equal(window.tree.open.length, open, 'its time is over');
    await window.acceptances.set(key, undefined);
    assert.equal(window.tree.open.length, open);
  });

  test('the rows of the Resources view that something was found about are marked', async () => {
    const window = bench.open();
    const marks = new FindingMarks(window.tree);
    const changed: string[] = [];
    marks.onDidChangeFileDecorations((uris = []) => changed.push(...uris.map(String)));
    try {
      await run(window);
      const prefix = 'arn:aws:lambda:eu-west-1:123456789012:function:';
      const of = (arn: string, statement?: string) =>
        marks.provideFileDecoration(rowUri({ connectionId: 'sample', arn, ...(statement === undefined ? {} : { statement }) })); // prettier-ignore
      await eventually(() => assert.ok(of(`${prefix}payments-webhook:live`)));
      const live = of(`${prefix}payments-webhook:live`);
      assert.equal(live?.badge, '2');
      assert.equal((live.color as { readonly id: string }).id, 'list.errorForeground');
      assert.match(live.tooltip ?? '', /^2 findings: .*open to everyone/);
      // Nothing at the function itself, but below it.
      assert.match(
        of(`${prefix}payments-webhook`)?.tooltip ?? '',
        /^6 findings at aliases and versions: /,
      );
      assert.equal(of(`${prefix}payments-webhook`)?.badge, '•');
      assert.equal(of(`${prefix}order-api`), undefined);
      const found = window.tree.open.find(({ finding }) => finding.resource.arn.endsWith('webhook:live')); // prettier-ignore
      assert.ok(found?.finding.statement);
      const { identity } = found.finding.statement;
      assert.equal(of(`${prefix}payments-webhook:live`, identity)?.badge, '2');
      // What is accepted is no longer marked, and nothing else is drawn anew.
      changed.length = 0;
      const until = Date.now() + 60_000;
      await window.acceptances.set(found.finding.key, { reason: 'x', until, acceptedAt: 0 });
      assert.equal(of(`${prefix}payments-webhook:live`, identity)?.badge, '1');
      assert.equal(changed.length, 3);
    } finally {
      marks.dispose();
    }
  });

  test('by who gets in, by resource, and narrowed by a text', async () => {
    const window = bench.open();
    await run(window);
    await window.tree.setGrouping('principal');
    const groups = (await window.rows()).filter((row) => !row.startsWith(' '));
    assert.ok(groups.includes('Account 345678901234 · 7 findings'), groups.join('\n'));
    assert.ok(groups.some((row) => row.startsWith('Everyone · ')));
    assert.ok(groups.some((row) => row.startsWith('Everyone but those named · ')));
    assert.match(groups.at(-1) ?? '', /^Not about who gets in · /);
    window.tree.filter = 'LabelPrinter';
    const narrowed = await window.rows();
    assert.deepEqual(narrowed.slice(1), [
      'Role LabelPrinter of 456789012345 · 1 finding',
      '  Role LabelPrinter of 456789012345 may InvokeFunction · partner-orders · courier-role',
    ]);
    window.tree.filter = '';
    await window.tree.setGrouping('resource');
    assert.ok((await window.rows()).includes('partner-inbox · 1 finding'));
  });
});
