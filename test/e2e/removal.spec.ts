import type { SampleAccount } from '../../src/sample/sampleAccount';
import type { SampleState } from '../../src/sample/state';
import type { FaultAnswer } from '../faults/faultProxy';
import type { Place } from './fixtures/accountTest';
import { expect, test, without, withoutRevisions } from './fixtures/accountTest';
import type { Workbench } from './fixtures/workbench';

const shopArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';

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

async function confirmRemoval(
  workbench: Workbench,
  sid: string,
  ...texts: readonly string[]
): Promise<void> {
  for (const text of texts) await expect(workbench.dialog).toContainText(text);
  await workbench.answer('Remove');
  await workbench.readToast(new RegExp(`^Removed "${sid}" .* verified it`));
}

test('in five ways, for each kind of resource', async ({ workbench, account, wire }) => {
  const sent = (operation: string) =>
    wire.requests.filter((request) => request.operation === operation).map(({ path }) => path);
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');

  await test.step('a function, by the inline button', async () => {
    const before = account.state();
    await workbench.inlineAction('AllowEvents', 'Remove Permission…');
    await confirmRemoval(
      workbench,
      'AllowEvents',
      'Remove the permission "AllowEvents" from function shop?',
      'Amazon EventBridge loses lambda:InvokeFunction',
      'arn:aws:events:eu-west-1:123456789012:rule/nightly is an active event source',
      'Account: 123456789012',
      'Connection: default credentials · eu-west-1',
    );
    await expectOnlyGone(account, before, { function: 'shop' }, 'AllowEvents');
    await expect(workbench.row('AllowEvents')).toBeHidden();
    await expect(workbench.row('AllowS3')).toBeVisible();
    expect(sent('Lambda.RemovePermission')).toEqual([
      `/2015-03-31/functions/${encodeURIComponent(shopArn)}/policy/AllowEvents?RevisionId=rev-shop`,
    ]);
  });

  await test.step('an alias, by the context menu', async () => {
    const before = account.state();
    await workbench.expand('live');
    await workbench.contextMenu('AllowApi', 'Remove Permission…');
    await confirmRemoval(workbench, 'AllowApi', 'from function shop, alias live?', 'its trigger');
    await expectOnlyGone(account, before, { function: 'shop', qualifier: 'live' }, 'AllowApi');
    expect(sent('Lambda.RemovePermission')[1]).toMatch(/Qualifier=live/);
    expect(sent('Lambda.RemovePermission')[1]).toMatch(/RevisionId=rev-live/);
  });

  await test.step('a version, by the Delete key after moving with the arrows', async () => {
    const before = account.state();
    await workbench.expand('Versions');
    await workbench.expand('Version 2');
    await workbench.row('AllowLogs').click();
    await workbench.press('ArrowDown', 'ArrowDown', 'ArrowUp');
    await expect(workbench.focusedRow).toContainText('AllowPartner');
    await workbench.press('Delete');
    await expect(workbench.dialog).toContainText('from function shop, version 2?');
    await workbench.answer('Remove');
    // The keyboard goes on with the row that took its place.
    await expect(workbench.focusedRow).toContainText('AllowRole');
    await workbench.readToast(/^Removed "AllowPartner" .* verified it/);
    await expectOnlyGone(account, before, { function: 'shop', qualifier: '2' }, 'AllowPartner');
    await expect(workbench.row('AllowLogs')).toBeVisible();
    await expect(workbench.row('AllowRole')).toBeVisible();
  });

  await test.step('a layer version, from the policy page', async () => {
    const before = account.state();
    await workbench.collapse('Lambda functions');
    await workbench.expand('Lambda layers');
    await workbench.expand('common');
    await expect(workbench.row('Version 2')).toContainText('2 statements');
    await workbench.inlineAction('Version 2', 'Open Policy');
    const list = workbench.webview.getByTestId('statements');
    await list.getByRole('button', { name: 'Remove…: Partner' }).click();
    await confirmRemoval(
      workbench,
      'Partner',
      'from layer common, version 2?',
      'Account 210987654321 loses',
    );
    await expectOnlyGone(account, before, { layer: 'common', version: 2 }, 'Partner');
    await expect(workbench.webview.getByTestId('count')).toHaveText('1 statement');
    await expect(workbench.webview.getByTestId('policy-text')).not.toContainText('Partner');
    expect(sent('Lambda.RemoveLayerVersionPermission')[0]).toMatch(/RevisionId=rev-layer/);
  });

  await test.step('a queue, from the palette', async () => {
    const before = account.state();
    // Who may not list the functions can still reach the rest.
    const end = wire.addFault({
      operation: 'Lambda.ListFunctions',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    });
    await workbench.runCommand('Resource Policies: Remove Permission…');
    await expect(workbench.quickOptions.filter({ hasText: 'lambda:ListFunctions' })).toBeVisible();
    end();
    await workbench.quickBox.fill('jobs');
    await workbench.pick(/^jobs/);
    await expect(workbench.quickOptions).toHaveCount(2);
    await workbench.quickBox.fill('Consum');
    await workbench.pick('Consumers');
    await confirmRemoval(workbench, 'Consumers', 'from queue jobs?', 'Account 999988887777 loses');
    await expectOnlyGone(account, before, { queue: 'jobs' }, 'Consumers');
  });

  await test.step('a qualifier from the palette; cancelling changes nothing', async () => {
    const before = account.state();
    await workbench.runCommand('Resource Policies: Remove Permission…');
    await workbench.pick('shop');
    await workbench.pick('alias live');
    await workbench.pick('AllowSns');
    await expect(workbench.dialog).toContainText('"AllowSns" from function shop, alias live?');
    await workbench.answer('Cancel');
    expect(account.state()).toEqual(before);
  });
});

