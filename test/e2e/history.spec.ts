import { expect, sids, test, withoutRevisions } from './fixtures/accountTest';

test('a change is kept over a reload, shown, undone, and its undo undone', async ({
  workbench,
  account,
}) => {
  const before = account.state();
  const sidsNow = () => {
    const shop = account.state().functions.find(({ name }) => name === 'shop');
    return sids(shop?.policies['']?.text);
  };
  const removed = 'Removed AllowEvents from function shop';

  await test.step('what was removed is listed, with its connection and account', async () => {
    await workbench.openView('Resource Policies');
    await workbench.expand('Lambda functions');
    await workbench.expand('shop');
    await workbench.inlineAction('AllowEvents', 'Remove Permission…');
    await workbench.answer('Remove');
    await workbench.readToast(/^Removed "AllowEvents"/);
    await workbench.openPane('History');
    await expect(workbench.row(removed)).toContainText('default credentials · eu-west-1');
    await expect(workbench.row(removed)).toContainText('123456789012');
  });

  await test.step('and still is after a reload of the window', async () => {
    await workbench.reload();
    await workbench.openView('Resource Policies');
    await workbench.openPane('History');
    await expect(workbench.row(removed)).toBeVisible({ timeout: 90_000 });
  });

  await test.step('its row opens the policy before and after it', async () => {
    await workbench.row(removed).click();
    await expect(workbench.tab(/^function shop, .*: before ↔ after/)).toBeVisible();
    const diff = workbench.page.locator('.monaco-diff-editor');
    // Only the side before it has the statement.
    await expect(diff).toContainText('AllowEvents');
    await expect(diff).toContainText('DenyStranger');
  });

  await test.step('undo from the row: the policy is what it was', async () => {
    expect(sidsNow()).not.toContain('AllowEvents');
    await workbench.inlineAction(removed, 'Undo Change…');
    await expect(workbench.dialog).toContainText('AllowEvents');
    await workbench.answer('Undo');
    await workbench.readToast(/^Undid the change to function shop/);
    expect(withoutRevisions(account.state())).toEqual(withoutRevisions(before));
    await expect(workbench.row(removed)).toContainText('undone');
  });

  await test.step('the undo is a change of its own, and can be undone', async () => {
    await workbench.inlineAction(`Undid: ${removed}`, 'Undo Change…');
    await workbench.answer('Undo');
    await workbench.readToast(/^Undid the change to function shop/);
    expect(sidsNow()).not.toContain('AllowEvents');
    await expect(workbench.row(`Redid: ${removed}`)).toBeVisible();
    await expect(workbench.row(`Undid: ${removed}`)).toContainText('undone');
    await expect(workbench.row(removed)).not.toContainText('undone');
  });
});

test('a change that was cut off by the end of its window is told of at the next start', async ({
  workbench,
  account,
  wire,
}) => {
  const shop = () => account.state().functions.find(({ name }) => name === 'shop');
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');
  wire.addFault({ operation: 'Lambda.RemovePermission', answer: { type: 'hangAfter' } });
  await workbench.inlineAction('AllowEvents', 'Remove Permission…');
  await workbench.answer('Remove');
  await expect.poll(() => sids(shop()?.policies['']?.text)).not.toContain('AllowEvents');
  // No view of ours is open when the window comes back.
  await workbench.press('Control+Shift+E');
  await expect(workbench.row('notes.txt')).toBeVisible();
  await workbench.reload();
  const told = workbench.toast(
    'A change was interrupted. "Removed AllowEvents from function shop": the change was made',
  );
  await expect(told).toBeVisible({ timeout: 120_000 });
  await told.getByRole('button', { name: 'Show History' }).click();
  await expect(workbench.row('Removed AllowEvents from function shop')).toBeVisible();
});
