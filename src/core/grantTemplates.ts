import type { Arn } from './arn';
import { formatArn, parseArn } from './arn';
import type { GrantProblem } from './grantRules';
import { accountIdProblem, arnPatternProblem, arnProblem } from './grantRules';

/** A service that calls functions or sends to queues, and what it names as the source of a call. */
export interface ServiceTemplate {
  readonly id: TemplateId;
  /** Its principal. */
  readonly service: string;
  readonly source: SourceForm;
  /** Whose account it is matters even where the ARN of the source says it, or where there is none. */
  readonly alwaysAsksAccount: boolean;
}

export type TemplateId =
  | 'apiGateway'
  | 's3'
  | 'eventBridge'
  | 'sns'
  | 'logs'
  | 'loadBalancing'
  | 'config'
  | 'cognito'
  | 'iot'
  | 'cloudFront';

/** What the ARNs of a service's sources look like. */
interface SourceForm {
  /** The service in the ARN, which is not always the one of the principal. */
  readonly service: string;
  /** The last part of an example; `REGION` stands for that of the resource. */
  readonly example: string;
  readonly resource: RegExp;
  /** Which parts are not empty: bucket ARNs have no account, and global services have no region. */
  readonly names: readonly ('region' | 'accountId')[];
}

const templates: Readonly<Record<TemplateId, Omit<ServiceTemplate, 'id'>>> = {
  apiGateway: {
    service: 'apigateway.amazonaws.com',
    source: placed('execute-api', 'a1b2c3d4e5/*/GET/orders', /^[a-zA-Z0-9*?]+(\/.*)?$/),
    alwaysAsksAccount: false,
  },
  s3: {
    service: 's3.amazonaws.com',
    // The bucket, never its objects: a slash would match no call.
    source: { ...placed('s3', 'my-bucket', /^[a-zA-Z0-9._*?-]+$/), names: [] },
    alwaysAsksAccount: false,
  },
  eventBridge: {
    service: 'events.amazonaws.com',
    source: placed('events', 'rule/my-rule', /^(rule\/.+|\*)$/),
    alwaysAsksAccount: false,
  },
  sns: {
    service: 'sns.amazonaws.com',
    // The topic; the ARN of a subscription has one part more.
    source: placed('sns', 'my-topic', /^[a-zA-Z0-9._*?-]+$/),
    alwaysAsksAccount: false,
  },
  logs: {
    service: 'logs.amazonaws.com',
    source: placed('logs', 'log-group:/aws/my-app:*', /^(log-group:.+|\*)$/),
    alwaysAsksAccount: true,
  },
  loadBalancing: {
    service: 'elasticloadbalancing.amazonaws.com',
    source: placed(
      'elasticloadbalancing',
      'targetgroup/my-targets/0123456789abcdef',
      /^(targetgroup\/.+|\*)$/,
    ),
    alwaysAsksAccount: false,
  },
  config: {
    service: 'config.amazonaws.com',
    source: placed('config', 'config-rule/config-rule-a1b2c3', /^(config-rule\/.+|\*)$/),
    alwaysAsksAccount: true,
  },
  cognito: {
    service: 'cognito-idp.amazonaws.com',
    source: placed('cognito-idp', 'userpool/REGION_a1B2c3D4e', /^(userpool\/.+|\*)$/),
    alwaysAsksAccount: false,
  },
  iot: {
    service: 'iot.amazonaws.com',
    source: placed('iot', 'rule/my_rule', /^((rule|authorizer|provisioningtemplate)\/.+|\*)$/),
    alwaysAsksAccount: true,
  },
  // It signs its calls to function URLs.
  cloudFront: {
    service: 'cloudfront.amazonaws.com',
    source: {
      ...placed('cloudfront', 'distribution/E1A2B3C4D5E6F7', /^(distribution\/.+|\*)$/),
      names: ['accountId'],
    },
    alwaysAsksAccount: false,
  },
};

function placed(service: string, example: string, resource: RegExp): SourceForm {
  return { service, example, resource, names: ['region', 'accountId'] };
}

/** Those that can call what they are offered for. */
export function templatesFor(
  what: 'lambdaFunction' | 'functionUrl' | 'sqsQueue',
): readonly ServiceTemplate[] {
  return offered[what].map(templateOf);
}

const offered: Readonly<Record<Parameters<typeof templatesFor>[0], readonly TemplateId[]>> = {
  lambdaFunction: [
    'apiGateway',
    's3',
    'eventBridge',
    'sns',
    'logs',
    'loadBalancing',
    'config',
    'cognito',
    'iot',
  ],
  functionUrl: ['cloudFront'],
  sqsQueue: ['sns', 's3', 'eventBridge'],
};

