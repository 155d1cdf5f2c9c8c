import type { Account, LayerRecord, LayerVersionRecord, PolicySlot } from './account';
import { invalid, notFound } from './functionName';
import type { LambdaCall, LambdaOperation } from './lambdaCall';
import { queryText } from './lambdaCall';
import { lambdaPage } from './paging';
import type { Statement } from './policyText';
import { lambdaAnswer, SampleError } from './protocol';
import { appendStatement, removeStatement } from './slotWrites';
import { bodyFields, textField, validate } from './validation';

const layerNameRule = {
  field: 'layerName',
  min: 1,
  max: 140,
  pattern:
    '(arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}(-gov)?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+)|' +
    '[a-zA-Z0-9-_]+',
} as const;
const statementIdRule = {
  field: 'statementId',
  min: 1,
  max: 100,
  pattern: '([a-zA-Z0-9-_]+)',
  required: true,
} as const;

export const listLayers: LambdaOperation = ({ account, request }) => {
  const layers = [...account.layers.values()].filter(({ versions }) => versions.size > 0);
  const { items, next } = lambdaPage(layers, (layer) => layer.name, request.query);
  const Layers = items.map((layer) => ({
    LayerName: layer.name,
    LayerArn: account.lambdaArn(`layer:${layer.name}`),
    LatestMatchingVersion: newestFirst(account, layer)[0],
  }));
  return lambdaAnswer(200, { Layers, NextMarker: next });
};

export const listLayerVersions: LambdaOperation = ({ account, request, parameters }) => {
  const layer = account.layers.get(layerName(account, parameters[0]));
  const versions = layer ? newestFirst(account, layer) : [];
  const page = lambdaPage(versions, (item) => item.LayerVersionArn, request.query);
  return lambdaAnswer(200, { LayerVersions: page.items, NextMarker: page.next });
};

export const getLayerVersion: LambdaOperation = (call) => {
  const { layer, record } = recordOf(call);
  return lambdaAnswer(200, {
    LayerArn: call.account.lambdaArn(`layer:${layer.name}`),
    ...listedVersion(call.account, layer.name, record),
  });
};

export const getLayerVersionPolicy: LambdaOperation = (call) => {
  const { policy } = slotOf(call);
  if (!policy) throw notFound('No policy is associated with the given resource.');
  return lambdaAnswer(200, { Policy: policy.text, RevisionId: policy.revisionId });
};

export const addLayerVersionPermission: LambdaOperation = (call) => {
  const fields = bodyFields(call.request.body);
  validateGrant(fields);
  const slot = slotOf(call);
  const statement = layerStatement(fields, slot.arn);
  const RevisionId = appendStatement(slot, statement, queryText(call, 'RevisionId'));
  return lambdaAnswer(201, { Statement: JSON.stringify(statement), RevisionId });
};

export const removeLayerVersionPermission: LambdaOperation = (call) => {
  const sid = call.parameters[2] ?? '';
  validate([[statementIdRule, sid]]);
  removeStatement(slotOf(call), sid, queryText(call, 'RevisionId'));
  return lambdaAnswer(204);
};

function validateGrant(fields: Readonly<Record<string, unknown>>): void {
  validate([
    [statementIdRule, fields['StatementId']],
    [{ field: 'action', pattern: 'lambda:GetLayerVersion', required: true }, fields['Action']],
    [
      {
        field: 'principal',
        pattern: '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root',
        required: true,
      },
      fields['Principal'],
    ],
    [{ field: 'organizationId', max: 34, pattern: 'o-[a-z0-9]{10,32}' }, fields['OrganizationId']],
  ]);
  if (textField(fields, 'OrganizationId') !== undefined && fields['Principal'] !== '*') {
    throw invalid('OrganizationId can only be used with the principal *.');
  }
}

function layerStatement(fields: Readonly<Record<string, unknown>>, arn: string): Statement {
  const principal = textField(fields, 'Principal') ?? '';
  const organization = textField(fields, 'OrganizationId');
  const account = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
  return {
    Sid: fields['StatementId'],
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: account },
    Action: fields['Action'],
    Resource: arn,
    ...(organization === undefined
      ? {}
      : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
  };
}

function slotOf(call: LambdaCall): PolicySlot {
  const { layer, record } = recordOf(call);
  return call.account.layerSlot(layer, record);
}

/** The layer version that a path names; throws when there is none. */
function recordOf({ account, parameters }: LambdaCall): {
  readonly layer: LayerRecord;
  readonly record: LayerVersionRecord;
} {
  const [nameParameter, version = ''] = parameters;
  const name = layerName(account, nameParameter);
  if (!/^-?\d{1,15}$/.test(version)) {
    throw new SampleError(400, 'SerializationException', 'VersionNumber is not a number.');
  }
  const layer = account.layers.get(name);
  const record = layer?.versions.get(Number(version));
  if (layer && record) return { layer, record };
  const arn = account.lambdaArn(`layer:${name}:${version}`);
  throw notFound(`Layer version ${arn} does not exist.`);
}

/** The name in a name or ARN; the layers of other accounts are not to be seen here. */
function layerName(account: Account, parameter = ''): string {
  validate([[layerNameRule, parameter]]);
  const own = account.lambdaArn('layer:');
  if (!parameter.startsWith('arn:')) return parameter;
  if (parameter.startsWith(own)) return parameter.slice(own.length);
  throw new SampleError(
    403,
    'AccessDeniedException',
    `User: ${account.identity.callerArn} is not authorized to access this resource: ${parameter}`,
  );
}

function newestFirst(account: Account, { name, versions }: LayerRecord): readonly ListedVersion[] {
  return [...versions.values()]
    .sort((a, b) => b.version - a.version)
    .map((record) => listedVersion(account, name, record));
}

interface ListedVersion {
  readonly LayerVersionArn: string;
  readonly Version: number;
  readonly Description: string;
  readonly CreatedDate: string;
  readonly CompatibleRuntimes: readonly string[];
}

function listedVersion(account: Account, name: string, record: LayerVersionRecord): ListedVersion {
  return {
    LayerVersionArn: account.lambdaArn(`layer:${name}:${record.version}`),
    Version: record.version,
    Description: record.description ?? '',
    CreatedDate: '2026-05-04T10:00:00.000+0000',
    CompatibleRuntimes: ['nodejs22.x', 'python3.13'],
  };
}
