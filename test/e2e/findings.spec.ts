import { audit, filter } from './fixtures/auditing';
import { expect, test } from './fixtures/vscodeTest';

test.use({ machineSettings: { 'resourcePolicies.connections': [{ sample: true }] } });

test('an audit leads to its findings, each to its place and its fix', async ({ workbench }) => {
  await audit(workbench);
  const page = workbench.webview;
  const inbox = /Everyone may SendMessage/;

  await test.step('a finding opens the policy at its place', async () => {
    await filter(workbench, 'partner-inbox');
    await expect(workbench.row(/Sample Account144 resources/)).toContainText('49 findings');
    await expect(workbench.row(inbox)).toContainText('partner-inbox · everyone-may-send');
    await workbench.clickRow(inbox);
    await expect(page.locator('.statement-row.is-current')).toContainText('everyone-may-send');
    await expect(page.locator('.statement-explanation').first()).toBeVisible();
  });

  await test.step('a fix is shown, made, and gone is the finding; undone it is back', async () => {
    await page.getByRole('button', { name: 'Fix…: Everyone may SendMessage' }).click();
    await workbench.pick(/Add a Condition/);
    await expect(workbench.dialog).toContainText('Add a condition to "everyone-may-send" of queue');
    await expect(workbench.dialog).toContainText(/Only if aws:PrincipalAccount is "\d{12}"\./);
    await workbench.answer('Add');
    await workbench.readToast(/partner-inbox/);
    await expect(workbench.row(inbox)).toHaveCount(0);
    await expect(page.getByTestId('policy-text')).toContainText('"aws:PrincipalAccount"');
    await workbench.openPane('History');
    await workbench.inlineAction(/partner-inbox/, 'Undo Change…');
    await workbench.answer('Undo');
    await expect(workbench.row(inbox)).toBeVisible();
    await workbench.readToast(/^Undid/);
  });

  await test.step('statements that can be one are merged, with the proof that nothing else changes', async () => {
    await filter(workbench, 'loyalty-points');
    const twice = workbench.row(/says the same as/);
    await workbench.contextMenu(/says the same as/, 'Fix Finding…');
    await workbench.pick(/Consolidate/);
    await expect(workbench.dialog).toContainText('5 statements become 2');
    await expect(workbench.dialog).toContainText('every answer is the same');
    await workbench.answer('Consolidate');
    await workbench.readToast(/loyalty-points/);
    await expect(twice).toHaveCount(0);
    await filter(workbench, 'partner-inbox');
  });

  await test.step('what is accepted stays in sight', async () => {
    await workbench.contextMenu(inbox, 'Accept Finding…');
    await workbench.enter('Partners post here.');
    await workbench.pick('90 days');
    await workbench.pick('For Me');
    await expect(workbench.row(inbox)).toHaveCount(0);
    await workbench.expand(/^Accepted/);
    await expect(workbench.row(inbox)).toBeVisible();
    await workbench.contextMenu(inbox, 'Withdraw Acceptance');
    await expect(workbench.row(/^Accepted/)).toHaveCount(0);
  });

  await test.step('by who gets in', async () => {
    await filter(workbench, '456789012345');
    await workbench.runCommand('Resource Policies: Group Findings By…');
    await workbench.pick('Who gets in');
    await expect
      .poll(async () =>
        (await workbench.rowTexts()).filter((row) => /LabelPrinter|python/.test(row)),
      )
      .toEqual([
        'Role LabelPrinter of 456789012345 · 1 finding',
        '  Role LabelPrinter of 456789012345 may InvokeFunction · partner-orders · courier-role',
        '  Account 456789012345 may GetLayerVersion · python-data:11 · courier',
      ]);
  });

  await test.step('it is still there when the window was reloaded', async () => {
    await workbench.reload();
    await workbench.openView('Resource Policies');
    await workbench.openPane('Findings');
    await expect(
      workbench.row(/Sample Account144 resources read, \d+ with a policy · 47 findings/),
    ).toBeVisible();
  });
});