/** The template of a service principal, however it was chosen. */
export function templateOfService(service: string): ServiceTemplate | undefined {
  const id = (Object.keys(templates) as TemplateId[]).find(
    (at) => templates[at].service === service,
  );
  return id && templateOf(id);
}

function templateOf(id: TemplateId): ServiceTemplate {
  return { id, ...templates[id] };
}

/** What the ARN of a source looks like, in the resource's own partition, region and account. */
export function exampleSourceArn(
  template: ServiceTemplate | undefined,
  resourceArn: string,
): string {
  const own = ownArn(resourceArn);
  const form = template?.source ?? placed('service', 'my-source', /./);
  const part = (name: 'region' | 'accountId') => (form.names.includes(name) ? own[name] : '');
  return formatArn({
    partition: own.partition,
    service: form.service,
    region: part('region'),
    accountId: part('accountId'),
    resource: form.example.replace('REGION', own.region),
  });
}

/** A value that AWS would take, and that would still let nobody in. */
export type SourceProblem =
  | { readonly code: 'wrongPartition'; readonly partition: string; readonly expected: string }
  | { readonly code: 'wrongSourceService'; readonly service: string; readonly expected: string }
  | { readonly code: 'wrongSource'; readonly text: string; readonly example: string }
  | { readonly code: 'otherAccount'; readonly accountId: string; readonly expected: string };

/**
 * `template`: of the service that calls; without one only what holds for all is checked. Of queues the
 * ARN stands in a condition, where its region and account may be patterns.
 */
export function sourceArnProblem(
  text: string,
  template: ServiceTemplate | undefined,
  resourceArn: string,
): GrantProblem | SourceProblem | undefined {
  const arn = parseArn(text);
  const own = ownArn(resourceArn);
  const problem = own.service === 'sqs' ? arnPatternProblem(text) : arnProblem(text);
  if (problem || !arn) return problem ?? { code: 'notAnArn', text };
  const { partition } = own;
  if (arn.partition !== partition) {
    return { code: 'wrongPartition', partition: arn.partition, expected: partition };
  }
  return template && formProblem(text, arn, template, resourceArn);
}

function formProblem(
  text: string,
  arn: Arn,
  template: ServiceTemplate,
  resourceArn: string,
): SourceProblem | undefined {
  const { source } = template;
  const example = exampleSourceArn(template, resourceArn);
  if (arn.service !== source.service) {
    return { code: 'wrongSourceService', service: arn.service, expected: source.service };
  }
  const isComplete = (['region', 'accountId'] as const).every((name) =>
    source.names.includes(name) ? arn[name] !== '' : /^\**$/.test(arn[name]),
  );
  return isComplete && source.resource.test(arn.resource)
    ? undefined
    : { code: 'wrongSource', text, example };
}

/** An account that is not the one of the source would match no call. */
export function sourceAccountProblem(
  text: string,
  sourceArn: string | undefined,
): GrantProblem | SourceProblem | undefined {
  const problem = accountIdProblem(text);
  if (problem) return problem;
  const expected = accountOfSource(sourceArn);
  if (expected === undefined || expected === text) return undefined;
  return { code: 'otherAccount', accountId: text, expected };
}

/** Whether the ARN leaves open whose the source is: a bucket can be deleted and made by others. */
export function asksSourceAccount(
  template: ServiceTemplate | undefined,
  sourceArn: string | undefined,
): boolean {
  return template?.alwaysAsksAccount === true || accountOfSource(sourceArn) === undefined;
}

/** Whose source it most likely is: what its ARN says, else the resource's own account. */
export function likelySourceAccount(sourceArn: string | undefined, resourceArn: string): string {
  return accountOfSource(sourceArn) ?? ownArn(resourceArn).accountId;
}

function accountOfSource(sourceArn: string | undefined): string | undefined {
  const accountId = sourceArn === undefined ? '' : parseArn(sourceArn)?.accountId;
  // A pattern says it of none.
  return accountId === undefined || !/^\d+$/.test(accountId) ? undefined : accountId;
}

/** Principals of another partition do not exist in this one. */
export function partitionProblem(text: string, resourceArn: string): SourceProblem | undefined {
  const partition = parseArn(text)?.partition;
  const expected = ownArn(resourceArn).partition;
  if (partition === undefined || partition === expected) return undefined;
  return { code: 'wrongPartition', partition, expected };
}

function ownArn(resourceArn: string): Arn {
  const none = { partition: 'aws', service: '', region: '', accountId: '', resource: '' };
  return parseArn(resourceArn) ?? none;
}