test('what has changed meanwhile is seen before it is removed', async ({
  workbench,
  account,
  wire,
}) => {
  /** Somebody else's call, straight to the account. */
  const elsewhere = async (method: string, path: string, body?: object) => {
    const authorization = wire.requests[0]?.headers.authorization ?? '';
    const url = `${account.endpoint}/2015-03-31/functions/shop/policy${path}`;
    const text = body && JSON.stringify(body);
    const answer = await fetch(url, { method, body: text, headers: { authorization } });
    expect(answer.ok).toBe(true);
  };
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');

  await test.step('another statement went: one silent retry', async () => {
    // What the row was made from was read before.
    await expect(workbench.row('AllowS3')).toBeVisible();
    await elsewhere('DELETE', '/AllowEvents');
    await workbench.inlineAction('AllowS3', 'Remove Permission…');
    await workbench.answer('Remove');
    await workbench.readToast(/^Removed "AllowS3"/);
    const tries = wire.requests.filter(({ operation }) => operation === 'Lambda.RemovePermission');
    expect(tries.map(({ status }) => status)).toEqual([412, 204]);
    await expect(workbench.row('AllowEvents')).toBeHidden();
  });

  await test.step('the statement itself is another one by now: asked again', async () => {
    await workbench.expand('live');
    await workbench.inlineAction('AllowApi', 'Remove Permission…');
    await expect(workbench.dialog).toContainText('Amazon API Gateway loses');
    await elsewhere('DELETE', '/AllowApi?Qualifier=live');
    await elsewhere('POST', '?Qualifier=live', {
      StatementId: 'AllowApi',
      Action: 'lambda:InvokeFunction',
      Principal: '999988887777',
    });
    await workbench.answer('Remove');
    await expect(workbench.dialog).toContainText('"AllowApi" has changed.');
    await expect(workbench.dialog).toContainText('Before: Amazon API Gateway → InvokeFunction');
    await expect(workbench.dialog).toContainText('Now: Account 999988887777 → InvokeFunction');
    await workbench.answer('Look at It as It Is Now');
    await confirmRemoval(workbench, 'AllowApi', 'Account 999988887777 loses');
    await expect(workbench.row(/AllowApi/)).toBeHidden();
  });

  await test.step('a Deny: announced as widening access', async () => {
    const before = account.state();
    await workbench.inlineAction('DenyStranger', 'Remove Permission…');
    await confirmRemoval(workbench, 'DenyStranger', 'This WIDENS access', 'Account 999988887777');
    // It was the last statement: no policy remains.
    const shop = account.state().functions.find(({ name }) => name === 'shop');
    expect(shop?.policies['']).toBeUndefined();
    expect(shop?.policies['2']).toEqual(before.functions[0]?.policies['2']);
    await expect(workbench.row('No policy')).toBeVisible();
  });
});

const sentences: readonly (readonly [string, FaultAnswer, RegExp])[] = [
  [
    'access denied',
    { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    /Could not remove "AllowS3" from function shop: access denied to lambda:RemovePermission. Ask for the IAM permission lambda:RemovePermission/,
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
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');
  for (const [name, answer, sentence] of sentences) {
    await test.step(name, async () => {
      const end = wire.addFault({ operation: 'Lambda.RemovePermission', answer });
      await workbench.inlineAction('AllowS3', 'Remove Permission…');
      await workbench.answer('Remove');
      await workbench.readToast(sentence);
      end();
    });
  }
  expect(account.state()).toEqual(before);
  await expect(workbench.row('AllowS3')).toBeVisible();
});
