import { findPartition, partitionOf, partitions } from '../partitions';
import type { Identification, IdentifiedPlace, Unfit } from './identification';
import { unfinished, wrong } from './identification';
import { accountUnfit, partUnfit, partitionMismatch, regionUnfit } from './parts';
import { identifyFunction, identifyLayer, identifyQueue } from './targets';

/**
 * An ARN or the beginning of one. That of a call that API Gateway makes holds the function's.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export function identifyArn(text: string): Identification {
  const [, partition = '', service, region, accountId, ...resource] = text.split(':');
  const unfit =
    partitionUnfit(partition, service !== undefined) ??
    serviceUnfit(service ?? '', region !== undefined);
  if (unfit) return unfit;
  if (service === 'apigateway') return identifyInvocation(text);
  const outside =
    regionUnfit(region ?? '', accountId !== undefined) ??
    partitionMismatch(findPartition(partition)?.id, region ?? '') ??
    accountUnfit(accountId ?? '', resource.length > 0);
  if (outside) return outside;
  const place = { region, accountId, partition: partitionOf(region ?? '') };
  return service === 'sqs'
    ? identifyQueue(resource.join(':'), place)
    : identifyLambdaResource(resource, place);
}

/** Lambda takes ARNs without a partition too: `arn::lambda:…`. */
function partitionUnfit(partition: string, more: boolean): Unfit | undefined {
  return partUnfit(
    {
      part: 'partition',
      whole: (text) => text === '' || findPartition(text) !== undefined,
      beginning: (text) => partitions.some(({ id }) => id.startsWith(text)),
      problem: (text) => ({ code: 'unknownPartition', partition: text }),
    },
    partition,
    more,
  );
}

function serviceUnfit(service: string, more: boolean): Unfit | undefined {
  const known = ['lambda', 'sqs', 'apigateway'];
  return partUnfit(
    {
      part: 'service',
      whole: (text) => known.includes(text),
      beginning: (text) => known.some((name) => name.startsWith(text)),
      problem: (text) => ({ code: 'otherService', service: text }),
    },
    service,
    more,
  );
}

function identifyLambdaResource(
  [type = '', ...parts]: readonly string[],
  place: IdentifiedPlace,
): Identification {
  const identify = { function: identifyFunction, layer: identifyLayer };
  const types = Object.keys(identify);
  const unfit = partUnfit(
    {
      part: 'type',
      whole: (text) => types.includes(text),
      beginning: (text) => types.some((name) => name.startsWith(text)),
      problem: (text) => ({ code: 'notALambdaResource', type: text }),
    },
    type,
    parts.length > 0,
  );
  return unfit ?? identify[type as keyof typeof identify](parts, place);
}

/**
 * `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations`: what an
 * integration of API Gateway calls. Its other ARNs are of resources of its own.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
function identifyInvocation(text: string): Identification {
  const [, , service = '', region = '', ...rest] = text.split(':');
  const unfit = regionUnfit(region, rest.length > 0);
  if (unfit) return unfit;
  const call = rest.join(':');
  const start = 'lambda:path/0000-00-00/functions/';
  const [arn = ''] = call.slice(start.length).split('/');
  // The date is the version of Lambda's API; any will do.
  const dateless = call.replace(/\d/g, '0');
  if (dateless.startsWith(`${start}arn:`)) return identifyArn(arn);
  return `${start}arn:`.startsWith(dateless)
    ? unfinished('type')
    : wrong({ code: 'otherService', service });
}
