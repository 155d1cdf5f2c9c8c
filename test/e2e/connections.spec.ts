import { expect, test } from './fixtures/accountTest';
import { test as vscodeTest } from './fixtures/vscodeTest';

vscodeTest(
  'a first look: the sample account, its state over a reload, its reset',
  async ({ workbench }) => {
    await workbench.openView('Resource Policies');
    const welcome = workbench.page.locator('.sidebar .welcome-view');
    await expect(
      welcome.getByRole('button', { name: 'Connect to AWS', exact: true }),
    ).toBeVisible();
    await welcome.getByRole('button', { name: 'Open the Sample Account' }).click();
    await expect(workbench.row(/Sample Account/)).toContainText('nothing leaves this machine');
    await workbench.expand('Lambda functions');
    await workbench.expand('order-api');
    await workbench.inlineAction(/^tidewater-shop-OrderApiTest/, 'Remove Permission…');
    await workbench.answer('Remove');
    await workbench.readToast(/^Removed/);
    await expect(workbench.row(/OrderApiTest/)).toBeHidden();

    await workbench.reload();
    await workbench.openView('Resource Policies');
    await workbench.expand('Lambda functions');
    await workbench.expand('order-api');
    await expect(workbench.row(/^7c9e6679/)).toBeVisible();
    await expect(workbench.row(/OrderApiTest/)).toBeHidden();

    await workbench.contextMenu(/Sample Account/, 'Reset the Sample Account…');
    await workbench.answer('Reset');
    await workbench.expand('Lambda functions');
    await workbench.expand('order-api');
    await expect(workbench.row(/OrderApiTest/)).toBeVisible();
  },
);

test.describe('from nothing', () => {
  test.use({
    machineSettings: {},
    homeFiles: {
      '.aws/config':
        '[profile team]\nregion = eu-west-1\n' +
        '[profile odd.name+x]\nregion = us-east-1\n[sso-session corp]\nsso_region = us-east-1\n',
      '.aws/credentials':
        '[team]\naws_access_key_id = AKIAUITESTEXAMPLE000\naws_secret_access_key = not-a-secret\n',
    },
  });

  test('a profile and its region are picked, shown with the account, and removed', async ({
    workbench,
  }) => {
    await workbench.openView('Resource Policies');
    await workbench.runCommand('Resource Policies: Connect to AWS…');
    await expect(workbench.quickOptions).toHaveCount(3);
    await workbench.pick('team');
    const regions = workbench.quickInput.locator('.quick-input-list .monaco-list-row');
    await expect(regions.first()).toContainText('Europe (Ireland)');
    await expect(regions.first()).toContainText("the profile's region");
    await workbench.press('Enter');
    await expect(workbench.row(/team · eu-west-1/)).toContainText('123456789012');
    await workbench.expand('SQS queues');
    await expect(workbench.row('jobs')).toBeVisible();
    // Several at once: each is a connection.
    await workbench.runCommand('Resource Policies: Connect to AWS…');
    await workbench.pick('team');
    await workbench.pickRegions('us-east-1', 'sa-east-1');
    await expect(workbench.row(/team · us-east-1/)).toBeVisible();
    for (const region of ['us-east-1', 'sa-east-1']) {
      await workbench.contextMenu(new RegExp(`team · ${region}`), 'Remove Connection');
      await expect(workbench.row(new RegExp(`team · ${region}`))).toBeHidden();
    }
    await workbench.contextMenu(/team · eu-west-1/, 'Remove Connection');
    await expect(workbench.row(/team · eu-west-1/)).toBeHidden();
    await expect(
      workbench.page
        .locator('.sidebar')
        .getByRole('button', { name: 'Connect to AWS', exact: true }),
    ).toBeVisible();
  });
});

test.describe('connections that do not work', () => {
  test.use({
    machineSettings: {
      'resourcePolicies.connections': [
        { profile: 'nobody', region: 'eu-west-1' },
        { region: 'eu-west-1' },
        { profile: 'x' },
      ],
    },
  });

  test('say why, each in its place', async ({ workbench, wire }) => {
    wire.addFault({
      operation: /^Lambda/,
      answer: { type: 'error', status: 403, name: 'ExpiredTokenException', message: 'old' },
    });
    await workbench.openView('Resource Policies');
    await expect(workbench.row(/Entry 3 of the setting is no connection/)).toBeVisible();
    await workbench.expand(/default credentials · /);
    await workbench.expand('SQS queues');
    await expect(workbench.row('jobs')).toBeVisible();
    await workbench.row('Lambda functions').locator('.monaco-tl-twistie').click();
    await expect(workbench.row(/^Session expired/)).toBeVisible();
    const tooltip = await workbench.tooltip(/^Session expired/);
    await expect(tooltip).toContainText('the session of the default credentials has expired');
    await workbench.collapse(/default credentials · /);
    await workbench.expand(/nobody · eu-west-1/);
    await expect(workbench.row(/No credentials: there is no profile "nobody"/)).toBeVisible();
  });
});
