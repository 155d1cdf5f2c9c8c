import type { SampleAccount } from '../../src/sample/sampleAccount';
import type { SampleState } from '../../src/sample/state';
import type { FaultAnswer } from '../faults/faultProxy';
import type { Place } from './fixtures/accountTest';
import { expect, test, without, withoutRevisions } from './fixtures/accountTest';
import type { Workbench } from './fixtures/workbench';

/** Exactly that statement is gone and nothing else has changed. */
async function expectOnlyGone(
  account: SampleAccount,
  before: SampleState,
  where: Place,
  sid: string,
): Promise<void> {
  const expected = withoutRevisions(without(before, where, sid));
  await expect.poll(() => withoutRevisions(account.state())).toEqual(expected);
}

async function openFunction(workbench: Workbench, name: string): Promise<void> {
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand(name);
}

async function confirmRemoval(workbench: Workbench, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(workbench.dialog).toContainText(text);
  await workbench.answer('Remove');
  await expect(workbench.toast(/^Removed .* verified it/)).toBeVisible();
}

test('a function: by the inline button', async ({ workbench, account, wire }) => {
  const before = account.state();
  await openFunction(workbench, 'shop');
  await workbench.inlineAction('AllowEvents', 'Remove Permission…');
  await confirmRemoval(
    workbench,
    'Remove the permission "AllowEvents" from function shop?',
    'Amazon EventBridge loses lambda:InvokeFunction',
    'arn:aws:events:eu-west-1:123456789012:rule/nightly is an active event source',
    'Account: 123456789012',
    'Connection: default credentials · eu-west-1',
  );
  await expectOnlyGone(account, before, { function: 'shop' }, 'AllowEvents');
  await expect(workbench.row('AllowEvents')).toBeHidden();
  await expect(workbench.row('AllowS3')).toBeVisible();
  const [sent] = wire.requests.filter(({ operation }) => operation === 'Lambda.RemovePermission');
  expect(sent?.path).toBe('/2015-03-31/functions/shop/policy/AllowEvents?RevisionId=rev-shop');
});

test('an alias: by the context menu', async ({ workbench, account, wire }) => {
  const before = account.state();
  await openFunction(workbench, 'shop');
  await workbench.expand('live');
  await workbench.contextMenu('AllowApi', 'Remove Permission…');
  await confirmRemoval(workbench, 'from function shop, alias live?', 'loses its trigger');
  await expectOnlyGone(account, before, { function: 'shop', qualifier: 'live' }, 'AllowApi');
  const [sent] = wire.requests.filter(({ operation }) => operation === 'Lambda.RemovePermission');
  expect(sent?.path).toContain('Qualifier=live');
  expect(sent?.path).toContain('RevisionId=rev-live');
});

test('a version: by the Delete key, after moving with the arrows', async ({
  workbench,
  account,
}) => {
  const before = account.state();
  await openFunction(workbench, 'shop');
  await workbench.expand('Versions');
  await workbench.expand('Version 2');
  await workbench.row('AllowLogs').click();
  await workbench.press('ArrowDown', 'ArrowDown', 'ArrowUp');
  await expect(workbench.focusedRow).toContainText('AllowPartner');
  await workbench.press('Delete');
  await confirmRemoval(workbench, '"AllowPartner" from function shop, version 2?');
  await expectOnlyGone(account, before, { function: 'shop', qualifier: '2' }, 'AllowPartner');
  await expect(workbench.row('AllowLogs')).toBeVisible();
  await expect(workbench.row('AllowRole')).toBeVisible();
});

test('a layer version: from the policy page', async ({ workbench, account }) => {
  const before = account.state();
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda layers');
  await workbench.expand('common');
  await workbench.inlineAction('Version 2', 'Open Policy');
  const list = workbench.webview.getByTestId('statements');
  await list.getByRole('button', { name: 'Remove…: Partner' }).click();
  await confirmRemoval(workbench, 'from layer common, version 2?', 'Account 210987654321');
  await expectOnlyGone(account, before, { layer: 'common', version: 2 }, 'Partner');
  await expect(workbench.webview.getByTestId('count')).toHaveText('1 statement');
  await expect(workbench.webview.getByTestId('policy-text')).not.toContainText('Partner');
});

test('a queue: from the palette', async ({ workbench, account }) => {
  const before = account.state();
  await workbench.openView('Resource Policies');
  await expect(workbench.row('SQS queues')).toBeVisible();
  await workbench.runCommand('Resource Policies: Remove Permission…');
  await workbench.quickBox.fill('jobs');
  await workbench.pick('jobs');
  await expect(workbench.quickOptions).toHaveCount(2);
  await workbench.quickBox.fill('Consum');
  await workbench.pick('Consumers');
  await confirmRemoval(workbench, '"Consumers" from queue jobs?', 'Account 999988887777');
  await expectOnlyGone(account, before, { queue: 'jobs' }, 'Consumers');
});

