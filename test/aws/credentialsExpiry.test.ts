import assert from 'node:assert/strict';
import type { Identity } from '../identity/ledger';
import { mfaDevice, other, own, region, roleArn } from '../identity/identityBench';
import { ssoStartUrl } from '../identity/singleSignOn';
import type { Whose } from './credentialsBench';
import { credentialsBench, devKeys } from './credentialsBench';

/** A kind of credentials that end. */
interface Kind {
  readonly name: string;
  readonly whose: Whose;
  /** Answers the profile. */
  readonly setUp: () => string | undefined;
  /** How often they were looked up. */
  readonly lookups: () => number;
  /** Seconds that the session lasts. */
  readonly lasts: number;
  /** So long before the end they are looked up anew. */
  readonly margin: number;
  /** What has to happen outside before there can be others. */
  readonly refill?: () => void;
}

suite('Credentials: a session that ends during use', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const reader: Identity = { accountId: other, arn: roleArn('reader') };
  const print = () => {
    const session = at.services.startSession(reader, 3600);
    return at.home.credentialProcess('keys', { type: 'session', session });
  };
  const roleLookups = () => at.count('STS.AssumeRole');
  const ssoLookups = () => at.count('SSO.GetRoleCredentials');
  const hour = { lasts: 3600, margin: 300 };
  const kinds: readonly Kind[] = [
    {
      name: 'of a role',
      whose: 'theirs',
      ...hour,
      lookups: roleLookups,
      setUp: () => {
        at.home.writeCredentials(devKeys);
        at.home.writeConfig(`[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n`);
        return 'r';
      },
    },
    {
      name: 'of a role with MFA',
      whose: 'theirs',
      lasts: 3600,
      margin: 60,
      lookups: roleLookups,
      setUp: () => {
        at.answers = ['111111', '222222'];
        at.home.writeCredentials(devKeys);
        at.home.writeConfig(
          `[profile r]\nrole_arn = ${roleArn('guarded')}\nsource_profile = dev\n` +
            `mfa_serial = ${mfaDevice}\n`,
        );
        return 'r';
      },
    },
    {
      name: 'of SSO',
      whose: 'mine',
      ...hour,
      lookups: ssoLookups,
      setUp: () => {
        at.writeSso();
        return 's';
      },
    },
    {
      name: 'of SSO without a session',
      whose: 'mine',
      ...hour,
      lookups: ssoLookups,
      setUp: () => {
        at.home.writeConfig(
          `[profile s]\nsso_start_url = ${ssoStartUrl}\nsso_region = ${region}\n` +
            `sso_account_id = ${own}\nsso_role_name = Admin\n`,
        );
        at.home.writeSsoToken(ssoStartUrl, at.services.ssoSignIn());
        return 's';
      },
    },
    {
      name: 'of a process',
      whose: 'theirs',
      lasts: 3600,
      margin: 60,
      lookups: () => at.home.runsOf('keys'),
      refill: print,
      setUp: () => {
        at.home.writeConfig(`[profile p]\ncredential_process = ${print()}\n`);
        return 'p';
      },
    },
    {
      name: 'of a web identity',
      whose: 'theirs',
      ...hour,
      lookups: () => at.count('STS.AssumeRoleWithWebIdentity'),
      refill: () => at.home.writeFile('token', at.services.webIdentityToken('pod')),
      setUp: () => {
        const file = at.home.writeFile('token', at.services.webIdentityToken('pod'));
        at.home.writeConfig(
          `[profile w]\nweb_identity_token_file = ${file}\nrole_arn = ${roleArn('cluster')}\n`,
        );
        return 'w';
      },
    },
    {
      name: 'of a container',
      whose: 'mine',
      lasts: 21_600,
      margin: 300,
      lookups: () => at.count('ContainerCredentials.GetCredentials'),
      setUp: () => {
        Object.assign(process.env, at.services.containerEnvironment);
        return undefined;
      },
    },
    {
      name: 'of an instance',
      whose: 'mine',
      lasts: 21_600,
      margin: 300,
      lookups: () => at.count('InstanceMetadata.GetCredentials'),
      setUp: () => {
        Object.assign(process.env, at.services.instanceEnvironment);
        return undefined;
      },
    },
  ];

  const currentKey = () =>
    at.services.requests.findLast(({ service }) => service === 'Lambda')?.accessKeyId ?? '';

  for (const { name, whose, setUp, lookups, lasts, margin, refill } of kinds) {
    const good = [whose, 'queues', 'written'].sort();

    test(`${name}, by its time: twenty calls, one renewal`, async () => {
      const profile = setUp();
      assert.deepEqual(await at.twenty(profile, whose, 'before'), good);
      const firstKey = currentKey();
      at.later(lasts - margin - 30);
      assert.deepEqual(await at.twenty(profile, whose, 'still'), good);
      assert.equal(lookups(), 1);
      refill?.();
      at.later(60);
      assert.deepEqual(await at.twenty(profile, whose, 'renewed'), good);
      assert.equal(lookups(), 2);
      assert.notEqual(currentKey(), firstKey);
      // Nothing had to be sent twice.
      assert.ok(at.services.requests.every(({ status }) => status !== 403));
    });

    test(`${name}, before its time: twenty calls, one renewal`, async () => {
      const profile = setUp();
      assert.deepEqual(await at.twenty(profile, whose, 'before'), good);
      const firstKey = currentKey();
      refill?.();
      at.services.expireNow(firstKey);
      assert.deepEqual(await at.twenty(profile, whose, 'renewed'), good);
      assert.equal(lookups(), 2);
      assert.notEqual(currentKey(), firstKey);
    });
  }
});
