import { configuredEndpointOf } from '../core/profileChain';
import { readConfigFiles } from './configFiles';

export const serviceNames = ['lambda', 'sqs', 'sts'] as const;
export type Service = (typeof serviceNames)[number];
type SignInService = 'sso' | 'sso_oidc' | 'signin';

/**
 * The endpoint that a person has configured for a service, if any: by environment variable, in the
 * services section of the profile, or in the profile. The SDK looks into the default profile only,
 * and so would lead the calls of one profile to the endpoint of another.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function configuredEndpoint(
  service: Service | SignInService,
  profile: string | undefined,
): Promise<string | undefined> {
  const { config } = await readConfigFiles();
  return configuredEndpointOf(config, profile, service, process.env);
}

/**
 * The same as a part of the configuration of clients that the SDK makes itself, to sign in with. It
 * has one for both services of SSO: where these are led to different places, the SDK finds them.
 */
export async function signInEndpoint(
  profile: string,
  ...services: readonly SignInService[]
): Promise<object> {
  const all = services.map((service) => configuredEndpoint(service, profile));
  const [endpoint, ...others] = await Promise.all(all);
  if (others.some((other) => other !== endpoint)) return {};
  return { ignoreConfiguredEndpointUrls: true, ...(endpoint === undefined ? {} : { endpoint }) };
}
