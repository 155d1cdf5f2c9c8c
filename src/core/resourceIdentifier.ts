import { formatArn } from './arn';
import { parseAddress } from './identify/address';
import { identifyArn } from './identify/arnForms';
import { consolePlaceOf, identifyConsolePage } from './identify/consoleAddress';
import type { Identification, IdentifiedResource } from './identify/identification';
import { unfinished, wrong } from './identify/identification';
import { decoded, isAccountId } from './identify/parts';
import { identifyQueueAddress, queueHostOf } from './identify/queueAddress';
import {
  identifyBareName,
  identifyFunction,
  identifyLayer,
  identifyQualifiedName,
} from './identify/targets';
import { partitionOf, partitionWith } from './partitions';
import { regionIdPattern, regions } from './regions';
import type { Layer, Qualifier, Resource } from './resource';

/** Longer than any identifier, also of a page of the console, and short enough to look at. */
const longest = 2048;

/**
 * What a person typed or pasted to name a function, a layer or a queue: a name, an ARN or a part of
 * one, a queue's URL, or the address of a page of the AWS console. Takes any text and never throws.
 * A beginning of an identifier is incomplete or names something else, but is not wrong.
 */
export function identifyResource(text: string): Identification {
  const trimmed = text.trim();
  if (trimmed.length > longest) {
    return wrong({ code: 'tooLong', length: trimmed.length, most: longest });
  }
  const bare = unwrapped(trimmed);
  if (bare === '') return { state: 'empty' };
  const identifier = /^(https?|arn)%3a/i.test(bare) ? decoded(bare) : bare;
  if (identifier.startsWith('arn:')) return identifyArn(identifier);
  if (/^https?:\/{0,2}$/i.test(identifier)) return unfinished('address');
  return isAddress(identifier) ? identifyAddress(identifier) : identifyName(identifier);
}

/** Without the quotes and brackets around it, and what stood behind it in a sentence or in JSON. */
function unwrapped(text: string): string {
  return text
    .replace(/^[\s\u200b"'`‘’“”«»<([{]+/, '')
    .replace(/[\s\u200b"'`‘’“”«»>)\]},;.!]+$/, '');
}

/** The scheme may be missing, as browsers hide it: then a host with a dot or a port begins it. */
function isAddress(text: string): boolean {
  const [start = '', ...more] = text.split('/');
  if (more.length === 0) return false;
  return /^(https?:|localhost|[^\s:]+:\d*|[^\s:]*\.[^\s:]*)$/i.test(start);
}

function identifyAddress(text: string): Identification {
  const address = parseAddress(text);
  if (!address) return wrong({ code: 'otherSite', host: hostIn(text) });
  const { host, path } = address;
  if (/\.lambda-url\.[a-z0-9-]+\.on\.[a-z.]+$/.test(host)) {
    return wrong({ code: 'functionUrl', host });
  }
  if (path === '') return unfinished('address');
  const consolePlace = consolePlaceOf(host);
  if (consolePlace) return identifyConsolePage(address, consolePlace);
  const queueHost = queueHostOf(host);
  return queueHost ? identifyQueueAddress(address, queueHost) : wrong({ code: 'otherSite', host });
}

/** What stands at the place of the host. */
function hostIn(text: string): string {
  return text.replace(/^[^/]*\/\//, '').split(/[/?#]/)[0] ?? '';
}

/**
 * The forms without `arn:`. All but the name may be missing:
 * `eu-west-1:123456789012:function:name:live`. `layer:` in the place of `function:` comes from the
 * end of an ARN.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
function identifyName(text: string): Identification {
  const parts = text.split(':');
  if (parts.length === 1) return identifyBareName(text);
  const [region, afterRegion] = isRegionPrefix(parts) ? take(parts) : [undefined, parts];
  const [accountId, afterAccount] = isAccountId(afterRegion[0] ?? '')
    ? take(afterRegion)
    : [undefined, afterRegion];
  const partition = region === undefined ? undefined : partitionOf(region);
  const place = { region, accountId, partition };
  const [type, rest] = take(afterAccount);
  if (type === 'function' && rest.length > 0) return identifyFunction(rest, place);
  if (type === 'layer' && rest.length > 0) return identifyLayer(rest, place);
  return afterAccount === parts
    ? identifyQualifiedName(parts)
    : identifyFunction(afterAccount, place);
}

/** Names look like regions (`my-orders-1:live`): it has to be known, or an account to follow. */
function isRegionPrefix([region = '', next = '', ...more]: readonly string[]): boolean {
  if (regions.some(({ id }) => id === region)) return true;
  return regionIdPattern.test(region) && isAccountId(next) && more.length > 0;
}

function take([first, ...rest]: readonly string[]) {
  return [first, rest] as const;
}

/**
 * The resource in an account and a region: what its identifier does not say comes from there.
 * `undefined` when it says another region or partition: a connection does not reach it. Another
 * account is kept, since policies can let it in. The version of an alias is not in its name: it is
 * left empty. A layer without a version has no policy: it comes back as a `Layer`.
 */
export function toResource(
  { target, ...identified }: IdentifiedResource,
  place: { readonly region: string; readonly accountId: string },
): Resource | Layer | undefined {
  const { region } = place;
  const { id: partition, dnsSuffix } = partitionWith(region);
  if ((identified.region ?? region) !== region) return undefined;
  if ((identified.partition ?? partition) !== partition) return undefined;
  const accountId = identified.accountId ?? place.accountId;
  const arnOf = (service: string, ...parts: readonly string[]) =>
    formatArn({ partition, service, region, accountId, resource: parts.join(':') });
  switch (target.kind) {
    case 'lambdaFunction': {
      const { kind, functionName, qualifier } = target;
      const arn = arnOf('lambda', 'function', functionName);
      return qualifier === undefined
        ? { kind, arn, functionName }
        : { kind, arn: `${arn}:${qualifier}`, functionName, qualifier: qualifierNamed(qualifier) };
    }
    case 'layer': {
      const { layerName, version } = target;
      const arn = arnOf('lambda', 'layer', layerName);
      return version === undefined
        ? { kind: 'layer', arn, layerName }
        : { kind: 'layerVersion', arn: `${arn}:${version}`, layerName, version };
    }
    case 'sqsQueue': {
      const { kind, queueName } = target;
      const usual = `https://sqs.${region}.${dnsSuffix}/${accountId}/${queueName}`;
      const queueUrl = target.queueUrl ?? usual;
      return { kind, arn: arnOf('sqs', queueName), queueName, queueUrl };
    }
  }
}

function qualifierNamed(name: string): Qualifier {
  return /^\d+$/.test(name) ? { type: 'version', name } : { type: 'alias', name, version: '' };
}
