import type { AwsAccess } from '../core/awsAccess';
import type { ConnectionWays } from './connections';
import type { KnownAccounts } from './knownAccounts';
import type { SampleAccountHost } from './sampleAccountHost';

/** How connections get to AWS or the sample account, and learn of what changes outside. */
export function connectionWays(
  aws: () => Promise<AwsAccess>,
  sample: SampleAccountHost,
  accounts: KnownAccounts,
): ConnectionWays {
  return {
    open: async (config) => {
      if (config.type === 'sample') return (await aws()).open(await sample.access());
      const { profile, region, accountId } = config;
      return (await aws()).open({
        ...(profile === undefined ? {} : { profile }),
        region,
        accountId: () => accountId ?? accounts.of(profile),
      });
    },
    forget: (config) => {
      if (config.type === 'aws') void aws().then((access) => access.forget(config.profile));
    },
    watch: (config, onChange) => {
      if (config.type === 'sample') return () => undefined;
      const watching = aws().then((access) => access.watch(config.profile, onChange));
      return () => void watching.then((end) => end());
    },
    identified: (config, accountId) => {
      if (config.type === 'aws') void accounts.remember(config.profile, accountId);
    },
  };
}