test('a qualifier: from the palette, and cancelling changes nothing', async ({
  workbench,
  account,
}) => {
  const before = account.state();
  await workbench.openView('Resource Policies');
  await expect(workbench.row('SQS queues')).toBeVisible();
  await workbench.runCommand('Resource Policies: Remove Permission…');
  await workbench.pick('shop');
  await workbench.pick('alias live');
  await workbench.pick('AllowSns');
  await expect(workbench.dialog).toContainText('"AllowSns" from function shop, alias live?');
  await workbench.answer('Cancel');
  expect(account.state()).toEqual(before);
});

test('a Deny: announced as widening access', async ({ workbench, account }) => {
  const before = account.state();
  await openFunction(workbench, 'shop');
  await workbench.inlineAction('DenyStranger', 'Remove Permission…');
  await confirmRemoval(workbench, 'This WIDENS access', 'Account 999988887777');
  await expectOnlyGone(account, before, { function: 'shop' }, 'DenyStranger');
});

test('a policy that changed meanwhile', async ({ workbench, account, wire }) => {
  await openFunction(workbench, 'shop');
  const meanwhile = (path: string, method = 'DELETE', body = '') => ({
    operation: 'Lambda.RemovePermission',
    times: 1,
    answer: {
      type: 'before' as const,
      run: async () => {
        const [some] = wire.requests;
        const authorization = some?.headers.authorization ?? '';
        await fetch(account.endpoint + path, {
          method,
          headers: { authorization },
          body: body || undefined,
        });
      },
    },
  });

  // Another statement went: the one in question is as it was, so one retry does it.
  wire.addFault(meanwhile('/2015-03-31/functions/shop/policy/AllowEvents'));
  await workbench.inlineAction('AllowS3', 'Remove Permission…');
  await workbench.answer('Remove');
  await expect(workbench.toast(/^Removed "AllowS3"/)).toBeVisible();
  const tries = wire.requests.filter(({ operation }) => operation === 'Lambda.RemovePermission');
  expect(tries.map(({ status }) => status)).toEqual([412, 204]);
  await expect(workbench.row('AllowEvents')).toBeHidden();

  // The statement itself is another one by now: nothing is removed before it was seen.
  const alias = '/2015-03-31/functions/shop/policy';
  await workbench.expand('live');
  await workbench.inlineAction('AllowApi', 'Remove Permission…');
  await expect(workbench.dialog).toBeVisible();
  const some = wire.requests[0]?.headers.authorization ?? '';
  const send = (path: string, method: string, body?: string) =>
    fetch(account.endpoint + path, { method, body, headers: { authorization: some } });
  await send(`${alias}/AllowApi?Qualifier=live`, 'DELETE');
  const added = {
    StatementId: 'AllowApi',
    Action: 'lambda:InvokeFunction',
    Principal: '999988887777',
  };
  await send(`${alias}?Qualifier=live`, 'POST', JSON.stringify(added));
  await workbench.answer('Remove');
  await expect(workbench.dialog).toContainText('"AllowApi" has changed.');
  await expect(workbench.dialog).toContainText('Before: Amazon API Gateway → InvokeFunction');
  await expect(workbench.dialog).toContainText('Now: Account 999988887777 → InvokeFunction');
  await workbench.answer('Look at It as It Is Now');
  await confirmRemoval(workbench, 'Account 999988887777 loses');
  await expect(workbench.row(/AllowApi/)).toBeHidden();
});

const sentences: readonly (readonly [string, FaultAnswer, RegExp])[] = [
  [
    'access denied',
    { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    /Could not remove "AllowS3" from function shop: access denied to lambda:RemovePermission. Ask for the IAM permission lambda:RemovePermission/,
  ],
  [
    'throttled throughout',
    { type: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow' },
    /Could not remove "AllowS3" from function shop: too many requests .* Wait a few seconds/,
  ],
  [
    'expired credentials',
    { type: 'error', status: 403, name: 'ExpiredTokenException', message: 'old' },
    /Could not remove "AllowS3" from function shop: the session of the default credentials has expired/,
  ],
  [
    'unknown statement while it is still read',
    { type: 'error', status: 404, name: 'ResourceNotFoundException', message: 'none' },
    /Could not remove "AllowS3" from function shop: the policy has no such statement/,
  ],
];

test('each failure says what is wrong and what to do', async ({ workbench, account, wire }) => {
  const before = account.state();
  await openFunction(workbench, 'shop');
  for (const [name, answer, sentence] of sentences) {
    await test.step(name, async () => {
      const end = wire.addFault({ operation: 'Lambda.RemovePermission', answer });
      await workbench.inlineAction('AllowS3', 'Remove Permission…');
      await workbench.answer('Remove');
      await expect(workbench.toast(sentence)).toBeVisible();
      end();
    });
  }
  expect(account.state()).toEqual(before);
  await expect(workbench.row('AllowS3')).toBeVisible();
});
