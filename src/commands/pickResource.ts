import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { ResourceTarget } from '../connections/targets';
import { failureOf } from '../core/errors';
import type { Under } from '../core/policyStore';
import type { LambdaFunction, Layer, Listed, Resource, ResourceKind } from '../core/resource';
import { kindOf, resourceKinds } from '../core/resource';
import { plainText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { kindTitle, resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { pickConnection } from './pickConnection';
import type { Listing } from './pickFromPages';
import { pickFromPages } from './pickFromPages';

/** Asks for connection, resource and qualifier or version, as far as there is a choice. */
export async function pickResource(
  deps: CommandDeps,
  title: string,
): Promise<ResourceTarget | undefined> {
  const picked = await pickTopResource(deps, title);
  if (!picked) return undefined;
  const { connection, listed } = picked;
  const resource = await pickUnder(connection, listed, title);
  return resource && { connectionId: connection.id, resource };
}

/** Asks for connection and function, layer or queue. */
export async function pickTopResource(
  deps: CommandDeps,
  title: string,
): Promise<{ readonly connection: Connection; readonly listed: Listed } | undefined> {
  const connection = await pickConnection(deps, title);
  if (!connection) return undefined;
  const listed = await pickFromPages(
    { title, placeholder: vscode.l10n.t('Which resource?') },
    resourceKinds.map((kind) => (signal) => listKind(connection, kind, signal)),
    (item) => resourceItem(item, kindTitle(kindOf(item))),
    (error) => sentence(connection, error),
  );
  return listed && { connection, listed };
}

/** Asks for a qualifier or version of what has some. */
export async function pickUnder(
  connection: Connection,
  listed: Listed,
  title: string,
): Promise<Resource | undefined> {
  if (listed.kind === 'sqsQueue' || listed.kind === 'layerVersion') return listed;
  const placeholder =
    listed.kind === 'layer' ? vscode.l10n.t('Which version?') : vscode.l10n.t('Which qualifier?');
  return pickFromPages(
    { title: `${title}: ${plainText(resourceWords(listed))}`, placeholder },
    listingsUnder(connection, listed),
    (item) => resourceItem(item),
    (error) => sentence(connection, error),
  );
}

async function* listKind(
  connection: Connection,
  kind: ResourceKind,
  signal: AbortSignal,
): AsyncGenerator<readonly Listed[]> {
  yield* (await connection.stores())[kind].list(signal);
}

/** Aliases and versions apart: being denied one must not hide the other. */
function listingsUnder(
  connection: Connection,
  listed: LambdaFunction | Layer,
): readonly Listing<Resource>[] {
  if (listed.kind === 'layer') {
    return [
      async function* (signal) {
        const { layerVersion } = await connection.stores();
        yield* layerVersion.listUnder(listed, 'versions', signal);
      },
    ];
  }
  const under = (what: Under): Listing<Resource> =>
    async function* (signal) {
      const { lambdaFunction } = await connection.stores();
      yield* lambdaFunction.listUnder(listed, what, signal);
    };
  return [() => just(listed), under('aliases'), under('versions')];
}

async function* just<T>(value: T): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve([value]);
}

function resourceItem(listed: Listed, description?: string): vscode.QuickPickItem {
  return { label: plainText(shortName(listed)), description: description ?? plainText(listed.arn) };
}

function shortName(listed: Listed): string {
  switch (listed.kind) {
    case 'lambdaFunction':
      return qualifierName(listed);
    case 'layer':
      return listed.layerName;
    case 'layerVersion':
      return vscode.l10n.t('version {0}', listed.version);
    case 'sqsQueue':
      return listed.queueName;
  }
}

function qualifierName({
  functionName,
  qualifier,
}: Extract<Listed, { kind: 'lambdaFunction' }>): string {
  switch (qualifier?.type) {
    case 'alias':
      return vscode.l10n.t('alias {0}', qualifier.name);
    case 'version':
      return vscode.l10n.t('version {0}', qualifier.name);
    case undefined:
      return functionName;
  }
}

function sentence(connection: Connection, error: unknown): string {
  const failure = failureOf(error);
  if (!failure) return String(error);
  const what = vscode.l10n.t('The list is not complete');
  return failureSentence(what, failure, sceneOf(connection));
}
