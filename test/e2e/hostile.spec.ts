import type { SampleState } from '../../src/sample/state';
import { expect, test } from './fixtures/accountTest';
import { policy, testAccount } from './fixtures/testAccount';

/** Everything that some surface of VS Code could take for HTML, a link, a command or an icon. */
const script = '<img src=x onerror="top.owned=window.owned=1">';
const link = '[click](command:workbench.action.newWindow)';
const icon = '$(flame)';
const sid = `${script} ${link} ${icon} **bold**`;

const seed: SampleState = {
  ...testAccount,
  queues: [
    {
      name: 'target',
      policy: policy('', {
        [sid]: {
          Principal: { AWS: `${link}${script}` },
          Action: `sqs:${icon}`,
          Resource: link,
          Condition: { StringEquals: { [link]: [script, icon] } },
        },
        // Removable, so that its fields also pass through the question.
        Fine: { Principal: { AWS: `${link} ${icon}` }, Action: 'sqs:SendMessage', Resource: link },
      }).text,
    },
  ],
};

test.use({ seed });

// The input boxes (name filter, region) carry no text from AWS.
test('text from AWS is text on every surface', async ({ workbench, page, context }) => {
  const visible = (text: string) => text.replaceAll('\u2060', '');

  await workbench.openView('Resource Policies');
  await workbench.expand('SQS queues');
  await workbench.expand('target');
  const row = workbench.row(/onerror/);
  await expect(row).toBeVisible();
  expect(visible((await row.textContent()) ?? '')).toContain(`${script} [click](command:`);
  await expect(row.locator('img, a[href]')).toHaveCount(0);

  const tooltip = await workbench.tooltip(/onerror/);
  await expect(tooltip).toContainText('onerror');
  await expect(tooltip.locator('img')).toHaveCount(0);
  await expect(tooltip.locator('a[href^="command"], a[data-href^="command"]')).toHaveCount(0);
  await expect(tooltip.locator('.codicon-flame')).toHaveCount(0);

  // The tooltip lies over the rows until the mouse has gone.
  await page.mouse.move(900, 600);
  await expect(tooltip).toBeHidden();

  // The question, the progress and the message.
  await workbench.inlineAction('Fine', 'Remove Permission…');
  await expect(workbench.dialog).toContainText('[click]');
  await expect(workbench.dialog.locator('img, a[href], .codicon-flame')).toHaveCount(0);
  await workbench.answer('Remove');
  await workbench.readToast(/^Removed "Fine"/);

  // The quick pick: title and rows.
  await workbench.runCommand('Resource Policies: Remove Permission…');
  await workbench.pick('target');
  await expect(workbench.quickOptions.filter({ hasText: 'onerror' })).toBeVisible();
  await expect(workbench.quickInput.locator('img, a[href], .codicon-flame')).toHaveCount(0);
  await workbench.press('Escape');

  // The policy page.
  await workbench.inlineAction('target', 'Open Policy');
  const view = workbench.webview;
  await expect(view.getByTestId('policy-text')).toContainText(script.replaceAll('"', '\\"'));
  await expect(view.locator('img, a[href]')).toHaveCount(0);
  await expect(view.getByTestId('statements')).toContainText('[click](command:');

  // The message after a removal, and the row of the history.
  await workbench.inlineAction(/onerror/, 'Remove Permission…');
  await expect(workbench.dialog).toContainText('onerror');
  await expect(workbench.dialog.locator('img, a[href], .codicon-flame')).toHaveCount(0);
  await workbench.answer('Remove');
  const toast = workbench.toast(/^Removed/);
  await expect(toast).toBeVisible();
  expect(visible((await toast.textContent()) ?? '')).toContain(link.slice(0, 20));
  await expect(toast.locator('img, .notification-list-item-message a')).toHaveCount(0);
  await expect(toast.locator('.codicon-flame')).toHaveCount(0);
  await page.locator('.sidebar .pane-header').filter({ hasText: 'History' }).click();
  const change = workbench.row(/Removed .*onerror/);
  await expect(change).toBeVisible();
  await expect(change.locator('img, a[href], .codicon-flame')).toHaveCount(0);

  // No script ran, in no document; no command opened a window.
  for (const frame of page.frames()) {
    expect(await frame.evaluate(() => 'owned' in window || 'owned' in (top ?? {}))).toBe(false);
  }
  expect(context.pages()).toEqual([page]);
});
