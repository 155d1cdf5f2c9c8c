import path from 'node:path';
import type { Workbench } from '../e2e/fixtures/workbench';
import { expect, test } from '../e2e/fixtures/vscodeTest';

const media = path.join(__dirname, '../../media');

test.use({
  machineSettings: { 'resourcePolicies.connections': [{ sample: true }] },
  userSettings: {
    'workbench.colorTheme': 'Default Dark Modern',
    'workbench.activityBar.location': 'default',
    'breadcrumbs.enabled': false,
  },
  viewport: { width: 1200, height: 700 },
});

async function openPage(workbench: Workbench): Promise<void> {
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('order-api');
  await expect(workbench.row(/live/)).toContainText('statement');
  await workbench.inlineAction('order-api', 'Open Policy');
  await expect(workbench.webview.getByTestId('count')).toBeVisible();
  // A sidebar wide enough to read: the sash is dragged as a person would.
  const sash = workbench.page.locator('.monaco-sash.vertical').nth(1);
  const box = await sash.boundingBox();
  if (box) {
    await workbench.page.mouse.move(box.x + 2, 300);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + 130, 300, { steps: 5 });
    await workbench.page.mouse.up();
  }
}

test('overview, tree, page and question', async ({ workbench, page }) => {
  await openPage(workbench);
  await page.mouse.move(600, 20);
  await page.screenshot({ path: path.join(media, 'overview.png') });
  await page.locator('.sidebar').screenshot({ path: path.join(media, 'tree.png') });
  await page.locator('.part.editor').screenshot({ path: path.join(media, 'page.png') });
  await workbench.contextMenu(/^tidewater-shop-OrderApiTest/, 'Remove Permission…');
  await workbench.dialog.screenshot({ path: path.join(media, 'remove.png') });
});
