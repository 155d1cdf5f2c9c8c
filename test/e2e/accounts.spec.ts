import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  expect,
  installCli,
  keysOf,
  other,
  otherKey,
  own,
  ownKey,
  region,
  test,
} from './fixtures/accountsTest';
import type { IdentityServices } from '../identity/identityServices';

test.describe('two connections of different accounts', () => {
  test.use({
    machineSettings: {
      'resourcePolicies.connections': [
        { profile: 'ours', region },
        { profile: 'partner', region, name: 'Partner', color: 'orange' },
      ],
    },
    homeFiles: { '.aws/credentials': keysOf('ours', ownKey) + keysOf('partner', otherKey) },
  });

  test('slow answers never come under another account', async ({ workbench, services, home }) => {
    await workbench.openView('Resource Policies');
    await expect(workbench.row(/ours · eu-west-1/)).toContainText(own);
    await expect(workbench.row(/Partner/)).toContainText(other);
    const release = holdLists(services, ownKey);
    await workbench.expand(/ours · eu-west-1/);
    await workbench.expand('Lambda functions');
    await expect(workbench.row('Loading…')).toBeVisible();

    // Removed while its answer is on the way.
    await workbench.contextMenu(/ours · eu-west-1/, 'Remove Connection');
    await expect(workbench.row(/ours · eu-west-1/)).toBeHidden();
    await expect(workbench.focusedRow).toContainText('Partner');
    await workbench.expand(/Partner/);
    await workbench.expand('Lambda functions');
    await expect(workbench.row('theirs')).toBeVisible();
    release();
    await workbench.treeAtRest();
    expect((await workbench.rowTexts()).map((text) => text.trim())).not.toContain('shop');

    // Added again, while the other one is slow.
    await workbench.collapse(/Partner/);
    const releaseOther = holdLists(services, otherKey);
    await workbench.contextMenu(/Partner/, 'Refresh');
    await workbench.runCommand('Resource Policies: Connect to AWS…');
    await workbench.pick('ours');
    await workbench.pickRegions(region);
    await expect(workbench.row(/ours · eu-west-1/)).toContainText(own);
    // It is shown, which no message says.
    await expect(workbench.focusedRow).toContainText('ours · eu-west-1');
    await expect(workbench.toasts).toHaveCount(0);
    await workbench.expand(/ours · eu-west-1/);
    await workbench.expand(/^Lambda functions/);
    await expect(workbench.row('shop')).toBeVisible();
    await expect(workbench.row('theirs')).toBeHidden();
    releaseOther();

    // The keys of the profile become those of the other account, with an answer on the way.
    const releaseLast = holdLists(services, ownKey);
    await workbench.contextMenu(/^Lambda functions/, 'Refresh');
    home.write('.aws/credentials', keysOf('ours', otherKey) + keysOf('partner', otherKey));
    await expect(workbench.row(/Stopped: another account/)).toContainText(
      `ours leads to account ${other} now, no longer to ${own}`,
    );
    releaseLast();
    await workbench.treeAtRest();
    const rows = (await workbench.rowTexts()).map((text) => text.trim());
    expect(rows.filter((text) => text === 'shop' || text === 'theirs')).toEqual([]);

    await workbench.inlineAction(/Stopped: another account/, 'Accept the New Account…');
    await workbench.answer(`Use Account ${other}`);
    await expect(workbench.row(/ours · eu-west-1/)).toContainText(other);
    await workbench.expand(/^Lambda functions/);
    await expect(workbench.row('theirs')).toBeVisible();
  });

  test('the account that a change is in comes first in the question', async ({ workbench }) => {
    await workbench.openView('Resource Policies');
    await expect(workbench.row(/Partner/)).toContainText(other);
    await workbench.expand(/ours · eu-west-1/);
    await workbench.expand('Lambda functions');
    await workbench.expand('shop');
    await workbench.inlineAction(/^AllowS3/, 'Remove Permission…');
    await expect(workbench.dialog).toContainText(
      `Account ${own} (ours · eu-west-1): Remove the permission "AllowS3" from function shop?`,
    );
    await workbench.answer('Cancel');
  });
});

