import type { Account } from './account';
import {
  getFunction,
  getFunctionConfiguration,
  listAliases,
  listEventSourceMappings,
  listFunctions,
  listVersionsByFunction,
  publishVersion,
} from './functionLists';
import { addPermission, getPolicy, removePermission } from './functionPolicies';
import type { LambdaOperation } from './lambdaCall';
import {
  addLayerVersionPermission,
  getLayerVersion,
  getLayerVersionPolicy,
  listLayers,
  listLayerVersions,
  removeLayerVersionPermission,
} from './layers';
import type { Answer, SampleRequest } from './protocol';
import { SampleError } from './protocol';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './resourcePolicies';

/** `*` in a path stands for one parameter, `/` inside it encoded. */
const routes: readonly (readonly [method: string, path: string, run: LambdaOperation])[] = [
  ['GET', '/2015-03-31/functions', listFunctions],
  ['GET', '/2015-03-31/functions/*', getFunction],
  ['GET', '/2015-03-31/functions/*/configuration', getFunctionConfiguration],
  ['GET', '/2015-03-31/functions/*/versions', listVersionsByFunction],
  ['POST', '/2015-03-31/functions/*/versions', publishVersion],
  ['GET', '/2015-03-31/functions/*/aliases', listAliases],
  ['GET', '/2015-03-31/functions/*/policy', getPolicy],
  ['POST', '/2015-03-31/functions/*/policy', addPermission],
  ['DELETE', '/2015-03-31/functions/*/policy/*', removePermission],
  ['GET', '/2026-07-09/resource-policy/*', getResourcePolicy],
  ['PUT', '/2026-07-09/resource-policy/*', putResourcePolicy],
  ['DELETE', '/2026-07-09/resource-policy/*', deleteResourcePolicy],
  ['GET', '/2018-10-31/layers', listLayers],
  ['GET', '/2018-10-31/layers/*/versions', listLayerVersions],
  ['GET', '/2018-10-31/layers/*/versions/*', getLayerVersion],
  ['GET', '/2018-10-31/layers/*/versions/*/policy', getLayerVersionPolicy],
  ['POST', '/2018-10-31/layers/*/versions/*/policy', addLayerVersionPermission],
  ['DELETE', '/2018-10-31/layers/*/versions/*/policy/*', removeLayerVersionPermission],
  ['GET', '/2015-03-31/event-source-mappings', listEventSourceMappings],
];

const table = routes.map(([method, path, run]) => ({ method, parts: path.split('/'), run }));

export function answerLambda(account: Account, request: SampleRequest): Answer {
  const parts = request.path.replace(/\/$/, '').split('/');
  const route = table.find(
    (item) =>
      item.method === request.method &&
      item.parts.length === parts.length &&
      item.parts.every((part, index) => part === '*' || part === parts[index]),
  );
  if (!route) {
    throw new SampleError(
      404,
      'UnknownOperationException',
      `Unknown operation: ${request.method} ${request.path}`,
    );
  }
  const parameters = parts.filter((_, index) => route.parts[index] === '*').map(decode);
  return route.run({ account, request, parameters });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new SampleError(400, 'SerializationException', 'The path is not valid UTF-8.');
  }
}
