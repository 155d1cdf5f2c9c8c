import assert from 'node:assert/strict';
import { openAws } from '../../src/aws/openAws';
import type { AccessTarget, AccountAccess } from '../../src/core/awsAccess';
import { identityBench, other, own, region } from '../identity/identityBench';
import { functionNamed, signal } from './stores';

/** So slow that who waits for a turn does not get it within the test. */
const quota = { ratePerSecond: 0.001, burst: 3 };

suite('Quotas of accounts and regions', function () {
  this.timeout(30_000);
  const at = identityBench();
  const opened: AccountAccess[] = [];
  teardown(() => {
    for (const access of opened.splice(0)) access.close();
  });

  /** Opens connections that share what one `openAws` shares, each with its account known. */
  async function open(...targets: readonly AccessTarget[]): Promise<readonly AccountAccess[]> {
    const keys = (account: string) => {
      const { accessKeyId, secretAccessKey } = at.accounts[account]?.credentials ?? assert.fail();
      return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
    };
    at.home.writeCredentials(
      `[one]\n${keys(own)}\n[two]\n${keys(own)}\n[partner]\n${keys(other)}\n`,
    );
    const aws = openAws(() => undefined, { quota });
    const all = targets.map((target) => aws.open(target));
    opened.push(...all);
    for (const access of all) await access.identity(signal());
    return all;
  }

  /** How many of so many policies were read before the quota was used up. */
  async function readSome(access: AccountAccess, count: number): Promise<number> {
    const before = reads();
    const ending = new AbortController();
    const all = Array.from({ length: count }, () =>
      access.stores.lambdaFunction.read(functionNamed('mine'), { signal: ending.signal }),
    );
    const deadline = Date.now() + 1_500;
    while (Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    ending.abort();
    await Promise.all(all);
    return reads() - before;
  }

  function reads(): number {
    return at.operations().filter((operation) => operation === 'Lambda.GetPolicy').length;
  }

  test('two profiles of one account and region share one', async () => {
    const [one, two] = await open({ profile: 'one', region }, { profile: 'two', region });
    assert.ok(one && two);
    assert.equal(await readSome(one, 2), 2);
    assert.equal(await readSome(two, 5), 1);
  });

  test('another region and another account have their own', async () => {
    const [one, elsewhere, partner] = await open(
      { profile: 'one', region },
      { profile: 'one', region: 'us-east-1' },
      { profile: 'partner', region },
    );
    assert.ok(one && elsewhere && partner);
    assert.equal(await readSome(one, 5), 3);
    assert.equal(await readSome(elsewhere, 5), 3);
    assert.equal(await readSome(partner, 5), 3);
  });
});
