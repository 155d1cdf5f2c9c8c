import type { ConfigReading } from '../core/awsAccess';
import { credentialSource } from '../core/profileChain';
import { readConfigFiles } from './configFiles';

/** The profiles of the shared config and credentials files, by name. */
export async function readProfiles(): Promise<ConfigReading> {
  const { config, problems, failures } = await readConfigFiles();
  const { compare } = new Intl.Collator();
  const profiles = [...config.profiles]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, values]) => {
      const found = credentialSource(config, name);
      return {
        name,
        region: values.get('region') || undefined,
        ...('source' in found ? { source: found.source.type } : {}),
      };
    });
  return { profiles, problems, failures };
}
