import { expect, sids, test, withoutRevisions } from './fixtures/accountTest';
import type { Workbench } from './fixtures/workbench';

/** The view is closed at first, below the resources. */
async function openHistory({ page }: Workbench): Promise<void> {
  const header = page.locator('.sidebar .pane-header').filter({ hasText: 'History' });
  await expect(header).toBeVisible({ timeout: 90_000 });
  await expect(async () => {
    if ((await header.getAttribute('aria-expanded')) !== 'true') {
      await header.click({ timeout: 8_000 });
    }
    await expect(header).toHaveAttribute('aria-expanded', 'true', { timeout: 8_000 });
  }).toPass({ timeout: 90_000 });
}

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
    await openHistory(workbench);
    await expect(workbench.row(removed)).toContainText('default credentials · eu-west-1');
    await expect(workbench.row(removed)).toContainText('123456789012');
  });

  await test.step('and still is after a reload of the window', async () => {
    await workbench.reload();
    await workbench.openView('Resource Policies');
    await openHistory(workbench);
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
