import { expect, sids, test, withoutRevisions } from './fixtures/accountTest';

test('statements of four policies at once: removed, undone, removed from the page', async ({
  workbench,
  account,
  wire,
}) => {
  const before = account.state();
  const shop = () => account.state().functions.find(({ name }) => name === 'shop');
  const layerPolicy = () => account.state().layers[0]?.versions[1]?.policy?.text;
  const queuePolicy = () => account.state().queues.find(({ name }) => name === 'jobs')?.policy;
  const sent = (operation: string) =>
    wire.requests.filter((request) => request.operation === operation).length;
  await workbench.openView('Resource Policies');

  await test.step('selected in the tree, over a function, an alias, a layer and a queue', async () => {
    await workbench.expand('SQS queues');
    await workbench.expand('jobs');
    await workbench.expand('Lambda layers');
    await workbench.expand('common');
    await workbench.expand('Version 2');
    await workbench.expand('Lambda functions');
    await workbench.expand('shop');
    await workbench.expand('live');
    await workbench.select('AllowS3', 'AllowEvents', 'AllowSns', 'Partner', 'Consumers');
    await workbench.contextMenu('Consumers', 'Remove Permission…');
    const { dialog } = workbench;
    await expect(dialog).toContainText('Remove 5 permissions from 4 policies?');
    await expect(dialog).toContainText('function shop (Request: lambda:PutResourcePolicy)');
    await expect(dialog).toContainText('− AllowS3: Amazon S3 → InvokeFunction');
    await expect(dialog).toContainText('− AllowEvents: Amazon EventBridge → InvokeFunction');
    await expect(dialog).toContainText(
      'function shop, alias live (Request: lambda:RemovePermission',
    );
    await expect(dialog).toContainText('layer common, version 2');
    await expect(dialog).toContainText('queue jobs (Request: sqs:RemovePermission)');
    await expect(dialog).toContainText('Account: 123456789012');
    await workbench.answer('Remove');
    await expect(workbench.toast(/^Removed 5 permissions from 4 policies/)).toBeVisible();
    expect(sids(shop()?.policies['']?.text)).toEqual(['DenyStranger']);
    expect(sids(shop()?.policies['live']?.text)).toEqual(['AllowApi']);
    expect(sids(layerPolicy())).toEqual(['Organization']);
    expect(sids(queuePolicy())).toEqual(['Producers']);
    expect(sent('Lambda.PutResourcePolicy')).toBe(1);
    await expect(workbench.row('AllowS3')).toBeHidden();
    await expect(workbench.row('DenyStranger')).toBeVisible();
  });

  await test.step('undone from the message: everything is back', async () => {
    const toast = workbench.toast(/^Removed 5 permissions/);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(workbench.dialog).toContainText('Undo the changes to 4 policies?');
    await expect(workbench.dialog).toContainText('+ AllowS3');
    await workbench.answer('Undo');
    await workbench.readToast(/^Undid the changes to 4 policies, and verified each/);
    // The calls for layers append, so the order of their statements may be another.
    expect(sids(layerPolicy())?.toSorted()).toEqual(['Organization', 'Partner']);
    const layers = withoutRevisions({ ...before, layers: [] });
    expect(withoutRevisions({ ...account.state(), layers: [] })).toEqual(layers);
    await expect(workbench.row('AllowS3')).toBeVisible();
  });

  await test.step('by the Delete key: all that are selected, and no other', async () => {
    await workbench.select('AllowS3', 'AllowEvents', 'DenyStranger');
    // Taken out of the selection again, it has the keyboard all the same.
    await workbench.row('DenyStranger').click({ modifiers: ['ControlOrMeta'] });
    await workbench.press('Delete');
    await expect(workbench.dialog).toContainText('Remove 2 permissions from function shop?');
    await expect(workbench.dialog).toContainText('− AllowS3');
    await expect(workbench.dialog).not.toContainText('DenyStranger');
    await workbench.answer('Cancel');
    await workbench.row('shop').click();
    await workbench.treeAtRest();
    const rows = await workbench.rowTexts();
    await workbench.press('Delete');
    await workbench.treeAtRest();
    expect(await workbench.rowTexts()).toEqual(rows);
    await expect(workbench.dialog).toBeHidden();
  });

  await test.step('several changes of the history are undone with one question', async () => {
    await workbench.expand('shop');
    await workbench.select('AllowS3', 'Consumers');
    await workbench.contextMenu('Consumers', 'Remove Permission…');
    await workbench.answer('Show All');
    await expect(workbench.tab(/Planned changes/)).toBeVisible();
    await expect(workbench.page.locator('.editor-instance')).toContainText('Size: ');
    await workbench
      .toast(/^Remove 2 permissions from 2 policies\?/)
      .getByRole('button', { name: 'Continue…' })
      .click();
    await workbench.answer('Remove');
    await workbench.readToast(/^Removed 2 permissions from 2 policies/);
    await workbench.openPane('History');
    const removed = [/^Removed AllowS3 from function shop/, /^Removed Consumers from queue jobs/];
    await workbench.select(...(removed as [RegExp, RegExp]));
    await workbench.contextMenu(/^Removed Consumers from queue jobs/, 'Undo Change…');
    await expect(workbench.dialog).toContainText('Undo the changes to 2 policies?');
    await workbench.answer('Undo');
    await workbench.readToast(/^Undid the changes to 2 policies/);
    expect(withoutRevisions({ ...account.state(), layers: [] })).toEqual(
      withoutRevisions({ ...before, layers: [] }),
    );
  });

  await test.step('checked on the page', async () => {
    await workbench.contextMenu('shop', 'Open Policy');
    const page = workbench.webview;
    await page.getByRole('checkbox', { name: 'Select: AllowS3' }).check();
    await page.getByRole('checkbox', { name: 'Select: DenyStranger' }).check();
    await page.getByRole('button', { name: 'Remove Selected… (2)' }).click();
    await expect(workbench.dialog).toContainText('Remove 2 permissions from function shop?');
    await expect(workbench.dialog).toContainText('This WIDENS access');
    await workbench.answer('Remove');
    await expect(workbench.toast(/^Removed 2 permissions from function shop/)).toBeVisible();
    await expect(page.getByTestId('count')).toHaveText('1 statement');
    expect(sids(shop()?.policies['']?.text)).toEqual(['AllowEvents']);
  });
});
