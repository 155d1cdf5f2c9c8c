import { parseArn } from './arn';
import { findPartition, partitionWith } from './partitions';
import { regionIdPattern } from './regions';
import type { LambdaFunction, Listed } from './resource';

/**
 * The page of the AWS console about a function, an alias, a version, a layer, a layer's version or a
 * queue. `what`: the place on it that shows the policy, where that has an address of its own, which
 * only functions have. `undefined` where there is no such page: the partition's console is not
 * known, or an emulator has the resource.
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
export function consoleLink(listed: Listed, what?: 'policy'): string | undefined {
  const { partition = '', region = '', accountId = '' } = parseArn(listed.arn) ?? {};
  if (accountId === emulatorAccount) return undefined;
  const host = consoleHost(findPartition(partition)?.consoleHost, region);
  if (host === undefined) return undefined;
  const lambda = `https://${host}/lambda/home?region=${region}#`;
  switch (listed.kind) {
    case 'lambdaFunction': {
      const tab = what === 'policy' ? '?subtab=permissions&tab=configure' : '';
      return `${lambda}${functionPath(listed)}${tab}`;
    }
    case 'layer':
      return `${lambda}/layers/${encoded(listed.layerName)}`;
    case 'layerVersion':
      return `${lambda}/layers/${encoded(listed.layerName)}/versions/${listed.version}`;
    case 'sqsQueue': {
      // Not the queue's own URL, which may have a legacy or a private host.
      const { dnsSuffix } = partitionWith(region);
      const url = `https://sqs.${region}.${dnsSuffix}/${accountId}/${listed.queueName}`;
      return `https://${host}/sqs/v3/home?region=${region}#/queues/${encoded(url)}`;
    }
  }
}

/** The first page of the console in a region. */
export function accountConsoleLink(region: string): string | undefined {
  const host = consoleHost(partitionWith(region).consoleHost, region);
  return host === undefined ? undefined : `https://${host}/console/home?region=${region}`;
}

/** Of everything in LocalStack, unless it is told otherwise. */
const emulatorAccount = '000000000000';

/** A region goes into the host, so it has to be one: nothing else may choose where a link leads. */
function consoleHost(partitionHost: string | undefined, region: string): string | undefined {
  const known = partitionHost !== undefined && regionIdPattern.test(region);
  return known ? `${region}.${partitionHost}` : undefined;
}

function functionPath({ functionName, qualifier }: LambdaFunction): string {
  const path = `/functions/${encoded(functionName)}`;
  if (!qualifier) return path;
  const list = qualifier.type === 'alias' ? 'aliases' : 'versions';
  return `${path}/${list}/${encoded(qualifier.name)}`;
}

/** `encodeURIComponent` throws on half a character. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
