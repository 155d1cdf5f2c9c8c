import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  AddPermissionCommand,
  DeleteResourcePolicyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  GetResourcePolicyCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PutResourcePolicyCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { operationOf } from '../core/calls';
import { functionAddress, functionGrantInput } from '../core/copyAs/callInput';
import type { PolicyCall, PolicyStore, ReadOptions } from '../core/policyStore';
import type { LambdaFunction } from '../core/resource';
import { removableStatementIds } from '../core/statementIds';
import type { Clients } from './clients';
import { pages } from './pages';
import { patienceFor, write } from './pacing';
import { readLambda } from './readLambda';
import { readPolicy } from './readPolicy';

/** Policies of functions, aliases and versions; each has its own and inherits none. */
export function lambdaFunctionStore(clients: Clients): PolicyStore<'lambdaFunction'> {
  let wholeDocument: 'yes' | 'missing' = 'yes';
  return {
    kind: 'lambdaFunction',
    get capabilities() {
      return { ...capabilities, wholeDocument };
    },
    forgoWholeDocuments: () => (wholeDocument = 'missing'),
    list: (signal, options) => listFunctions(clients, { ...options, signal }),
    listWithVersions: (signal, options) => listAllVersions(clients, { ...options, signal }),
    listUnder: (parent, what, signal, options) =>
      what === 'aliases'
        ? listAliases(clients, parent, { ...options, signal })
        : listVersions(clients, parent, { ...options, signal }),
    read: (resource, options) =>
      readPolicy('lambda:GetPolicy', options, {
        async get() {
          const command = new GetPolicyCommand(functionAddress(resource));
          const answer = await readLambda(clients, 'getPolicy', command, options);
          return { text: answer.Policy, revision: answer.RevisionId };
        },
        // GetPolicy has one answer for "no policy" and "no such function".
        exists: () => {
          const command = new GetFunctionConfigurationCommand(functionAddress(resource));
          return readLambda(clients, 'control', command, options);
        },
        existsOperation: 'lambda:GetFunctionConfiguration',
      }),
    readWhole: (resource, signal) =>
      readPolicy(
        'lambda:GetResourcePolicy',
        {},
        {
          async get() {
            const command = new GetResourcePolicyCommand({ ResourceArn: resource.arn });
            const answer = await readLambda(clients, 'control', command, { signal });
            return { text: answer.Policy, revision: answer.RevisionId };
          },
        },
      ),
    apply: (resource, call, revision, signal, cancelling) =>
      write(
        operationOf('lambdaFunction', call),
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

const capabilities = {
  removableStatementId: removableStatementIds.lambdaFunction,
  hasRevision: true,
  settlesWithinMs: 0,
};

async function send(
  client: LambdaClient,
  resource: LambdaFunction,
  call: PolicyCall,
  RevisionId: string | undefined,
  abortSignal: AbortSignal,
): Promise<{ readonly RevisionId?: string }> {
  const options = { abortSignal };
  switch (call.type) {
    case 'removeStatement': {
      const input = { ...functionAddress(resource), StatementId: call.statementId, RevisionId };
      await client.send(new RemovePermissionCommand(input), options);
      return {};
    }
    case 'addStatement': {
      if (call.grant.kind !== 'lambdaFunction') throw new TypeError('A grant of another kind.');
      const input = { ...functionAddress(resource), ...functionGrantInput(call.grant), RevisionId };
      await client.send(new AddPermissionCommand(input), options);
      return {};
    }
    case 'putPolicy': {
      const input = { ResourceArn: resource.arn, Policy: call.text, RevisionId };
      return client.send(new PutResourcePolicyCommand(input), options);
    }
    case 'deletePolicy': {
      const input = { ResourceArn: resource.arn, RevisionId };
      await client.send(new DeleteResourcePolicyCommand(input), options);
      return {};
    }
  }
}

function listFunctions(clients: Clients, options: ReadOptions) {
  return pages('lambda:ListFunctions', async (Marker) => {
    const command = new ListFunctionsCommand({ Marker });
    const answer = await readLambda(clients, 'control', command, options);
    const items = (answer.Functions ?? []).map(
      ({ FunctionArn = '', FunctionName = '' }): LambdaFunction => ({
        kind: 'lambdaFunction',
        arn: FunctionArn,
        functionName: FunctionName,
      }),
    );
    return { items, next: answer.NextMarker };
  });
}

/** A page holds up to 50 of them; the unqualified function comes as `$LATEST`. */
function listAllVersions(clients: Clients, options: ReadOptions) {
  return pages('lambda:ListFunctions', async (Marker) => {
    const command = new ListFunctionsCommand({ FunctionVersion: 'ALL', Marker });
    const answer = await readLambda(clients, 'control', command, options);
    const items = (answer.Functions ?? []).map(
      ({ FunctionArn = '', FunctionName = '', Version = latest }): LambdaFunction => ({
        kind: 'lambdaFunction',
        arn: Version === latest ? FunctionArn.replace(/:\$LATEST$/, '') : FunctionArn,
        functionName: FunctionName,
        ...(Version === latest ? {} : { qualifier: { type: 'version', name: Version } }),
      }),
    );
    return { items, next: answer.NextMarker };
  });
}

/** The unqualified function: it cannot have a policy of its own under this name. */
const latest = '$LATEST';

function listAliases(clients: Clients, parent: LambdaFunction, options: ReadOptions) {
  const { arn, functionName } = parent;
  return pages('lambda:ListAliases', async (Marker) => {
    const command = new ListAliasesCommand({ FunctionName: arn, Marker });
    const answer = await readLambda(clients, 'control', command, options);
    const items = (answer.Aliases ?? []).map(
      ({ AliasArn = '', Name = '', FunctionVersion = '' }): LambdaFunction => ({
        kind: 'lambdaFunction',
        arn: AliasArn,
        functionName,
        qualifier: { type: 'alias', name: Name, version: FunctionVersion },
      }),
    );
    return { items, next: answer.NextMarker };
  });
}

function listVersions(clients: Clients, parent: LambdaFunction, options: ReadOptions) {
  const { arn, functionName } = parent;
  return pages('lambda:ListVersionsByFunction', async (Marker) => {
    const command = new ListVersionsByFunctionCommand({ FunctionName: arn, Marker });
    const answer = await readLambda(clients, 'control', command, options);
    const items = (answer.Versions ?? [])
      .filter(({ Version }) => Version !== latest)
      .map(({ FunctionArn = '', Version = '' }): LambdaFunction => ({
        kind: 'lambdaFunction',
        arn: FunctionArn,
        functionName,
        qualifier: { type: 'version', name: Version },
      }));
    return { items, next: answer.NextMarker };
  });
}
