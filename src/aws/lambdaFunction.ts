import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import type { PolicyStore } from '../core/policyStore';
import type { LambdaFunction } from '../core/resource';
import type { Clients } from './clients';
import { pages } from './pages';
import { write } from './pacing';
import { readPolicy } from './readPolicy';

/** Policies of functions, aliases and versions; each has its own and inherits none. */
export function lambdaFunctionStore(clients: Clients): PolicyStore<'lambdaFunction'> {
  return {
    kind: 'lambdaFunction',
    capabilities: {
      removableStatementId: /^[a-zA-Z0-9-_.]{1,100}$/,
      hasRevision: true,
      settlesWithinMs: 0,
    },
    list: (signal) => listFunctions(clients.lambda, signal),
    listUnder: (parent, what, signal) =>
      what === 'aliases'
        ? listAliases(clients.lambda, parent, signal)
        : listVersions(clients.lambda, parent, signal),
    read: (resource, options) =>
      readPolicy('lambda:GetPolicy', options, {
        async get(abortSignal) {
          const answer = await clients.lambda.send(new GetPolicyCommand(address(resource)), {
            abortSignal,
          });
          return { text: answer.Policy, revision: answer.RevisionId };
        },
        // GetPolicy has one answer for "no policy" and "no such function".
        exists: (abortSignal) =>
          clients.lambda.send(new GetFunctionConfigurationCommand(address(resource)), {
            abortSignal,
          }),
        existsOperation: 'lambda:GetFunctionConfiguration',
      }),
    apply: (resource, change, revision, signal, cancelling) =>
      write('lambda:RemovePermission', { signal, cancelling }, () =>
        clients.lambdaWrites.send(
          new RemovePermissionCommand({
            ...address(resource),
            StatementId: change.statementId,
            RevisionId: revision,
          }),
          { abortSignal: signal },
        ),
      ),
  };
}

function address({ functionName, qualifier }: LambdaFunction) {
  return { FunctionName: functionName, Qualifier: qualifier?.name };
}

function listFunctions(client: LambdaClient, abortSignal: AbortSignal) {
  return pages('lambda:ListFunctions', async (Marker) => {
    const answer = await client.send(new ListFunctionsCommand({ Marker }), { abortSignal });
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

function listAliases(client: LambdaClient, parent: LambdaFunction, abortSignal: AbortSignal) {
  const { functionName } = parent;
  return pages('lambda:ListAliases', async (Marker) => {
    const answer = await client.send(
      new ListAliasesCommand({ FunctionName: functionName, Marker }),
      { abortSignal },
    );
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

function listVersions(client: LambdaClient, parent: LambdaFunction, abortSignal: AbortSignal) {
  const { functionName } = parent;
  return pages('lambda:ListVersionsByFunction', async (Marker) => {
    const answer = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName: functionName, Marker }),
      { abortSignal },
    );
    const items = (answer.Versions ?? [])
      // $LATEST is the unqualified function: it cannot have a policy of its own.
      .filter(({ Version }) => Version !== '$LATEST')
      .map(({ FunctionArn = '', Version = '' }): LambdaFunction => ({
        kind: 'lambdaFunction',
        arn: FunctionArn,
        functionName,
        qualifier: { type: 'version', name: Version },
      }));
    return { items, next: answer.NextMarker };
  });
}
