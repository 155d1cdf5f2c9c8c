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
import { layerAddress, layerGrantInput } from '../core/copyAs/callInput';
import type { PolicyCall, PolicyStore, ReadOptions } from '../core/policyStore';
import type { Layer, LayerVersion } from '../core/resource';
import { removableStatementIds } from '../core/statementIds';
import type { Clients } from './clients';
import { pages } from './pages';
import { patienceFor, write } from './pacing';
import { readLambda } from './readLambda';
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
    list: (signal, options) => listLayers(clients, { ...options, signal }),
    listUnder: (parent, what, signal, options) =>
      what === 'versions' ? listVersions(clients, parent, { ...options, signal }) : nothing(),
    read: (resource, options) =>
      readPolicy('lambda:GetLayerVersionPolicy', options, {
        async get() {
          const command = new GetLayerVersionPolicyCommand(layerAddress(resource));
          const answer = await readLambda(clients, 'control', command, options);
          return { text: answer.Policy, revision: answer.RevisionId };
        },
        // "No policy" and "no such version" have one name.
        exists: () => {
          const command = new GetLayerVersionCommand(layerAddress(resource));
          return readLambda(clients, 'control', command, options);
        },
        existsOperation: 'lambda:GetLayerVersion',
      }),
    apply: (resource, call, revision, signal, cancelling) =>
      write(
        operationOf('layerVersion', call),
        { signal, cancelling },
        {
          patience: patienceFor(call, revision, clients.patience),
          pacer: clients.pacers?.()?.control,
          ready: clients.ready,
        },
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
  const where = { ...layerAddress(resource), RevisionId };
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

function listLayers(clients: Clients, options: ReadOptions) {
  return pages('lambda:ListLayers', async (Marker) => {
    const command = new ListLayersCommand({ Marker });
    const answer = await readLambda(clients, 'control', command, options);
    const items = (answer.Layers ?? []).map(({ LayerArn = '', LayerName = '' }): Layer => ({
      kind: 'layer',
      arn: LayerArn,
      layerName: LayerName,
    }));
    return { items, next: answer.NextMarker };
  });
}

function listVersions(clients: Clients, { arn, layerName }: Layer, options: ReadOptions) {
  return pages('lambda:ListLayerVersions', async (Marker) => {
    const command = new ListLayerVersionsCommand({ LayerName: arn, Marker });
    const answer = await readLambda(clients, 'control', command, options);
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
