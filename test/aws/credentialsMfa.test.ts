import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MfaRequest } from '../../src/core/awsAccess';
import { mfaDevice, own, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';

suite('Credentials: MFA', function () {
  this.timeout(30_000);
  const at = credentialsBench();

  const guarded = `role_arn = ${roleArn('guarded')}\nsource_profile = dev\nmfa_serial = ${mfaDevice}\n`;
  setup(() => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile r]\n${guarded}` +
        `[profile one]\nrole_arn = ${roleArn('reader')}\nsource_profile = r\n` +
        `[profile two]\nrole_arn = ${roleArn('partner')}\nsource_profile = r\nexternal_id = agreed\n`,
    );
    at.addSecret('111111', '222222', '333333');
  });

  test('a prompt that is cancelled is an outcome, which later calls do not ask about', async () => {
    const access = at.open({ profile: 'r' });
    assert.equal(await at.account(access), 'mfaCancelled');
    assert.deepEqual(at.failure?.cause, {
      type: 'role',
      profile: 'r',
      roleArn: roleArn('guarded'),
      region: 'eu-west-1',
    });
    assert.equal(await at.list(access), 'mfaCancelled');
    assert.equal(await at.write(access), 'mfaCancelled');
    assert.equal(await at.list(at.open({ profile: 'r', region: 'us-east-1' })), 'mfaCancelled');
    assert.equal(at.prompts.length, 1);
    assert.deepEqual(at.operations, []);
  });

  test('a cancelled one is asked again after it was forgotten', async () => {
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'mfaCancelled');
    at.answers = ['111111'];
    at.aws.forget('r', false);
    assert.equal(await at.list(access), 'theirs');
    assert.equal(at.prompts.length, 2);
  });

  test('a cancelled one is asked again when the profile is another', async () => {
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'mfaCancelled');
    at.home.writeConfig(`[profile r]\n${guarded}role_session_name = me\n`);
    at.answers = ['111111'];
    assert.equal(await at.list(access), 'theirs');
  });

  test('a wrong code is refused, and not asked for again by itself', async () => {
    const access = at.open({ profile: 'r' });
    at.answers = ['333333', '111111'];
    assert.equal(await at.list(access), 'mfaRefused');
    assert.equal(await at.write(access), 'mfaRefused');
    assert.equal(await at.account(access), 'mfaRefused');
    assert.equal(at.count('STS.AssumeRole'), 1);
    assert.equal(at.prompts.length, 1);
    at.aws.forget('r', false);
    assert.equal(await at.list(access), 'theirs');
  });

  test('what is looked up anew, a session that goes on is not: no code is asked for again', async () => {
    at.answers = ['111111'];
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'theirs');
    at.aws.forget('r', false);
    // Over it a role that is refused, whose refresh is none of the session.
    at.home.writeConfig(
      `[profile r]\n${guarded}[profile bad]\nrole_arn = ${roleArn('nobody')}\nsource_profile = r\n`,
    );
    const bad = at.open({ profile: 'bad' });
    assert.equal(await at.list(bad), 'accessDenied');
    at.aws.forget('bad', false);
    assert.equal(await at.list(bad), 'accessDenied');
    assert.equal(await at.list(access), 'theirs');
    assert.equal(at.prompts.length, 1);
  });

  test('it is known whether one would be asked for', async () => {
    const access = at.open({ profile: 'r' });
    const over = at.open({ profile: 'one' });
    const asks = async () => [await access.asksPerson(), await over.asksPerson()];
    assert.deepEqual(await asks(), [true, true]);
    assert.equal(await at.list(access), 'mfaCancelled');
    assert.deepEqual(await asks(), [false, false]);
    at.aws.forget('r', false);
    at.answers = ['111111'];
    assert.deepEqual(await asks(), [true, true]);
    assert.equal(await at.list(access), 'theirs');
    assert.deepEqual(await asks(), [false, false]);
    assert.equal(await at.open({ profile: 'dev' }).asksPerson(), false);
    assert.equal(await at.open({ profile: 'no such' }).asksPerson(), false);
  });

  test('each code counts once: a used one is refused', async () => {
    at.answers = ['111111', '111111'];
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'theirs');
    at.aws.forget('r', true);
    assert.equal(await at.list(access), 'mfaRefused');
  });

  test('without credentials to take on the role with, no code is asked for', async () => {
    at.home.writeConfig(
      `[profile r]\n${guarded.replace('= dev', '= s')}[profile s]\nsso_session = s\n` +
        `sso_account_id = ${own}\nsso_role_name = Admin\n[sso-session s]\nsso_region = us-east-1\n` +
        'sso_start_url = https://x\n',
    );
    assert.equal(await at.list(at.open({ profile: 'r' })), 'credentialsExpired');
    assert.deepEqual(at.prompts, []);
  });

  test('when AWS cannot be reached after the code was given, the next calls do not ask', async () => {
    at.answers = ['111111', '222222'];
    const take = at.services.addFault({ operation: 'STS.AssumeRole', answer: { type: 'reset' } });
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'unreachable');
    take();
    assert.equal(await at.list(access), 'unreachable');
    assert.equal(at.prompts.length, 1);
    at.aws.forget('r', false);
    assert.equal(await at.list(access), 'theirs');
  });

  test('one code serves all roles over the role that needs it', async () => {
    at.answers = ['111111'];
    const profiles = ['one', 'two', 'r', 'one'];
    const lists = profiles.map((profile) => at.list(at.open({ profile })));
    assert.deepEqual(await Promise.all(lists), ['theirs', 'theirs', 'theirs', 'theirs']);
    assert.equal(at.prompts.length, 1);
    assert.equal(at.count('STS.AssumeRole'), 3);
  });

  test('to forget a profile is to forget what it depends on', async () => {
    const access = at.open({ profile: 'one' });
    assert.equal(await at.list(access), 'mfaCancelled');
    at.answers = ['111111'];
    at.aws.forget('one', false);
    assert.equal(await at.list(access), 'theirs');
  });

  for (const [what, code, outcome] of [
    ['cancelled', undefined, 'mfaCancelled'],
    ['answered', '111111', 'theirs'],
  ] as const) {
    test(`while the person is asked, the file names a new role; the old prompt is ${what}`, async () => {
      const asked: ((code: string | undefined) => void)[] = [];
      const askMfaCode = (request: MfaRequest) => {
        at.tell(request);
        return new Promise<string | undefined>((resolve) => asked.push(resolve));
      };
      const access = at.open({ profile: 'r' }, at.start({ askMfaCode }));
      const earlier = at.list(access);
      while (asked.length < 1) await sleep(5);
      at.home.writeConfig(`[profile r]\n${guarded}role_session_name = me\n`);
      const later = [at.list(access), at.write(access, 'x', 'theirs')];
      while (asked.length < 2) await sleep(5);
      asked[0]?.(code);
      // What came of it is of no account to those who wait for the new one, and come after.
      later.push(at.queues(access));
      await sleep(50);
      asked[1]?.('222222');
      assert.equal(await earlier, outcome);
      assert.deepEqual(await Promise.all(later), ['theirs', 'written', 'queues']);
      assert.equal(await at.list(access), 'theirs');
      assert.equal(asked.length, 2);
    });
  }

  test('a code that AWS repeats in its refusal is not told', async () => {
    at.answers = ['111111'];
    at.services.addFault({
      operation: 'STS.AssumeRole',
      answer: {
        type: 'error',
        status: 400,
        name: 'ValidationError',
        message: "Value '111111' at 'tokenCode' failed to satisfy constraint",
      },
    });
    assert.equal(await at.list(at.open({ profile: 'r' })), 'badRequest');
    assert.equal(at.failure?.message, "Value '…' at 'tokenCode' failed to satisfy constraint");
  });

  test('a person who cancels in one account works on in another', async () => {
    assert.equal(await at.list(at.open({ profile: 'r' })), 'mfaCancelled');
    assert.equal(await at.account(at.open({ profile: 'dev' })), own);
  });
});
