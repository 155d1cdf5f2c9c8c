import { configuredEndpointOf } from '../core/profileChain';
import { readConfigFiles } from './configFiles';

export const serviceNames = ['lambda', 'sqs', 'sts'] as const;
export type Service = (typeof serviceNames)[number];

/**
 * The endpoint that a person has configured for a service, if any: by environment variable, in the
 * services section of the profile, or in the profile. The SDK looks into the default profile only,
 * and so would lead the calls of one profile to the endpoint of another.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function configuredEndpoint(
  service: Service,
  profile: string | undefined,
): Promise<string | undefined> {
  const { config } = await readConfigFiles();
  const name = profile ?? process.env.AWS_PROFILE ?? 'default';
  return configuredEndpointOf(config, name, service, process.env);
}
