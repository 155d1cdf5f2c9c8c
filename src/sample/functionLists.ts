import type { Account, FunctionRecord } from './account';
import { readTarget, requireFunction } from './functionName';
import type { LambdaCall, LambdaOperation } from './lambdaCall';
import { lambdaPage } from './paging';
import { lambdaAnswer } from './protocol';
import { validate } from './validation';

type Configuration = Readonly<Record<string, unknown>> & { readonly FunctionArn: string };

export const listFunctions: LambdaOperation = ({ account, request }) => {
  const which = request.query.get('FunctionVersion');
  validate([[{ field: 'functionVersion', values: ['ALL'] }, which]]);
  const all = [...account.functions.values()].flatMap((record) =>
    (which === 'ALL' ? versionsOf(record) : ['']).map((qualifier) => ({ record, qualifier })),
  );
  const { items, next } = lambdaPage(
    all,
    ({ record, qualifier }) => account.functionArn(record.name, qualifier),
    request.query,
  );
  // Only what is on the page: there may be thousands.
  const Functions = items.map(({ record, qualifier }) => configuration(account, record, qualifier));
  return lambdaAnswer(200, { Functions, NextMarker: next });
};

export const listVersionsByFunction: LambdaOperation = (call) => {
  const { account, request } = call;
  const items = allVersions(account, functionOf(call));
  const { items: Versions, next } = lambdaPage(items, (item) => item.FunctionArn, request.query);
  return lambdaAnswer(200, { Versions, NextMarker: next });
};

export const listAliases: LambdaOperation = (call) => {
  const { account, request } = call;
  const record = functionOf(call);
  const version = request.query.get('FunctionVersion');
  const items = [...record.aliases]
    .filter(([, target]) => version === null || target === version)
    .map(([Name, FunctionVersion]) => ({
      AliasArn: account.functionArn(record.name, Name),
      Name,
      FunctionVersion,
      Description: '',
      RevisionId: account.configurationRevision(record, Name),
    }));
  const { items: Aliases, next } = lambdaPage(items, (item) => item.Name, request.query);
  return lambdaAnswer(200, { Aliases, NextMarker: next });
};

export const getFunctionConfiguration: LambdaOperation = (call) =>
  lambdaAnswer(200, configurationOf(call));

export const getFunction: LambdaOperation = (call) =>
  lambdaAnswer(200, { Configuration: configurationOf(call), Code: { RepositoryType: 'S3' } });

export const publishVersion: LambdaOperation = (call) => {
  const record = functionOf(call);
  const version = call.account.publish(record);
  return lambdaAnswer(201, configuration(call.account, record, version));
};

export const listEventSourceMappings: LambdaOperation = ({ account, request }) => {
  const source = request.query.get('EventSourceArn');
  const name = request.query.get('FunctionName');
  const target = name === null ? undefined : readTarget(account, name, null);
  const found = account.mappings.filter(
    (item) =>
      (source === null || item.eventSourceArn === source) &&
      (target === undefined ||
        (item.functionName === target.name && (item.qualifier ?? '') === target.qualifier)),
  );
  const { items, next } = lambdaPage(found, (item) => item.uuid, request.query);
  const EventSourceMappings = items.map((item) => ({
    UUID: item.uuid,
    EventSourceArn: item.eventSourceArn,
    FunctionArn: account.functionArn(item.functionName, item.qualifier),
    State: item.enabled ? 'Enabled' : 'Disabled',
    BatchSize: 10,
  }));
  return lambdaAnswer(200, { EventSourceMappings, NextMarker: next });
};

function functionOf({ account, parameters: [name = ''] }: LambdaCall): FunctionRecord {
  return requireFunction(account, readTarget(account, name, null));
}

function configurationOf({ account, request, parameters: [name = ''] }: LambdaCall): Configuration {
  const target = readTarget(account, name, request.query.get('Qualifier'));
  const record = requireFunction(account, target);
  return configuration(account, record, target.qualifier);
}

function allVersions(account: Account, record: FunctionRecord): readonly Configuration[] {
  return versionsOf(record).map((version) => configuration(account, record, version));
}

/** `$LATEST` comes first, then the published versions from the oldest. */
function versionsOf({ versions }: FunctionRecord): readonly string[] {
  return ['$LATEST', ...versions];
}

function configuration(account: Account, record: FunctionRecord, qualifier: string): Configuration {
  const { accountId } = account.identity;
  return {
    FunctionName: record.name,
    FunctionArn: account.functionArn(record.name, qualifier),
    Runtime: record.runtime ?? 'nodejs22.x',
    Role: `arn:aws:iam::${accountId}:role/service-role/${record.name}`,
    Handler: 'index.handler',
    CodeSize: 1024,
    Description: record.description ?? '',
    Timeout: 10,
    MemorySize: 256,
    LastModified: '2026-06-01T08:00:00.000+0000',
    Version: record.aliases.get(qualifier) ?? (qualifier === '' ? '$LATEST' : qualifier),
    PackageType: 'Zip',
    Architectures: ['arm64'],
    State: 'Active',
    RevisionId: account.configurationRevision(record, qualifier === '$LATEST' ? '' : qualifier),
  };
}
