import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  RemoveLayerVersionPermissionCommand,
} from '@aws-sdk/client-lambda';
import type { PolicyStore } from '../core/policyStore';
import type { Layer, LayerVersion } from '../core/resource';
import type { Clients } from './clients';
import { pages } from './pages';
import { write } from './pacing';
import { readPolicy } from './readPolicy';

/** Policies of layer versions. A layer has none itself. */
export function layerVersionStore(clients: Clients): PolicyStore<'layerVersion'> {
  return {
    kind: 'layerVersion',
    capabilities: {
      removableStatementId: /^[a-zA-Z0-9-_]{1,100}$/,
      hasRevision: true,
      settlesWithinMs: 0,
    },
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
    apply: (resource, change, revision, signal, cancelling) =>
      write('lambda:RemoveLayerVersionPermission', { signal, cancelling }, () =>
        clients.lambdaWrites.send(
          new RemoveLayerVersionPermissionCommand({
            ...address(resource),
            StatementId: change.statementId,
            RevisionId: revision,
          }),
          { abortSignal: signal },
        ),
      ),
  };
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
