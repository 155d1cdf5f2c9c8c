import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Profile } from '../core/awsAccess';
import { attempt } from './pages';

/** The profiles of the shared config and credentials files, by name. */
export async function readProfiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await attempt('aws:ReadProfiles', () =>
    loadSharedConfigFiles({ ignoreCache: true }),
  );
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return (
    [...names]
      // Sections of the config file that are no profiles come back under these prefixes.
      .filter((name) => !/^(sso-session|services)\./.test(name))
      .sort((a, b) => a.localeCompare(b))
      .map((name) => ({
        name,
        region: configFile[name]?.region ?? credentialsFile[name]?.region,
      }))
  );
}

/** Throws an error named `ProfileUnknown` when the files do not have it. */
export async function requireProfile(name: string): Promise<void> {
  const profiles = await readProfiles();
  if (profiles.some((profile) => profile.name === name)) return;
  throw Object.assign(new Error(`There is no profile "${name}".`), { name: 'ProfileUnknown' });
}
