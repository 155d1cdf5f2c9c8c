import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAws } from '../../src/aws/openAws';
import type { AccessTarget, AccountAccess } from '../../src/core/awsAccess';
import { queueNamed, signal, summary, withStores } from './stores';

/** Whatever of the person's own environment could lead the SDK elsewhere is taken away. */
function withAwsFiles(): (config: string, credentials?: string, env?: NodeJS.ProcessEnv) => void {
  const own = { ...process.env };
  let folder = '';
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'aws-files-'));
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
    }
    process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  });
  teardown(() => {
    for (const name of Object.keys(process.env)) {
      if (!(name in own)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, own);
    rmSync(folder, { recursive: true, force: true });
  });
  return (config, credentials, env = {}) => {
    writeFileSync(path.join(folder, 'config'), config);
    if (credentials !== undefined) writeFileSync(path.join(folder, 'credentials'), credentials);
    Object.assign(process.env, env);
  };
}

suite('Profiles', () => {
  const files = withAwsFiles();
  const profiles = async () => {
    const { profiles: all } = await openAws(() => undefined).config();
    return all.map(({ name, region }) => ({ name, region }));
  };

  test('of both files, by name, each with its region', async () => {
    files(
      '[default]\nregion = eu-west-1\n\n[profile work]\nregion=us-east-2\nrole_arn = x\n[profile bare]\noutput = json\n',
      '[default]\naws_access_key_id = A\n[keys]\naws_access_key_id = B\nregion = ap-south-1\n',
    );
    assert.deepEqual(await profiles(), [
      { name: 'bare', region: undefined },
      { name: 'default', region: 'eu-west-1' },
      { name: 'keys', region: 'ap-south-1' },
      { name: 'work', region: 'us-east-2' },
    ]);
  });

  test('what the credentials file sets wins, the region too', async () => {
    files('[profile a]\nregion = eu-west-1\n', '[a]\nregion = us-east-1\n');
    assert.deepEqual(await profiles(), [{ name: 'a', region: 'us-east-1' }]);
  });

  test('sso-session and services sections are no profiles', async () => {
    files(
      '[sso-session corp]\nsso_region = eu-west-1\n[services local]\nlambda =\n  endpoint_url = http://x\n' +
        '[profile sso-session]\noutput = json\n[profile services]\noutput = json\n[profile dev]\nsso_session = corp\n',
    );
    const names = (await profiles()).map(({ name }) => name);
    assert.deepEqual(names.sort(), ['dev', 'services', 'sso-session']);
  });

  test('odd names', async () => {
    const sections = ['a.b', 'me@corp', 'x/y', '"quoted"', '日本'].map(
      (name) => `[profile ${name}]\noutput = json\n`,
    );
    files(`${sections.join('')}; [profile no]\n# [profile no]\n`);
    const names = (await profiles()).map(({ name }) => name);
    assert.deepEqual(names.sort(), ['a.b', 'me@corp', 'quoted', 'x/y', '日本']);
  });

  test('no files: none', async () => {
    assert.deepEqual(await profiles(), []);
  });

  test('a change of the files is seen', async () => {
    files('[profile a]\noutput = json\n');
    await profiles();
    files('[profile b]\noutput = json\n');
    assert.deepEqual(
      (await profiles()).map(({ name }) => name),
      ['b'],
    );
  });
});

