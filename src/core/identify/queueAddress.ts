import type { Partition } from '../partitions';
import { partitionOf, partitions, partitionWith } from '../partitions';
import { regionIdPattern } from '../regions';
import type { Address } from './address';
import type { Identification, IdentifiedPlace } from './identification';
import { unfinished, wrong } from './identification';
import { accountUnfit, partitionMismatch, regionUnfit } from './parts';
import { identifyQueue } from './targets';

/** What answers at a host: the queue service, or an emulator of it on this machine or network. */
export interface QueueHost {
  readonly region?: string;
  readonly emulator: boolean;
}

const emulatorDomain = 'localhost.localstack.cloud';

/**
 * Reads the region from a host of the queue service: `sqs.REGION.…`, `sqs-fips.REGION.…`, a VPC
 * endpoint's, or the legacy `REGION.queue.…`. `undefined` for any other host, even if its
 * path looks like a queue's: by default the SDK sends signed requests to the host in a queue's URL.
 * @see https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
 * @see https://docs.localstack.cloud/aws/services/sqs/
 */
export function queueHostOf(host: string): QueueHost | undefined {
  const [, region, suffix = ''] =
    /^(?:vpce-[a-z0-9-]+\.)?sqs(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?(.+)$/.exec(host) ??
    /^(?:([a-z0-9-]+)\.)?queue\.(.+)$/.exec(host) ??
    [];
  const emulator = suffix === emulatorDomain;
  const known = emulator || partitions.some((partition) => hasSuffix(partition, suffix));
  if (known && region === undefined) return legacyHost(suffix, emulator);
  if (known && regionIdPattern.test(region ?? '')) return { region, emulator };
  return isLocal(host) ? { emulator: true } : undefined;
}

/** The oldest region is the only one whose legacy host does not name it. */
function legacyHost(suffix: string, emulator: boolean): QueueHost | undefined {
  const region = 'us-east-1';
  return emulator || hasSuffix(partitionWith(region), suffix) ? { region, emulator } : undefined;
}

function hasSuffix({ dnsSuffix, dualStackDnsSuffix }: Partition, suffix: string): boolean {
  return suffix === dnsSuffix || suffix === dualStackDnsSuffix;
}

/** This machine, a container beside this one (a name without a dot), or a private network. */
function isLocal(host: string): boolean {
  return (
    /^[a-z0-9_-]+$/.test(host) ||
    host === '[::1]' ||
    host === 'host.docker.internal' ||
    host === emulatorDomain ||
    host.endsWith(`.${emulatorDomain}`) ||
    host.endsWith('.localhost') ||
    /^(127\.\d+|10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}

/**
 * The queue whose URL is `https://HOST/ACCOUNT/NAME`. `subpages`: more may stand behind the name,
 * as in the console's addresses.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function identifyQueueAddress(
  address: Address,
  host: QueueHost,
  subpages = false,
): Identification {
  const mismatch = host.region === undefined ? undefined : suffixMismatch(address.host, host);
  if (mismatch) return mismatch;
  const segments = address.path.split('/').slice(1);
  return host.emulator && startsWithQueue(segments)
    ? identifyRegionPath(address, host, segments, subpages)
    : identifyPath(address, host, segments, subpages);
}

function startsWithQueue([first = '', ...more]: readonly string[]): boolean {
  return first === 'queue' || (more.length === 0 && first !== '' && 'queue'.startsWith(first));
}

/** LocalStack's form `/queue/REGION/ACCOUNT/NAME`. */
function identifyRegionPath(
  address: Address,
  host: QueueHost,
  [, region, ...rest]: readonly string[],
  subpages: boolean,
): Identification {
  if (region === undefined) return unfinished('address');
  const unfit = regionUnfit(region, rest.length > 0);
  return unfit ?? identifyPath(address, { ...host, region }, rest, subpages);
}

function identifyPath(
  address: Address,
  { region, emulator }: QueueHost,
  [accountId = '', name, ...more]: readonly string[],
  subpages: boolean,
): Identification {
  const unfit = accountUnfit(accountId, name !== undefined);
  if (unfit) return unfit;
  if (!subpages && more.some((segment) => segment !== '')) {
    return wrong({ code: 'notAQueueAddress', host: address.host });
  }
  const place: IdentifiedPlace = {
    region,
    accountId,
    partition: region === undefined ? undefined : partitionOf(region),
  };
  return identifyQueue(name ?? '', place, queueUrl(address, emulator, more));
}

/** AWS is spoken to encrypted, whatever was pasted; an emulator as it was written. */
function queueUrl(
  { scheme, host, port, path }: Address,
  emulator: boolean,
  more: readonly string[],
) {
  const named = path
    .split('/')
    .slice(0, more.length === 0 ? undefined : -more.length)
    .join('/');
  return emulator ? `${scheme ?? 'http'}://${host}${port}${named}` : `https://${host}${named}`;
}

/** `sqs.cn-north-1.amazonaws.com`: a region with the suffix of another partition. */
function suffixMismatch(host: string, { region = '', emulator }: QueueHost) {
  if (emulator) return undefined;
  const ends = ({ dnsSuffix, dualStackDnsSuffix }: Partition) =>
    host.endsWith(`.${dnsSuffix}`) || host.endsWith(`.${dualStackDnsSuffix}`);
  return ends(partitionWith(region))
    ? undefined
    : partitionMismatch(partitions.find(ends)?.id, region);
}
