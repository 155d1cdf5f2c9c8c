// What the schemas say of the elements of a policy. The tables say it of actions and of the services'
// own condition keys; for the global keys they have no words.

export const policy = 'A resource-based policy: who may do what with this resource.';
export const version =
  'The version of the policy language. "2012-10-17" is the current one; without it, policy variables such as ${aws:username} are plain text.';
export const id =
  'A name for the policy; AWS writes "default" or one made from the ARN. It has no effect.';
export const statements = 'What is allowed and denied. A Deny wins over every Allow.';
export const everyone = 'Everyone, signed or anonymous, unless a condition narrows it.';
export const allActions = 'Every action of the service';

export const elements = {
  Sid: 'The statement ID. It should be there, and unlike the others: a statement is removed by it.',
  Effect: 'Allow lets the principals in. Deny keeps them out, whatever else allows it.',
  Principal: 'Who: accounts, roles and users ("AWS"), services ("Service"), or "*" for everyone.',
  NotPrincipal:
    'Everyone but these. With Allow that is nearly everyone; use it with Deny, or better a condition.',
  Action: 'What may be done, e.g. "lambda:InvokeFunction". "*" and "?" stand for any characters.',
  NotAction: 'Everything but these actions.',
  Resource: 'The ARN of the resource that the policy belongs to.',
  NotResource: 'Everything but these resources.',
  Condition:
    'When: operators, under each the keys of the request, under each the values. All must hold; of the values of one key, any.',
};

export const principals = {
  AWS: 'Accounts (the 12 digits, or the ARN of the root), roles and users by their ARN, or "*".',
  Service:
    'An AWS service, e.g. "s3.amazonaws.com". Add aws:SourceArn or aws:SourceAccount, or it lets in every account that uses the service.',
  Federated: 'An identity provider: the ARN of a SAML or OIDC provider.',
  CanonicalUser: 'The canonical user ID of an account, as S3 knows it.',
};

export const servicePrincipals = [
  'apigateway',
  'cloudfront',
  'cognito-idp',
  'config',
  'elasticloadbalancing',
  'events',
  'iot',
  'lambda',
  'logs',
  's3',
  'scheduler',
  'ses',
  'sns',
  'sqs',
].map((name) => `${name}.amazonaws.com`);

/** @type {Record<string, string>} */
export const keys = {
  'aws:CurrentTime': 'The date and time of the request',
  'aws:MultiFactorAuthPresent': 'Whether the caller signed in with a second factor',
  'aws:PrincipalAccount': 'The account that the caller belongs to',
  'aws:PrincipalArn': "The ARN of the caller; for a role's session, that of the role",
  'aws:PrincipalIsAWSService': 'Whether an AWS service itself makes the call',
  'aws:PrincipalOrgID': 'The organization of the caller’s account, e.g. o-a1b2c3d4e5',
  'aws:PrincipalOrgPaths': 'The path of organizational units of the caller’s account',
  'aws:PrincipalServiceName': 'The service that makes the call, e.g. s3.amazonaws.com',
  'aws:PrincipalTag/': 'A tag of the caller; the name of the tag follows the slash',
  'aws:PrincipalType': 'What the caller is: Account, User, AssumedRole, …',
  'aws:RequestedRegion': 'The region that was called',
  'aws:RequestTag/': 'A tag in the request; the name of the tag follows the slash',
  'aws:ResourceAccount': 'The account that owns the resource',
  'aws:ResourceOrgID': 'The organization of the account that owns the resource',
  'aws:ResourceTag/': 'A tag of the resource; the name of the tag follows the slash',
  'aws:SecureTransport': 'Whether the request came over TLS',
  'aws:SourceAccount': 'The account of the resource for which a service makes the call',
  'aws:SourceArn': 'The ARN of the resource for which a service makes the call, e.g. of a bucket',
  'aws:SourceIp': 'The public IP address of the caller, as a CIDR range',
  'aws:SourceOrgID': 'The organization of the resource for which a service makes the call',
  'aws:SourceOrgPaths':
    'The organizational units of the resource for which a service makes the call',
  'aws:SourceVpc': 'The VPC that the request came through',
  'aws:SourceVpce': 'The VPC endpoint that the request came through',
  'aws:TagKeys': 'The names of the tags in the request',
  'aws:UserAgent': 'The client, as it names itself; not to be trusted',
  'aws:userid': 'The unique ID of the caller',
  'aws:username': 'The name of the IAM user',
  'aws:ViaAWSService': 'Whether a service makes the call on behalf of the caller',
  'aws:VpcSourceIp': 'The IP address of the caller inside its VPC',
};

/** @type {Record<string, string>} */
const baseOperators = {
  StringEquals: 'Exactly this text',
  StringNotEquals: 'Any other text, or none',
  StringEqualsIgnoreCase: 'This text in upper or lower case',
  StringNotEqualsIgnoreCase: 'Any other text, whatever its case',
  StringLike: 'A text with * and ? as wildcards',
  StringNotLike: 'Any text that the wildcards do not match',
  NumericEquals: 'This number',
  NumericNotEquals: 'Any other number',
  NumericLessThan: 'A smaller number',
  NumericLessThanEquals: 'This number or a smaller one',
  NumericGreaterThan: 'A greater number',
  NumericGreaterThanEquals: 'This number or a greater one',
  DateEquals: 'This date and time',
  DateNotEquals: 'Any other date and time',
  DateLessThan: 'Before this date and time',
  DateLessThanEquals: 'Not after this date and time',
  DateGreaterThan: 'After this date and time',
  DateGreaterThanEquals: 'Not before this date and time',
  Bool: 'true or false',
  BinaryEquals: 'These bytes, in Base64',
  IpAddress: 'An address inside this CIDR range',
  NotIpAddress: 'An address outside of this CIDR range',
  ArnEquals: 'An ARN with * and ? as wildcards, part by part',
  ArnNotEquals: 'Any ARN that is not matched',
  ArnLike: 'An ARN with * and ? as wildcards, part by part',
  ArnNotLike: 'Any ARN that is not matched',
  Null: '"true": the key is not there; "false": it is, and not empty',
};

/** Each with its forms, as names and words. @type {(readonly [string, string])[]} */
export const operators = Object.entries(baseOperators).flatMap(([name, text]) => {
  /** @type {(readonly [string, string])[]} */
  const forms = [[name, text]];
  if (name !== 'Null') forms.push([`${name}IfExists`, `${text}; also when the key is not there`]);
  if (/^(String|Arn)/.test(name)) {
    forms.push([`ForAnyValue:${name}`, `${text}, for at least one of the request's values`]);
    forms.push([
      `ForAllValues:${name}`,
      `${text}, for each of the request's values; also for none`,
    ]);
  }
  return forms;
});

export const snippets = [
  {
    label: 'A service may use it',
    description: 'A statement for an AWS service, limited to one source',
    body: {
      Sid: '${1:AllowService}',
      Effect: 'Allow',
      Principal: { Service: '${2:s3.amazonaws.com}' },
      Action: '$3',
      Resource: '$4',
      Condition: { ArnLike: { 'aws:SourceArn': '${5:arn:aws:s3:::bucket}' } },
    },
  },
  {
    label: 'An account may use it',
    description: 'A statement for another account',
    body: {
      Sid: '${1:AllowAccount}',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::${2:111122223333}:root' },
      Action: '$3',
      Resource: '$4',
    },
  },
];
