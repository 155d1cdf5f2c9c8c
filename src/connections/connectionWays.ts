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
      const place: { endpoint?: string } = {};
      const access = (await aws()).open({
        ...(profile === undefined ? {} : { profile }),
        region,
        accountId: () => accountId ?? accounts.of(profile, place.endpoint),
      });
      // What is wrong with it is told of by the first call.
      place.endpoint = await access.endpoint().catch(() => undefined);
      return access;
    },
    forget: (config, obstacle) => {
      const isRefused = obstacle?.code === 'credentialsInvalid';
      if (config.type === 'aws') {
        void aws().then((access) => access.forget(config.profile, isRefused));
      }
    },
    watch: (config, onChange) => {
      if (config.type === 'sample') return () => undefined;
      const watching = aws().then((access) => access.watch(config.profile, onChange));
      return () => void watching.then((end) => end());
    },
    identified: ({ config, endpoint }, accountId) => {
      if (config.type === 'aws') void accounts.remember(config.profile, endpoint, accountId);
    },
  };
}
