import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askAccess } from '../../../src/commands/audit/askAccess';
import type { CommandDeps } from '../../../src/commands/deps';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import { sampleCompany } from '../../../src/sample/company';
import { awsBench } from '../tree/awsBench';
import { windowStub } from '../windowStub';

const queue = (name: string) => ({
  connectionId: 'sample',
  resource: {
    kind: 'sqsQueue',
    arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
    queueName: name,
    queueUrl: `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`,
  },
});

suite('Who Can…?', function () {
  this.timeout(30_000);
  const bench = awsBench(sampleCompany());
  const stub = windowStub();
  const told: string[] = [];
  let texts: PolicyTexts | undefined;
  // One for all tests, as for a window: VS Code keeps what it was given under an address.
  suiteSetup(() => (texts = new PolicyTexts()));
  suiteTeardown(() => texts?.dispose());
  setup(() => (told.length = 0));
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Asks, and returns what is shown. */
  async function asked(name: string, action: string, principal: string, keys = '') {
    stub.picks.push(action, principal === '' ? 'All Who Can' : 'Somebody Else…');
    stub.typed.push(...(principal === '' ? [] : [principal]), keys);
    const warn = (words: string) => told.push(words);
    const deps = { connections: bench.connections, texts, reporter: { warn } };
    await askAccess(deps as unknown as CommandDeps, queue(name));
    return vscode.window.activeTextEditor?.document.getText() ?? '';
  }

  test('somebody, with the statement that decides and what it depends on', async () => {
    const role = 'arn:aws:iam::210987654321:role/ReturnsDesk';
    const answer = await asked('returns.fifo', 'sqs:SendMessage', role);
    assert.match(
      answer,
      /^Can arn:aws:iam::210987654321:role\/ReturnsDesk do sqs:SendMessage on queue/,
    );
    assert.match(
      answer,
      /HALF, AND ONLY IF what is said below holds; the policies of account 210987654321/,
    );
    assert.match(
      answer,
      /Allowed by:\n {2}WarehouseSends: .*\n {4}if aws:SourceIp is in "192.0.2.0\/24"/,
    );
    assert.match(answer, /Not looked at: the policies of the caller/);
  });

  test('with keys that are known it is certain', async () => {
    const role = 'arn:aws:iam::210987654321:role/ReturnsDesk';
    const inside = await asked('returns.fifo', 'sqs:SendMessage', role, 'aws:SourceIp=192.0.2.7');
    assert.match(inside, /\nHALF\. The policy lets them in/);
    assert.match(inside, /\n {2}aws:sourceip = 192\.0\.2\.7\n/);
    const outside = await asked(
      'returns.fifo',
      'sqs:SendMessage',
      role,
      'aws:SourceIp=203.0.113.7',
    );
    assert.match(outside, /NO\. The policy says nothing about it/);
  });

  test('everybody, and a Deny', async () => {
    assert.match(
      await asked('partner-inbox', 'sqs:SendMessage', '*'),
      /\nYES\. The policy allows it/,
    );
    const plain = await asked('orders', 'sqs:SendMessage', '*', 'aws:SecureTransport=false');
    assert.match(plain, /\nNO\. The policy denies it.*\n\nDenied by:\n {2}DenyWithoutTls: /);
  });

  test('who can, a line for each', async () => {
    const answer = await asked('audit-events', 'sqs:SendMessage', '');
    assert.match(answer, /^Who can sqs:SendMessage on queue audit-events\?/);
    assert.match(answer, /\nAccount 123456789012 → \*: if their account allows it, too\n/);
    assert.match(answer, /Amazon EventBridge → SendMessage: only if what follows holds\n/);
    assert.match(
      answer,
      /Organization o-tidewater01 → SendMessage: only if what follows holds, for another account if that/,
    );
  });

  test('somebody whom the policy names is there to be chosen', async () => {
    stub.picks.push('sqs:SendMessage', 'Amazon EventBridge');
    stub.typed.push('');
    const deps = { connections: bench.connections, texts };
    await askAccess(deps as unknown as CommandDeps, queue('audit-events'));
    const answer = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(answer, /^Can events\.amazonaws\.com do sqs:SendMessage on queue audit-events\?/);
    assert.deepEqual(stub.shown[1]?.items, [
      'All Who Can · whom the policy lets in, and how far',
      'Account 123456789012 · 123456789012',
      'Amazon EventBridge · events.amazonaws.com',
      'Somebody Else…',
    ]);
  });

  test('nobody is asked about who cannot be', async () => {
    assert.equal(await asked('orders', 'sqs:SendMessage', 'somebody'), '');
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:order-api';
    const resource = { kind: 'lambdaFunction', arn, functionName: 'order-api' };
    stub.picks.push('lambda:InvokeFunction', 'Somebody Else…');
    // Only a function URL takes a call without a signature.
    stub.typed.push('*');
    const deps = { connections: bench.connections, texts };
    await askAccess(deps as unknown as CommandDeps, { connectionId: 'sample', resource });
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.equal(stub.shown.length, 3 + 3);
  });

  test('no policy', async () => {
    const answer = await asked('orders-dead-letters', 'sqs:SendMessage', '');
    assert.match(
      answer,
      /\nNobody, by this policy\. Policies of the account itself may still allow it\./,
    );
  });

  test('a policy that cannot be read is no answer', async () => {
    bench.proxy.addFault({
      operation: 'SQS.GetQueueAttributes',
      answer: { type: 'error', status: 403, name: 'AccessDenied', message: 'no' },
    });
    assert.equal(await asked('orders', 'sqs:SendMessage', '*'), '');
    assert.match(told.join(), /Could not read the policy of queue orders: access denied/);
  });
});
