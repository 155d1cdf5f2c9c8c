import { loadSharedConfigFiles } from '@smithy/core/config';

export type Service = 'lambda' | 'sqs' | 'sts';

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
  const { env } = process;
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return undefined;
  const fromEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env.AWS_ENDPOINT_URL;
  if (fromEnvironment) return fromEnvironment;
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const section = configFile[profile ?? env.AWS_PROFILE ?? 'default'];
  if (!section || isTrue(section.ignore_configured_endpoint_urls)) return undefined;
  const services = section.services ? configFile[`services.${section.services}`] : undefined;
  return services?.[`${service}.endpoint_url`] ?? section.endpoint_url;
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
