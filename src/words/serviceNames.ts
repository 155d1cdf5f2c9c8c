/** Service principals by the names that AWS markets them under; proper names, so not translated. */
const names: Readonly<Record<string, string>> = {
  'alexa-appkit': 'Alexa Skills Kit',
  'alexa-connectedhome': 'Alexa Smart Home',
  apigateway: 'Amazon API Gateway',
  appsync: 'AWS AppSync',
  bedrock: 'Amazon Bedrock',
  cloudformation: 'AWS CloudFormation',
  cloudfront: 'Amazon CloudFront',
  'cognito-idp': 'Amazon Cognito',
  'cognito-sync': 'Amazon Cognito Sync',
  config: 'AWS Config',
  connect: 'Amazon Connect',
  edgelambda: 'Lambda@Edge',
  elasticloadbalancing: 'Elastic Load Balancing',
  events: 'Amazon EventBridge',
  iot: 'AWS IoT',
  iotevents: 'AWS IoT Events',
  lambda: 'AWS Lambda',
  lex: 'Amazon Lex',
  lexv2: 'Amazon Lex',
  logs: 'Amazon CloudWatch Logs',
  pipes: 'Amazon EventBridge Pipes',
  s3: 'Amazon S3',
  scheduler: 'Amazon EventBridge Scheduler',
  secretsmanager: 'AWS Secrets Manager',
  ses: 'Amazon SES',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  ssm: 'AWS Systems Manager',
  states: 'AWS Step Functions',
  'vpc-lattice': 'Amazon VPC Lattice',
};

/** `s3.amazonaws.com` → `Amazon S3`; `logs.eu-central-1.amazonaws.com` keeps its region. */
export function serviceName(principal: string): string {
  const match = /^([a-z0-9-]+)(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|amazon\.com)$/.exec(
    principal,
  );
  const [, service = '', region] = match ?? [];
  const name = Object.hasOwn(names, service) ? names[service] : undefined;
  if (name === undefined) return principal;
  return region === undefined ? name : `${name} (${region})`;
}
