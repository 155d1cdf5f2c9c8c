import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  fromContainerMetadata,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromNodeProviderChain,
  fromProcess,
} from '@aws-sdk/credential-providers';
import {
  dev,
  first,
  identityBench,
  other,
  own,
  roleArn,
  second,
  summary,
  third,
} from './identityBench';

suite('Identity services: A credential process', function () {
  this.timeout(30_000);
  const at = identityBench();

  const configure = (command: string) =>
    at.home.writeConfig(`[profile p]\ncredential_process = ${command}\n`);

  test('that prints a session; its answer can change', async () => {
    const session = at.services.startSession(dev, 900);
    configure(at.home.credentialProcess('keys', { type: 'session', session }));
    const provider = fromProcess({ profile: 'p' });
    assert.deepEqual(summary(await provider()), {
      accessKeyId: first,
      accountId: own,
      lasts: 900,
    });
    at.home.credentialProcess('keys', { type: 'keys', ...dev });
    const found = await provider();
    assert.equal(found.accessKeyId, dev.accessKeyId);
    assert.equal(found.expiration, undefined);
    assert.equal((await at.identity(found)).arn, dev.arn);
    assert.equal(at.home.runsOf('keys'), 2);
  });

  test('that prints rubbish, or fails', async () => {
    configure(at.home.credentialProcess('bad', { type: 'text', text: 'Signing you in …' }));
    await assert.rejects(fromProcess({ profile: 'p' })(), { message: /returned invalid JSON/ });
    at.home.credentialProcess('bad', { type: 'exit', code: 1, stderr: 'no key found' });
    await assert.rejects(fromProcess({ profile: 'p' })(), { message: /no key found/ });
  });

  test('that hangs is ended with the home', async () => {
    configure(at.home.credentialProcess('slow', { type: 'hang' }));
    const ended = assert.rejects(fromProcess({ profile: 'p' })(), { message: /Command failed/ });
    while (at.home.runsOf('slow') === 0) await sleep(20);
    at.home.remove();
    await ended;
  });
});

suite('Identity services: A machine', function () {
  this.timeout(30_000);
  const at = identityBench();

  test('an EC2 instance, by version 2', async () => {
    Object.assign(process.env, at.services.instanceEnvironment);
    const found = await fromInstanceMetadata({ ec2MetadataV1Disabled: true })();
    assert.equal(found.accessKeyId, first);
    assert.equal(summary(found).lasts, 21_600);
    assert.deepEqual(at.operations(), [
      'InstanceMetadata.GetToken',
      'InstanceMetadata.GetRole',
      'InstanceMetadata.GetCredentials',
    ]);
    const arn = `arn:aws:sts::${own}:assumed-role/web-server/i-0123456789abcdef0`;
    assert.equal((await at.identity(found)).arn, arn);
    assert.equal((await fromNodeProviderChain()()).accessKeyId, second);
  });

  test('version 1 of the metadata service is not there', async () => {
    const path = '/latest/meta-data/iam/security-credentials/';
    const answer = await fetch(`${at.services.endpoint}${path}`);
    assert.equal(answer.status, 401);
  });

  test('a source of credentials for a role', async () => {
    Object.assign(process.env, at.services.instanceEnvironment);
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('reader')}\ncredential_source = Ec2InstanceMetadata\n`,
    );
    assert.equal((await fromIni({ profile: 'r' })()).accountId, other);
    assert.equal(at.services.requests.at(-1)?.accessKeyId, first);
  });

  test('a container', async () => {
    Object.assign(process.env, at.services.containerEnvironment);
    const found = await fromHttp()();
    assert.equal(found.accessKeyId, first);
    assert.equal((await fromContainerMetadata()()).accessKeyId, second);
    const arn = `arn:aws:sts::${own}:assumed-role/task-role/task`;
    assert.equal((await at.identity(found)).arn, arn);
    assert.equal((await fromNodeProviderChain()()).accessKeyId, third);
  });

  test('a container with another authorization token: 403', async () => {
    Object.assign(process.env, at.services.containerEnvironment);
    process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] = 'other';
    await assert.rejects(fromHttp({ maxRetries: 0 })(), {
      message: 'Server responded with status: 403',
    });
    await assert.rejects(fromContainerMetadata()(), { statusCode: 403 });
  });
});
