import { expect, test } from './fixtures/accountTest';
import { oddText } from './fixtures/testAccount';

test('shows every state, byte for byte, and works by the keyboard', async ({
  workbench,
  account,
  wire,
}) => {
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  const page = workbench.webview;

  await test.step('the policy and its copy, byte for byte', async () => {
    await workbench.inlineAction('odd', 'Open Policy');
    await page.getByRole('button', { name: 'Raw' }).click();
    const shown = await page.getByTestId('policy-text').evaluate((element) => element.textContent);
    expect(shown).toBe(oddText);

    await page.getByRole('button', { name: 'Copy Policy' }).click();
    await expect.poll(() => workbench.clipboard()).toBe(oddText);

    // Formatting changes white space alone.
    await page.getByRole('button', { name: 'Formatted' }).click();
    const formatted = await page.getByTestId('policy-text').evaluate((e) => e.textContent);
    const bare = (text: string) => text.replace(/\s/g, '');
    expect(bare(formatted)).toBe(bare(oddText));
    expect(formatted.split('\n').length).toBeGreaterThan(10);
  });

  await test.step('no policy, one that could not be read, text that is no policy', async () => {
    wire.addFault({
      operation: 'SQS.GetQueueAttributes',
      answer: { type: 'error', status: 403, name: 'AccessDenied', message: 'not for you' },
      times: 1,
    });
    await workbench.expand('SQS queues');
    await workbench.inlineAction('jobs', 'Open Policy');
    await expect(page.getByTestId('notice')).toContainText(
      'The policy could not be read: access denied to sqs:GetQueueAttributes.',
    );
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByTestId('count')).toHaveText('2 of 20 statements');

    await workbench.inlineAction('idle', 'Open Policy');
    await expect(page.getByTestId('notice')).toContainText('This resource has no policy');

    await workbench.inlineAction('broken', 'Open Policy');
    await expect(page.getByTestId('notice')).toContainText('not valid JSON');
    await expect(page.getByTestId('policy-text')).toHaveText('{"Statement": [ oops');
  });

  await test.step('by the keyboard alone', async () => {
    await workbench.inlineAction('jobs', 'Open Policy');
    const remove = page
      .getByTestId('statements')
      .getByRole('button', { name: 'Remove…: Producers' });
    await expect(remove).toBeVisible();
    await page.getByRole('button', { name: 'Formatted' }).focus();
    for (let presses = 0; presses < 20; presses++) {
      if (await remove.evaluate((element) => element === document.activeElement)) break;
      await workbench.press('Tab');
    }
    await expect(remove).toBeFocused();
    await workbench.press('Enter');
    await expect(workbench.dialog).toContainText('"Producers" from queue jobs?');
    await workbench.press('Enter');
    await workbench.readToast(/^Removed "Producers"/);
    await expect(page.getByTestId('count')).toHaveText('1 of 20 statements');
    expect(account.state().queues[1]?.policy).not.toContain('Producers');
  });
});

test('says what it is about, follows changes, and comes back after a reload', async ({
  workbench,
  account,
}) => {
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');
  await expect(workbench.row('live')).toContainText('2 statements');
  await workbench.inlineAction('live', 'Open Policy');
  const page = workbench.webview;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('shop:live');
  for (const text of [
    'alias live → version 2',
    'arn:aws:lambda:eu-west-1:123456789012:function:shop:live',
    'default credentials · eu-west-1',
    '123456789012',
    'rev-live',
  ]) {
    await expect(page.getByTestId('facts')).toContainText(text);
  }
  await expect(page.getByTestId('count')).toHaveText('2 statements');
  await expect(page.getByRole('meter')).toHaveAttribute('aria-valuetext', /of 20,480 bytes/);

  await workbench.expand('live');
  await workbench.inlineAction('AllowApi', 'Remove Permission…');
  await workbench.answer('Remove');
  await expect(page.getByTestId('count')).toHaveText('1 statement');
  await expect(page.getByTestId('policy-text')).not.toContainText('AllowApi');

  // What is read anew is read for the page, too, whether its row is open or not.
  for (const [place, command] of [
    ['live', 'Refresh'],
    ['Lambda functions', 'Refresh'],
  ] as const) {
    await workbench.collapse(place);
    await workbench.contextMenu(place, command);
    await expect(page.locator('.main')).toHaveAttribute('aria-busy', 'false');
    await expect(page.getByTestId('count')).toHaveText('1 statement');
  }
  await workbench.runCommand('Resource Policies: Refresh');
  await expect(page.locator('.main')).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('count')).toHaveText('1 statement');
  await workbench.expand('Lambda functions');
  await workbench.expand('shop');

  // One page per resource: asking again shows the same one.
  await workbench.inlineAction('live', 'Open Policy');
  await expect(workbench.tab(/Policy: shop:live/)).toHaveCount(1);

  await page.getByRole('button', { name: 'Raw' }).click();
  await workbench.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('shop:live');
  await expect(page.getByRole('button', { name: 'Raw' })).toHaveAttribute('aria-pressed', 'true');
  const served = account.state().functions[0]?.policies.live?.text;
  const shown = await page.getByTestId('policy-text').evaluate((element) => element.textContent);
  expect(shown).toBe(served);
});