/** Holds back the lists of functions that are asked for with a key, until the function is called. */
function holdLists(services: IdentityServices, accessKeyId: string): () => void {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  services.addFault({
    operation: 'Lambda.ListFunctions',
    match: (request) => request.accessKeyId === accessKeyId,
    answer: { type: 'before', run: () => released },
  });
  return release;
}

test.describe('single sign-on', () => {
  const session = 'corp';
  test.use({
    machineSettings: { 'resourcePolicies.connections': [{ profile: 'odd name; x', region }] },
    homeFiles: {
      '.aws/config':
        `[profile "odd name; x"]\nsso_session = ${session}\nsso_account_id = ${own}\n` +
        `sso_role_name = Admin\n[sso-session ${session}]\nsso_region = ${region}\n` +
        'sso_start_url = https://corp.example.invalid/start\n',
    },
  });

  test('an expired session recovers by signing in, without a reload', async ({
    workbench,
    folders,
    services,
    home,
  }) => {
    installCli(folders.home, session, services.ssoSignIn(3600));
    await workbench.openView('Resource Policies');
    const expired = workbench.row(/^Session expired/);
    await expect(expired).toBeVisible();
    await workbench.inlineAction(/^Session expired/, 'Sign In…');
    await expect(workbench.row(/odd name; x · eu-west-1/)).toContainText(own);
    await workbench.expand('Lambda functions');
    await expect(workbench.row('shop')).toBeVisible();
    const called = readFileSync(path.join(folders.home, 'called.json'), 'utf8');
    expect(JSON.parse(called)).toEqual(['sso', 'login', '--profile', 'odd name; x']);

    // It ends during use; somebody signs in elsewhere.
    services.revokeTokens();
    for (const { accessKeyId } of services.sessions) services.expireNow(accessKeyId);
    await workbench.contextMenu('Lambda functions', 'Refresh');
    await expect(expired).toBeVisible();
    await expect(workbench.row('shop')).toBeHidden();
    home.signIn(session);
    await expect(expired).toBeHidden();
    await workbench.expand('Lambda functions');
    await expect(workbench.row('shop')).toBeVisible();
  });
});

test.describe('protected profiles', () => {
  test.use({
    machineSettings: { 'resourcePolicies.connections': [{ profile: 'shop-prod', region }] },
    homeFiles: { '.aws/credentials': keysOf('shop-prod', ownKey) },
  });

  test('ask for the name of the resource, and for the number of statements', async ({
    workbench,
    services,
  }) => {
    const writes = () =>
      services.requests.filter(({ operation }) => /\.(Remove|Put|Set|Add|Delete)/.test(operation));
    await workbench.openView('Resource Policies');
    await expect(workbench.row(/shop-prod · eu-west-1/)).toContainText('protected');
    await workbench.expand('Lambda functions');
    await workbench.expand('shop');
    await workbench.inlineAction(/^AllowS3/, 'Remove Permission…');
    await workbench.answer('Remove');
    await expect(workbench.quickInput).toContainText(
      `Protected: Account ${own} (shop-prod · eu-west-1)`,
    );
    // Nothing typed is no answer.
    await workbench.press('Enter');
    await expect(workbench.quickInput).toContainText('Type shop to go on.');
    await workbench.enter('shopp');
    await expect(workbench.quickInput).toContainText('Type shop to go on.');
    await workbench.press('Escape');
    await expect(workbench.quickInput).toBeHidden();
    expect(writes()).toEqual([]);

    await workbench.inlineAction(/^AllowS3/, 'Remove Permission…');
    await workbench.answer('Remove');
    await workbench.enter('shop');
    await workbench.readToast(/^Removed "AllowS3"/);
    expect(writes().length).toBe(1);

    await workbench.expand('live');
    await workbench.select(/^AllowEvents/, /^AllowApi/);
    await workbench.contextMenu(/^AllowApi/, 'Remove Permission…');
    await workbench.answer('Remove');
    await expect(workbench.quickInput).toContainText('the number of statements');
    await workbench.enter('3');
    await expect(workbench.quickInput).toContainText('Type 2 to go on.');
    await workbench.enter('2');
    await workbench.readToast(/^Removed 2/);
    expect(writes().length).toBe(3);
  });
});