suite('Credentials and endpoints', function () {
  this.timeout(30_000);
  const at = withStores();
  const files = withAwsFiles();
  let opened: AccountAccess | undefined;
  teardown(() => opened?.close());

  const keys = () => {
    const { accessKeyId, secretAccessKey } = at.account.credentials;
    return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  };
  const open = (target: AccessTarget) => (opened = openAws(() => undefined).open(target));
  const identity = async (target: AccessTarget) => {
    const reading = await open(target).identity(signal());
    return reading.state === 'known' ? reading.accountId : reading.failure.code;
  };

  test('an unknown profile: profileUnknown, and nothing is sent', async () => {
    files('[profile a]\n', '', { AWS_ENDPOINT_URL: at.proxy.endpoint });
    assert.equal(await identity({ profile: 'b', region: 'eu-west-1' }), 'profileUnknown');
    assert.equal(at.proxy.requests.length, 0);
  });

  test('a profile without credentials: credentialsMissing', async () => {
    files('[profile a]\nregion = eu-west-1\n', '', { AWS_ENDPOINT_URL: at.proxy.endpoint });
    assert.equal(await identity({ profile: 'a', region: 'eu-west-1' }), 'credentialsMissing');
  });

  test('an SSO profile that is not signed in: credentialsExpired', async () => {
    files(
      '[profile a]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n' +
        '[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.invalid/start\n',
      '',
      { AWS_ENDPOINT_URL: at.proxy.endpoint },
    );
    assert.equal(await identity({ profile: 'a', region: 'eu-west-1' }), 'credentialsExpired');
  });

  test('keys that were replaced in the file are used soon, without opening anew', async () => {
    const env = { AWS_ENDPOINT_URL: at.proxy.endpoint };
    files('', '[a]\naws_access_key_id = AKIAOLD\naws_secret_access_key = x\n', env);
    const access = open({ profile: 'a', region: 'eu-west-1' });
    const state = async () => (await access.identity(signal())).state;
    assert.equal(await state(), 'unknown');
    files('', `[a]\n${keys()}`);
    const deadline = Date.now() + 30_000;
    while ((await state()) === 'unknown') {
      assert.ok(Date.now() < deadline);
      await sleep(500);
    }
  });

  test('keys that are not the account’s: credentialsInvalid', async () => {
    files('', '[a]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = x\n', {
      AWS_ENDPOINT_URL: at.proxy.endpoint,
    });
    assert.equal(await identity({ profile: 'a', region: 'eu-west-1' }), 'credentialsInvalid');
  });

  test('the keys of the profile are used, not those of the environment', async () => {
    files('', `[a]\n${keys()}`, {
      AWS_ENDPOINT_URL: at.proxy.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAOTHER',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    assert.equal(await identity({ profile: 'a', region: 'eu-west-1' }), '123456789012');
  });

  test('without a profile, those of the environment', async () => {
    const { accessKeyId, secretAccessKey } = at.account.credentials;
    files('', '[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = x\n', {
      AWS_ENDPOINT_URL: at.proxy.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
    assert.equal(await identity({ region: 'eu-west-1' }), '123456789012');
  });

  test('AWS_ENDPOINT_URL leads all three services there, queues too', async () => {
    files('', `[a]\n${keys()}`, { AWS_ENDPOINT_URL: at.proxy.endpoint });
    await reachAll({ profile: 'a', region: 'eu-west-1' });
    assert.deepEqual(seen(), [
      'Lambda.ListFunctions',
      'SQS.GetQueueAttributes',
      'STS.GetCallerIdentity',
    ]);
  });

  test('AWS_ENDPOINT_URL_LAMBDA, _SQS and _STS lead each service its own way', async () => {
    files('', `[a]\n${keys()}`, {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_LAMBDA: at.proxy.endpoint,
      AWS_ENDPOINT_URL_SQS: at.proxy.endpoint,
      AWS_ENDPOINT_URL_STS: at.account.endpoint,
    });
    await reachAll({ profile: 'a', region: 'eu-west-1' });
    assert.deepEqual(seen(), ['Lambda.ListFunctions', 'SQS.GetQueueAttributes']);
  });

  test('endpoint_url of the profile leads all three services there', async () => {
    files(`[profile a]\nendpoint_url = ${at.proxy.endpoint}\n`, `[a]\n${keys()}`);
    await reachAll({ profile: 'a', region: 'eu-west-1' });
    assert.deepEqual(seen(), [
      'Lambda.ListFunctions',
      'SQS.GetQueueAttributes',
      'STS.GetCallerIdentity',
    ]);
  });

  test('endpoint_url of another profile leads nobody there', async () => {
    files(
      `[default]\nendpoint_url = http://127.0.0.1:9\n[profile a]\nendpoint_url = ${at.proxy.endpoint}\n`,
      `[a]\n${keys()}`,
    );
    await reachAll({ profile: 'a', region: 'eu-west-1' });
    assert.equal(seen().length, 3);
  });

  test('a services section names an endpoint for each service', async () => {
    files(
      `[profile a]\nservices = local\nendpoint_url = http://127.0.0.1:9\n` +
        `[services local]\nlambda =\n  endpoint_url = ${at.proxy.endpoint}\n` +
        `sqs =\n  endpoint_url = ${at.proxy.endpoint}\nsts =\n  endpoint_url = ${at.proxy.endpoint}\n`,
      `[a]\n${keys()}`,
    );
    await reachAll({ profile: 'a', region: 'eu-west-1' });
    assert.equal(seen().length, 3);
  });

  test('the sample account’s endpoint stands against any that is configured', async () => {
    files('[default]\nendpoint_url = http://127.0.0.1:9\n', '', {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_USE_FIPS_ENDPOINT: 'true',
    });
    const { region, credentials } = at.account;
    const target = { region, endpoint: at.proxy.endpoint, ...credentials };
    opened = openAws(() => undefined).open(target);
    assert.equal((await opened.identity(signal())).state, 'known');
  });

  test('an endpoint where nobody listens: unreachable', async () => {
    const port = await freePort();
    files('', `[a]\n${keys()}`, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    assert.equal(await identity({ profile: 'a', region: 'eu-west-1' }), 'unreachable');
  });

  async function reachAll(target: AccessTarget): Promise<void> {
    const access = open(target);
    const { lambdaFunction, sqsQueue } = access.stores;
    const identified = await access.identity(signal());
    assert.ok(identified.state === 'known', JSON.stringify(identified));
    for await (const page of lambdaFunction.list(signal())) assert.ok(page.length > 0);
    const reading = await sqsQueue.read(queueNamed('shared'), { signal: signal() });
    assert.equal(summary(reading), 'policy');
  }

  function seen(): readonly string[] {
    return at.proxy.requests.map(({ operation }) => operation).sort();
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
