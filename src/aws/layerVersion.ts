import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  AddLayerVersionPermissionCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  RemoveLayerVersionPermissionCommand,
} from '@aws-sdk/client-lambda';
import { operationOf } from '../core/calls';
import { layerGrantInput } from '../core/copyAs/callInput';
import type { PolicyCall, PolicyStore } from '../core/policyStore';
import type { Layer, LayerVersion } from '../core/resource';
import { removableStatementIds } from '../core/statementIds';
import type { Clients } from './clients';
import { pages } from './pages';
import { patienceFor, write } from './pacing';
import { readPolicy } from './readPolicy';

/** Policies of layer versions. A layer has none itself. */
export function layerVersionStore(clients: Clients): PolicyStore<'layerVersion'> {
  return {
    kind: 'layerVersion',
    capabilities: {
      removableStatementId: removableStatementIds.layerVersion,
      hasRevision: true,
      settlesWithinMs: 0,
      wholeDocument: 'no',
    },
    forgoWholeDocuments: () => undefined,
    list: (signal) => listLayers(clients.lambda, signal),
    listUnder: (parent, what, signal) =>
      what === 'versions' ? listVersions(clients.lambda, parent, signal) : nothing(),
    read: (resource, options) =>
      readPolicy('lambda:GetLayerVersionPolicy', options, {
        async get(abortSignal) {
          const answer = await clients.lambda.send(
            new GetLayerVersionPolicyCommand(address(resource)),
            { abortSignal },
          );
          return { text: answer.Policy, revision: answer.RevisionId };
        },
        // "No policy" and "no such version" have one name.
        exists: (abortSignal) =>
          clients.lambda.send(new GetLayerVersionCommand(address(resource)), { abortSignal }),
        existsOperation: 'lambda:GetLayerVersion',
      }),
    apply: (resource, call, revision, signal, cancelling) =>
      write(
        operationOf('layerVersion', call),
        { signal, cancelling },
        patienceFor(call, revision, clients.patience),
        () => send(clients.lambdaWrites, resource, call, revision, signal),
      ),
  };
}

async function send(
  client: LambdaClient,
  resource: LayerVersion,
  call: PolicyCall,
  RevisionId: string | undefined,
  abortSignal: AbortSignal,
): Promise<{ readonly RevisionId?: string }> {
  const where = { ...address(resource), RevisionId };
  if (call.type === 'removeStatement') {
    const input = { ...where, StatementId: call.statementId };
    await client.send(new RemoveLayerVersionPermissionCommand(input), { abortSignal });
    return {};
  }
  if (call.type !== 'addStatement' || call.grant.kind !== 'layerVersion') {
    throw new TypeError(`Layer versions have no call for ${call.type}.`);
  }
  const input = { ...where, ...layerGrantInput(call.grant) };
  return client.send(new AddLayerVersionPermissionCommand(input), { abortSignal });
}

function address({ layerName, version }: LayerVersion) {
  return { LayerName: layerName, VersionNumber: version };
}

function listLayers(client: LambdaClient, abortSignal: AbortSignal) {
  return pages('lambda:ListLayers', async (Marker) => {
    const answer = await client.send(new ListLayersCommand({ Marker }), { abortSignal });
    const items = (answer.Layers ?? []).map(({ LayerArn = '', LayerName = '' }): Layer => ({
      kind: 'layer',
      arn: LayerArn,
      layerName: LayerName,
    }));
    return { items, next: answer.NextMarker };
  });
}

function listVersions(client: LambdaClient, { layerName }: Layer, abortSignal: AbortSignal) {
  return pages('lambda:ListLayerVersions', async (Marker) => {
    const answer = await client.send(
      new ListLayerVersionsCommand({ LayerName: layerName, Marker }),
      { abortSignal },
    );
    const items = (answer.LayerVersions ?? []).map(
      ({ LayerVersionArn = '', Version = 0 }): LayerVersion => ({
        kind: 'layerVersion',
        arn: LayerVersionArn,
        layerName,
        version: Version,
      }),
    );
    return { items, next: answer.NextMarker };
  });
}

async function* nothing(): AsyncGenerator<never> {
  // Layers have no aliases.
}
