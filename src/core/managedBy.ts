import type { ManagedBy, ManagingTool } from './plan';
import type { Resource, ResourceKind } from './resource';
import type { Statement } from './statement';

/**
 * Which tool made a statement, as far as the form of its Sid tells; `undefined` for a Sid that a
 * person may as well have written. A guess by nature: tools leave no other trace in a policy.
 */
export function managedBy(statement: Statement, { kind }: Resource): ManagedBy | undefined {
  const { sid } = statement;
  if (sid === undefined || sid.length > longestSid) return undefined;
  if (isTerraform(sid)) return { tool: 'terraform' };
  if (consoleForms[kind].some((form) => form.test(sid))) return { tool: 'console' };
  if (uuid.test(sid) && isFor(statement, 'apigateway.amazonaws.com')) return { tool: 'apiGateway' };
  return templateOf(statement, sid);
}

/** No tool makes longer ones: AddPermission takes 100 characters, an ARN in front adds the rest. */
const longestSid = 300;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * `terraform-20260114093122456700000003`, the same behind a `statement_id_prefix`, and names that
 * people who use Terraform begin so. The number is a time (18 digits) and a counter in hex.
 */
function isTerraform(sid: string): boolean {
  return /^terraform[-_]/i.test(sid) || /20[1-4]\d[01]\d[0-3]\d[0-2]\d{9}[0-9a-f]{8}$/.test(sid);
}

const events = /^AWSEvents_|^AWS_EVENTS_INVOKE_LAMBDA/;

/** What the console of AWS writes when a trigger, a function URL or a queue is set up in it. */
const consoleForms: Readonly<Record<ResourceKind, readonly RegExp[]>> = {
  lambdaFunction: [
    events,
    /^lambda-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    /^FunctionURL(Invoke)?AllowPublicAccess$/,
    // Of S3, CloudWatch Logs, Cognito, Elastic Load Balancing and SES.
    /^\d{12}_event_permissions_/,
    /^InvokePermissionsForCWL[0-9a-f]{32}$/,
    /^CSI_[A-Za-z]+_[a-z]{2}-/,
    /^AWS-ALB_Invoke-targetgroup-/,
    /^GiveSESPermissionToInvokeFunction$/,
  ],
  layerVersion: [],
  sqsQueue: [
    events,
    /^__(owner|sender|receiver)_statement$/,
    /^topic-subscription-arn:aws[a-z-]*:sns:/,
    /^Sid\d{13}$/,
  ],
};

/** `<stack>-<logical ID>-<random>`: what CloudFormation calls a permission that it makes. */
function templateOf(statement: Statement, sid: string): ManagedBy | undefined {
  const parts = sid.split('-');
  const random = parts.at(-1) ?? '';
  const logicalId = parts.at(-2) ?? '';
  if (parts.length < 3 || !/^[A-Za-z]/.test(sid) || !isLogicalId(logicalId)) return undefined;
  if (!isRandom(random) || isNamed(statement, random)) return undefined;
  return { tool: templateTool(logicalId), logicalId };
}

/** Those in small letters only are left out: so people write Sids. */
function isLogicalId(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

/** Capitals and digits (as a rule 12 or 13) until 2022, since then 12 of all letters and digits. */
function isRandom(text: string): boolean {
  if (/^[A-Z0-9]{8,14}$/.test(text)) return isMixed(text) && !/^\d{8}T/.test(text);
  return /^[A-Za-z0-9]{12}$/.test(text) && !/^[a-z0-9]*$/.test(text) && !isWords(text);
}

/** Letters and digits take turns, as in few words with a number; the shorter it is the oftener. */
function isMixed(text: string): boolean {
  const turns = text.match(/[A-Z](?=\d)|\d(?=[A-Z])/g)?.length ?? 0;
  return turns >= (text.length < 12 ? 4 : 2);
}

/** `InvokeS3Logs`: words with capitals, abbreviations and numbers between them. */
function isWords(text: string): boolean {
  return /^(?:[A-Z]?[a-z]{2,}\d*|[A-Z]{1,5}\d*(?=[A-Z][a-z]|$))+$/.test(text);
}

/** A distribution, user pool or target group that the statement is about has a random ID as well. */
function isNamed({ conditions }: Statement, id: string): boolean {
  return conditions.some(({ values }) => values.some((value) => value.includes(id)));
}

function isFor({ principals }: Statement, service: string): boolean {
  return principals.some((one) => one.kind === 'service' && one.service === service);
}

/** Tools that write templates name what they add to them in ways of their own. */
function templateTool(logicalId: string): ManagingTool {
  // CDK ends every logical ID with a digest of its path.
  if (/[0-9A-F]{8}$/.test(logicalId) && !/\d{8}$/.test(logicalId)) return 'cdk';
  if (serverlessForm.test(logicalId)) return 'serverless';
  if (samForms.some((form) => form.test(logicalId))) return 'sam';
  return 'cloudFormation';
}

/** `<Function>LambdaPermission<Event>`. */
const serverlessForm =
  /.LambdaPermission(ApiGateway|HttpApi|Websockets|FnUrl|EventsRule|EventBridge|Iot|Alexa|LogsSubscription|CognitoUserPool|RegisterTarget|[A-Za-z0-9]+(S3|SNS)$)/;

/** `<Function><Event>Permission`, for an API with its stage, and the pair of a function URL. */
const samForms: readonly RegExp[] = [
  /.Permission(Prod|Test|Stage|Dev|Live|Staging|[vV]\d+)$/,
  /Function(?!Invoke)[A-Z][A-Za-z0-9]*(?<!Invoke|Lambda)Permission$/,
  /.(UrlPublicPermissions|URLInvokeAllowPublicAccess)$/,
];
