import type { PartitionId } from '../partitions';
import { partitions } from '../partitions';
import { regionIdPattern } from '../regions';
import type { Address } from './address';
import { parseAddress } from './address';
import { identifyArn } from './arnForms';
import type { Identification, IdentifiedPlace, Unfit } from './identification';
import { wrong } from './identification';
import { decoded, partitionMismatch, regionUnfit } from './parts';
import { identifyQueueAddress, queueHostOf } from './queueAddress';
import { identifyFunction, identifyLayer } from './targets';

export interface ConsolePlace extends IdentifiedPlace {
  readonly partition: PartitionId;
}

/**
 * What the host of a page of the AWS console says: `REGION.` may stand before it, and before that
 * `ACCOUNT-SESSION.`, where a browser is signed in to several accounts.
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 * @see https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/multisession.html
 */
export function consolePlaceOf(host: string): ConsolePlace | undefined {
  for (const { id, consoleHost } of partitions) {
    if (consoleHost === undefined || !`.${host}`.endsWith(`.${consoleHost}`)) continue;
    const labels = host.slice(0, -consoleHost.length).split('.');
    const accountIds = labels.flatMap((label) => /^(\d{12})-[a-z0-9]+$/.exec(label)?.[1] ?? []);
    const region = labels.find((label) => regionIdPattern.test(label));
    return { region, accountId: accountIds[0], partition: id };
  }
  return undefined;
}

/** The function, layer or queue that a page of the console is about. */
export function identifyConsolePage(address: Address, place: ConsolePlace): Identification {
  const { host, path, query, fragment } = address;
  if ('/go/view'.startsWith(path)) return identifyShortcut(address);
  const [, service = '', ...more] = path.split('/');
  const identify = pages.get(service);
  if (!identify) {
    const isBeginning = more.length === 0 && [...pages.keys()].some((it) => it.startsWith(service));
    if (isBeginning) return unfinishedPage(host);
    return service === 'console' ? noResource(host) : wrong({ code: 'otherService', service });
  }
  if (fragment === undefined) return unfinishedPage(host);
  const region = parameter(query, 'region') ?? place.region;
  const unfit =
    region === undefined
      ? undefined
      : (regionUnfit(region, true) ?? partitionMismatch(place.partition, region));
  return unfit ?? identify(fragment.replace(/\?.*$/s, ''), { ...place, region }, host);
}

/** `route`: the path behind the `#`, which tells the pages of a service apart. */
type IdentifyPage = (route: string, place: ConsolePlace, host: string) => Identification;

const pages: ReadonlyMap<string, IdentifyPage> = new Map([
  ['lambda', identifyLambdaPage],
  ['sqs', identifyQueuePage],
]);

/** `/functions/NAME`, `/functions/NAME/aliases/ALIAS`, `/layers/NAME/versions/2`, … */
function identifyLambdaPage(route: string, place: ConsolePlace, host: string): Identification {
  const [, list = '', name = '', detail = '', id = ''] = route.split('/').map(decoded);
  const isFunction = list === 'functions';
  if (name === '' || (!isFunction && list !== 'layers')) {
    const isBeginning = ['functions', 'layers'].some((word) => word.startsWith(list));
    return isBeginning && name === '' ? unfinishedPage(host) : noResource(host);
  }
  if (name.startsWith('arn:')) return identifyArn(name);
  const details = isFunction ? ['versions', 'aliases'] : ['versions'];
  const parts = [...name.split(':'), ...(id !== '' && details.includes(detail) ? [id] : [])];
  return isFunction ? identifyFunction(parts, place) : identifyLayer(parts, place);
}

/** `/queues/` and the queue's URL, percent-encoded; behind it there may be `/edit` and the like. */
function identifyQueuePage(route: string, _place: ConsolePlace, host: string): Identification {
  const start = '/queues/';
  if (start.startsWith(route)) return unfinishedPage(host);
  if (!route.startsWith(start)) return noResource(host);
  const queue = decoded(route.slice(start.length));
  if (['https://', 'http://', 'arn:'].some((word) => word.startsWith(queue))) {
    return unfinishedPage(host);
  }
  if (queue.startsWith('arn:')) return identifyArn(queue);
  const address = /^https?:/i.test(queue) ? parseAddress(queue) : undefined;
  if (!address) return noResource(host);
  if (address.path === '') return unfinishedPage(host);
  const queueHost = queueHostOf(address.host);
  return queueHost ? identifyQueueAddress(address, queueHost, true) : noResource(host);
}

/** `/go/view?arn=…` leads to the page of any ARN. */
function identifyShortcut({ host, query }: Address): Identification {
  const arn = parameter(query, 'arn') ?? '';
  if ('arn:'.startsWith(arn)) return unfinishedPage(host);
  return arn.startsWith('arn:') ? identifyArn(arn) : noResource(host);
}

function parameter(query: string, name: string): string | undefined {
  const pair = query.split('&').find((text) => text.startsWith(`${name}=`));
  return pair === undefined ? undefined : decoded(pair.slice(name.length + 1));
}

function noResource(host: string): Unfit {
  return wrong({ code: 'consolePageWithoutResource', host });
}

function unfinishedPage(host: string): Unfit {
  return { state: 'incomplete', problem: { code: 'consolePageWithoutResource', host } };
}
