import assert from 'node:assert/strict';
import { parsePolicy } from '../../../src/core/policy';
import type { Resource } from '../../../src/core/resource';
import {
  aFunction,
  aLayer,
  allow,
  anAlias,
  aQueue,
  brief,
  findingsOf,
  other,
  own,
  policyText,
  third,
} from './findingsOf';

const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg/';
const sqs = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/';
const keys = `${iam}reference_policies_condition-keys.html`;
const operators = `${iam}reference_policies_elements_condition_operators.html`;
const multivalued = `${iam}reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const principal = `${iam}reference_policies_elements_principal.html`;
const logic = `${iam}reference_policies_evaluation-logic.html`;
const deputy = `${iam}confused-deputy.html`;
const url = `${lambda}urls-auth.html`;
const prowler = 'https://github.com/prowler-cloud/prowler/issues/';

interface Case {
  readonly name: string;
  readonly page: string;
  readonly on?: Resource;
  /** Each over a statement that lets everyone use the resource. */
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  readonly finds: readonly string[];
}

const sns = { Service: 'sns.amazonaws.com' };
const s3 = { Service: 's3.amazonaws.com' };
const theirs = { AWS: `arn:aws:iam::${other}:root` };
const theirRole = { AWS: `arn:aws:iam::${other}:role/Sender` };
const ownRoot = { AWS: `arn:aws:iam::${own}:root` };
const publicCall = ['public-access anyAccount'];
const publicQueue = ['public-access anyone'];
const urlNone = {
  Action: 'lambda:InvokeFunctionUrl',
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
};
const urlSigned = {
  Action: 'lambda:InvokeFunctionUrl',
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
};
const throughUrl = { Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } };
const equals = (key: string, value: unknown) => ({ Condition: { StringEquals: { [key]: value } } });
const like = (key: string, value: unknown) => ({ Condition: { StringLike: { [key]: value } } });
const arnLike = (key: string, value: unknown) => ({ Condition: { ArnLike: { [key]: value } } });
const notFor = (key: string, value: unknown, operator = 'StringNotEquals') => ({
  Effect: 'Deny',
  Condition: { [operator]: { [key]: value } },
});
const anyDeputy = ['confused-deputy service.amazonaws.com source'];
const snsDeputy = ['confused-deputy sns.amazonaws.com source'];
const topic = (account: string) => `arn:aws:sns:eu-west-1:${account}:orders`;

const cases: readonly Case[] = [
  // public-access: what narrows a `*`, and what only looks as if it did.
  { name: 'everyone may invoke', page: principal, statements: [{}], finds: publicCall },
  { name: 'everyone may send, without an account', page: `${sqs}sqs-basic-examples-of-sqs-policies.html`, on: aQueue, statements: [{}], finds: publicQueue },
  { name: 'everyone may use a layer version', page: `${lambda}permissions-layer-cross-account.html`, on: aLayer, statements: [{}], finds: publicCall },
  { name: 'everyone by AWS: *', page: principal, statements: [{ Principal: { AWS: ['*'] } }], finds: publicCall },
  { name: 'everyone, of another resource', page: `${iam}reference_policies_elements_resource.html`, statements: [{ Resource: `${aFunction.arn}-2` }], finds: [] },
  { name: 'everyone, but a Deny for all', page: logic, statements: [{}, { Effect: 'Deny' }], finds: [] },
  { name: 'everyone, but a Deny of another action', page: logic, statements: [{}, { Effect: 'Deny', Action: 'lambda:GetFunction' }], finds: publicCall },
  { name: 'everyone, but a Deny for other accounts', page: keys, statements: [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalAccount': own } } }], finds: [] },
  { name: 'everyone, and a Deny that an absent key escapes', page: operators, on: aQueue, statements: [{}, { Effect: 'Deny', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' }, Null: { 'aws:PrincipalOrgID': 'false' } } }], finds: publicQueue },
  { name: 'the own account by PrincipalAccount', page: keys, statements: [equals('aws:PrincipalAccount', own)], finds: [] },
  { name: 'key names in other capitals', page: keys, statements: [equals('AWS:PRINCIPALACCOUNT', own)], finds: [] },
  { name: 'PrincipalAccount of any account', page: operators, statements: [like('aws:PrincipalAccount', '*')], finds: publicCall },
  { name: 'PrincipalArn of the own account', page: keys, statements: [arnLike('aws:PrincipalArn', `arn:aws:iam::${own}:role/*`)], finds: [] },
  { name: 'PrincipalArn of a role in any account', page: keys, statements: [arnLike('aws:PrincipalArn', 'arn:aws:iam::*:role/Admin')], finds: publicCall },
  { name: 'PrincipalArn, a pattern that a literal is compared with', page: operators, statements: [equals('aws:PrincipalArn', `arn:aws:iam::*:role/Admin`)], finds: [] },
  { name: 'SourceVpce', page: keys, on: aQueue, statements: [equals('aws:SourceVpce', 'vpce-0123456789abcdef0')], finds: [] },
  { name: 'any SourceVpce', page: operators, on: aQueue, statements: [like('aws:SourceVpce', 'vpce-*')], finds: publicQueue },
  { name: 'SourceVpce, if there is one', page: operators, on: aQueue, statements: [{ Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } }], finds: publicQueue },
  { name: 'SourceVpc', page: keys, on: aQueue, statements: [equals('aws:SourceVpc', 'vpc-0123456789abcdef0')], finds: [] },
  { name: 'a network of the company', page: operators, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }], finds: [] },
  { name: 'the whole internet', page: operators, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }], finds: publicQueue },
  { name: 'half the internet', page: operators, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1'] } } }], finds: publicQueue },
  { name: 'all but a network', page: operators, on: aQueue, statements: [{ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }], finds: publicQueue },
  { name: 'a private address of any network', page: keys, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } } }], finds: publicQueue },
  { name: 'everyone but one account', page: operators, on: aQueue, statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalAccount': other } } }], finds: publicQueue },
  { name: 'ForAllValues on a key that may be missing', page: multivalued, on: aQueue, statements: [{ Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/*' } } }], finds: publicQueue },
  { name: 'ForAnyValue on the same', page: multivalued, on: aQueue, statements: [{ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/*' } } }], finds: ['other-organization o-abcdefghij'] },
  { name: 'only with TLS', page: keys, on: aQueue, statements: [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], finds: publicQueue },
  { name: 'a tag, which strangers give themselves', page: keys, statements: [equals('aws:PrincipalTag/team', 'orders')], finds: publicCall },
  { name: 'a user name, which others may have, too', page: keys, statements: [equals('aws:username', 'ann')], finds: publicCall },
  { name: 'the ID of one role', page: keys, statements: [like('aws:userid', 'AROA1234567890EXAMPLE:*')], finds: [] },
  { name: 'a referer, which is what one says', page: keys, on: aQueue, statements: [equals('aws:Referer', 'https://example.com')], finds: publicQueue },
  { name: 'until a day that is over', page: operators, statements: [{ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } }], finds: [] },
  { name: 'until a day to come', page: operators, statements: [{ Condition: { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } } }], finds: publicCall },
  { name: 'two patterns that nothing meets', page: operators, statements: [{ Condition: { StringLike: { 'aws:PrincipalTag/a': 'x*' }, StringEquals: { 'aws:PrincipalTag/a': 'y' } } }], finds: [] },
  { name: 'two patterns that something meets', page: operators, statements: [{ Condition: { StringLike: { 'aws:PrincipalTag/a': 'x*' }, 'ForAnyValue:StringLike': { 'aws:PrincipalTag/a': '*y' } } }], finds: publicCall },
  // The false alarms of another tool.
  { name: 'a topic of the account may send (247)', page: `${prowler}247`, on: aQueue, statements: [{ Condition: { ArnEquals: { 'aws:SourceArn': topic(own) } } }], finds: [] },
  { name: 'a topic may do everything (2565)', page: `${prowler}2565`, on: aQueue, statements: [{ Action: 'SQS:*', Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${own}:x` } } }], finds: [] },
  { name: 'a topic of another account is not everyone (3199)', page: `${prowler}3199`, on: aQueue, statements: [{ Condition: { ArnEquals: { 'aws:SourceArn': topic(other) } } }], finds: [`other-account ${other} via sns.amazonaws.com`] },
  { name: 'a bucket is not everyone (3212)', page: `${prowler}3212`, on: aQueue, statements: [{ Resource: 'arn:aws:sqs:*:*:orders', Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::pictures' } } }], finds: ['confused-deputy s3.amazonaws.com bucketAccount'] },
  { name: 'a service for the own account (4870)', page: `${prowler}4870`, statements: [{ Principal: { Service: 'ses.amazonaws.com' }, ...equals('AWS:SourceAccount', own) }], finds: [] },
  { name: 'an API of the account (4870)', page: `${prowler}4870`, statements: [{ Principal: { Service: 'apigateway.amazonaws.com' }, ...arnLike('AWS:SourceArn', `arn:aws:execute-api:eu-west-1:${own}:abc123/*/POST/orders`) }], finds: [] },
  // public-function-url and its halves.
  { name: 'a public URL', page: url, statements: [urlNone, throughUrl], finds: ['public-function-url anyone'] },
  { name: 'a public URL, called by whoever may call', page: url, statements: [urlNone, {}], finds: ['public-function-url anyone', ...publicCall] },
  { name: 'a URL for whoever signs', page: url, statements: [urlSigned, throughUrl], finds: ['public-function-url anyAccount'] },
  { name: 'a URL whatever the signature', page: url, statements: [{ Action: 'lambda:InvokeFunctionUrl' }, throughUrl], finds: ['public-function-url anyone'] },
  { name: 'a URL without the call', page: url, statements: [urlNone], finds: ['public-function-url anyone', 'function-url-half anyone no call'] },
  { name: 'the call without the URL', page: url, statements: [throughUrl], finds: ['function-url-half anyone no url'] },
  { name: 'a URL for everyone, the call for one account', page: url, statements: [urlNone, { ...throughUrl, Principal: theirs }], finds: ['public-function-url anyone', 'function-url-half anyone no call'] },
  { name: 'both halves for an account', page: url, statements: [{ ...urlSigned, Principal: theirs }, { ...throughUrl, Principal: theirs }], finds: [`other-account ${other}`] },
  { name: 'half a URL for an account', page: url, statements: [{ ...urlSigned, Principal: theirs }], finds: [`other-account ${other}`, `function-url-half ${other} no call`] },
  { name: 'half a URL for the own account, whose policies may have the other', page: url, statements: [{ ...urlSigned, Principal: ownRoot }], finds: [] },
  // other-account.
  { name: 'another account', page: principal, statements: [{ Principal: theirs }], finds: [`other-account ${other}`] },
  { name: 'the own account', page: principal, statements: [{ Principal: ownRoot }], finds: [] },
  { name: 'a role of another account', page: principal, statements: [{ Principal: theirRole }], finds: [`other-account ${theirRole.AWS}`] },
  { name: 'a role of the own account', page: principal, statements: [{ Principal: { AWS: `arn:aws:iam::${own}:role/x` } }], finds: [] },
  { name: 'an account named by a condition', page: keys, statements: [equals('aws:PrincipalAccount', [own, other])], finds: [`other-account ${other}`] },
  { name: 'a role named by a condition', page: keys, statements: [arnLike('aws:PrincipalArn', theirRole.AWS)], finds: [`other-account ${other}`] },
  { name: 'another account that a Deny keeps out', page: logic, statements: [{ Principal: theirs }, { Effect: 'Deny', Principal: theirs }], finds: [] },
  { name: 'another account, from its own network', page: operators, on: aQueue, statements: [{ Principal: theirRole, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }], finds: [`other-account ${theirRole.AWS}`] },
  { name: 'another account if it is the own', page: keys, statements: [{ Principal: theirs, ...equals('aws:PrincipalAccount', own) }], finds: [] },
  { name: 'a service for another account', page: deputy, statements: [{ Principal: sns, ...equals('aws:SourceAccount', other) }], finds: [`other-account ${other} via sns.amazonaws.com`] },
  // other-organization.
  { name: 'an organisation', page: keys, statements: [equals('aws:PrincipalOrgID', 'o-abcdefghij')], finds: ['other-organization o-abcdefghij'] },
  { name: 'any organisation', page: operators, statements: [like('aws:PrincipalOrgID', 'o-*')], finds: publicCall },
  { name: 'an organisation, if there is one', page: operators, statements: [{ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }], finds: publicCall },
  { name: 'not an organisation', page: operators, statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }], finds: publicCall },
  { name: 'services for an organisation', page: keys, statements: [{ Principal: sns, ...equals('aws:SourceOrgID', 'o-abcdefghij') }], finds: ['other-organization o-abcdefghij'] },
  { name: 'one account of an organisation', page: keys, statements: [{ Principal: theirs, ...equals('aws:PrincipalOrgID', 'o-abcdefghij') }], finds: [`other-account ${other}`] },
  // confused-deputy.
  { name: 'a service for whomever', page: deputy, statements: [{ Principal: sns }], finds: ['confused-deputy sns.amazonaws.com source'] },
  { name: 'a service for a topic', page: deputy, statements: [{ Principal: sns, ...arnLike('aws:SourceArn', topic(own)) }], finds: [] },
  { name: 'a service for a topic of any account', page: deputy, statements: [{ Principal: sns, ...arnLike('aws:SourceArn', 'arn:aws:sns:*:*:orders') }], finds: ['confused-deputy sns.amazonaws.com source'] },
  { name: 'a service, if it says for whom', page: operators, statements: [{ Principal: sns, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': own } } }], finds: [] },
  { name: 'a service for all but an account', page: operators, statements: [{ Principal: sns, Condition: { StringNotEquals: { 'aws:SourceAccount': other } } }], finds: ['confused-deputy sns.amazonaws.com source'] },
  { name: 'a bucket', page: deputy, statements: [{ Principal: s3, ...arnLike('AWS:SourceArn', 'arn:aws:s3:::pictures') }], finds: ['confused-deputy s3.amazonaws.com bucketAccount'] },
  { name: 'a bucket of the account', page: deputy, statements: [{ Principal: s3, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::pictures' }, StringEquals: { 'AWS:SourceAccount': own } } }], finds: [] },
  { name: 'any bucket', page: deputy, statements: [{ Principal: s3, ...arnLike('AWS:SourceArn', 'arn:aws:s3:::*') }], finds: ['confused-deputy s3.amazonaws.com source'] },
  { name: 'a skill, by its token', page: `${lambda}services-alexa.html`, statements: [{ Principal: { Service: 'alexa-appkit.amazon.com' }, ...equals('lambda:EventSourceToken', 'amzn1.ask.skill.1') }], finds: [] },
  { name: 'any skill', page: `${lambda}services-alexa.html`, statements: [{ Principal: { Service: 'alexa-appkit.amazon.com' } }], finds: ['confused-deputy alexa-appkit.amazon.com source'] },
  { name: 'a service for an organisation that a wildcard takes', page: operators, statements: [{ Principal: sns, ...like('aws:SourceOrgID', '*') }], finds: ['confused-deputy sns.amazonaws.com source'] },
  { name: 'two services, one narrowed for both', page: deputy, statements: [{ Principal: { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] }, ...equals('aws:SourceAccount', own) }], finds: [] },
  // broad-grant.
  { name: 'everything to another account', page: `${iam}best-practices.html`, statements: [{ Principal: theirs, Action: 'lambda:*' }], finds: [`other-account ${other}`, `broad-grant ${other} lambda:*`] },
  { name: 'everything to the own account', page: `${iam}best-practices.html`, statements: [{ Principal: ownRoot, Action: 'lambda:*' }], finds: [] },
  { name: 'the code to another account', page: `${iam}best-practices.html`, statements: [{ Principal: theirs, Action: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'] }], finds: [`other-account ${other}`, `broad-grant ${other} lambda:UpdateFunctionCode`] },
  { name: 'reading to another account', page: `${iam}best-practices.html`, statements: [{ Principal: theirs, Action: ['lambda:InvokeFunction', 'lambda:GetFunction'] }], finds: [`other-account ${other}`] },
  { name: 'everything of a queue', page: `${iam}best-practices.html`, on: aQueue, statements: [{ Principal: theirs, Action: 'SQS:*' }], finds: [`other-account ${other}`, `broad-grant ${other} SQS:*`] },
  { name: 'everything but what a Deny keeps', page: logic, statements: [{ Principal: theirs, Action: ['lambda:InvokeFunction', 'lambda:Update*'] }, { Effect: 'Deny', Principal: theirs, Action: 'lambda:Update*' }], finds: [`other-account ${other}`] },
  { name: 'all but invoking', page: `${iam}reference_policies_elements_notaction.html`, statements: [{ Principal: theirs, Action: undefined, NotAction: ['lambda:Invoke*', 'lambda:Get*', 'lambda:C*', 'lambda:D*', 'lambda:P*', 'lambda:R*', 'lambda:T*', 'lambda:U*'] }], finds: [`other-account ${other}`, `broad-grant ${other} lambda:AddPermission`] },
  // unresolved-principal.
  { name: 'an ID without a name', page: principal, statements: [{ Principal: { AWS: 'AROAEXAMPLEGONE000001' } }], finds: ['unresolved-principal AROAEXAMPLEGONE000001'] },
  { name: 'a role whose name looks like an ID', page: principal, statements: [{ Principal: { AWS: `arn:aws:iam::${own}:role/AROAEXAMPLEGONE000001` } }], finds: [] },
  // locks-owner-out.
  { name: 'a Deny of everything for all', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*' }], finds: ['locks-owner-out'] },
  { name: 'a Deny of sending for all', page: logic, on: aQueue, statements: [{ Effect: 'Deny' }], finds: [] },
  { name: 'a Deny of everything without TLS', page: keys, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }], finds: [] },
  { name: 'a Deny for all but a network', page: keys, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }], finds: ['locks-owner-out perhaps'] },
  { name: 'a Deny for all but the own account', page: keys, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': own } } }], finds: [] },
  // not-principal-allow.
  { name: 'all but an account', page: `${iam}reference_policies_elements_notprincipal.html`, statements: [{ Principal: undefined, NotPrincipal: theirs }], finds: [...publicCall, 'not-principal-allow'] },
  { name: 'a Deny for all but an account', page: `${iam}reference_policies_elements_notprincipal.html`, statements: [{ Effect: 'Deny', Principal: undefined, NotPrincipal: ownRoot }], finds: [] },
  { name: 'all but an account, of an organisation', page: `${iam}reference_policies_elements_notprincipal.html`, statements: [{ Principal: undefined, NotPrincipal: theirs, ...equals('aws:PrincipalOrgID', 'o-abcdefghij') }], finds: ['not-principal-allow', 'other-organization o-abcdefghij'] },
  // cannot-tell: never taken for safe.
  { name: 'a key that nobody knows', page: keys, statements: [equals('custom:key', 'x')], finds: ['cannot-tell anyAccount'] },
  { name: 'an operator that nobody knows', page: operators, statements: [{ Condition: { StringMatches: { 'aws:PrincipalAccount': own } } }], finds: ['cannot-tell anyAccount', 'malformed-policy unknownOperator'] },
  { name: 'a key that nobody knows beside one that narrows', page: keys, statements: [{ Condition: { StringEquals: { 'custom:key': 'x', 'aws:PrincipalAccount': own } } }], finds: [] },
  { name: 'a variable', page: `${iam}reference_policies_variables.html`, statements: [equals('aws:PrincipalAccount', '${aws:PrincipalTag/account}')], finds: ['cannot-tell anyAccount'] },
  { name: 'what looks like one in an old policy', page: `${iam}reference_policies_elements_version.html`, on: { ...aFunction, functionName: 'old' } as Resource, statements: [equals('aws:PrincipalAccount', '${aws:PrincipalTag/account}')], finds: [] },
  { name: 'everyone, unless a Deny that nobody can judge', page: keys, statements: [{}, { Effect: 'Deny', ...equals('custom:key', 'x') }], finds: ['cannot-tell anyAccount'] },
  { name: 'a service under a key that nobody knows', page: keys, statements: [{ Principal: sns, ...equals('custom:key', 'x') }], finds: ['cannot-tell anyAccount'] },
  { name: 'another account under a key that nobody knows', page: keys, statements: [{ Principal: theirs, ...equals('custom:key', 'x') }], finds: [`cannot-tell ${other}`] },
  { name: 'values of the wrong type', page: `${iam}reference_policies_grammar.html`, statements: [equals('aws:PrincipalAccount', { deep: [own] })], finds: ['cannot-tell anyAccount', 'malformed-policy wrongType'] },
  // duplicate-statement and implied-statement.
  { name: 'twice the same under two IDs', page: logic, statements: [{ Sid: 'a', Principal: ownRoot }, { Sid: 'b', Principal: { AWS: own } }], finds: ['duplicate-statement by 0'] },
  { name: 'thrice the same', page: logic, statements: [{ Principal: ownRoot }, { Principal: ownRoot }, { Principal: ownRoot }], finds: ['duplicate-statement by 0', 'duplicate-statement by 0'] },
  { name: 'the same of another action', page: logic, statements: [{ Principal: ownRoot }, { Principal: ownRoot, Action: 'lambda:GetFunction' }], finds: [] },
  { name: 'one action of several', page: logic, statements: [{ Principal: ownRoot }, { Principal: ownRoot, Action: ['lambda:GetFunction', 'lambda:InvokeFunction'] }], finds: ['implied-statement by 1'] },
  { name: 'under a condition what is allowed without', page: logic, statements: [{ Principal: sns, ...arnLike('aws:SourceArn', topic(own)) }, { Principal: sns, Condition: { ArnLike: { 'aws:SourceArn': topic(own) }, StringEquals: { 'aws:SourceAccount': own } } }], finds: ['implied-statement by 0'] },
  { name: 'under another condition', page: logic, statements: [{ Principal: sns, ...arnLike('aws:SourceArn', topic(own)) }, { Principal: sns, ...arnLike('aws:SourceArn', `${topic(own)}-2`) }], finds: [] },
  { name: 'a role of the own account beside the account', page: logic, statements: [{ Principal: ownRoot }, { Principal: { AWS: `arn:aws:iam::${own}:role/x` } }], finds: [] },
  { name: 'a Deny beside an Allow of the same', page: logic, statements: [{ Principal: ownRoot }, { Principal: ownRoot, Effect: 'Deny' }], finds: [] },
  { name: 'the same with a condition of the wrong type', page: logic, statements: [{ Principal: ownRoot, Condition: 1 }, { Principal: ownRoot, Condition: 1 }], finds: ['malformed-policy wrongType', 'malformed-policy wrongType'] },
  // Whom a Deny spares.
  { name: 'everyone, but a Deny for all but two accounts', page: logic, statements: [{}, notFor('aws:PrincipalAccount', [own, other])], finds: [`other-account ${other}`] },
  { name: 'everyone, but a Deny for all but an organisation', page: logic, statements: [{}, notFor('aws:PrincipalOrgID', 'o-klmnopqrst')], finds: ['other-organization o-klmnopqrst'] },
  { name: 'everyone, but a Deny for all but roles of an account', page: logic, statements: [{}, notFor('aws:PrincipalArn', `arn:aws:iam::${other}:role/*`, 'ArnNotLike')], finds: [`other-account ${other}`] },
  { name: 'everyone, but a Deny for all but one role', page: logic, statements: [{}, notFor('aws:PrincipalArn', theirRole.AWS, 'ArnNotLike')], finds: [`other-account ${other}`] },
  { name: 'a service, but a Deny for all but two accounts', page: logic, statements: [{ Principal: sns }, notFor('aws:SourceAccount', [own, other])], finds: [`other-account ${other} via sns.amazonaws.com`] },
  // Services that nobody names.
  { name: 'a perimeter that services pass', page: keys, on: aQueue, statements: [{}, { Effect: 'Deny', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }], finds: ['other-organization o-abcdefghij', ...anyDeputy] },
  { name: 'any service', page: keys, on: aQueue, statements: [{ Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }], finds: anyDeputy },
  { name: 'one service by its name', page: keys, on: aQueue, statements: [equals('aws:PrincipalServiceName', 'sns.amazonaws.com')], finds: snsDeputy },
  { name: 'one service among the names of a call', page: keys, on: aQueue, statements: [{ Condition: { 'ForAnyValue:StringEquals': { 'aws:PrincipalServiceNamesList': 'sns.amazonaws.com' } } }], finds: snsDeputy },
  { name: 'a service for another account, by the older name of the key', page: keys, on: aQueue, statements: [equals('aws:SourceOwner', other)], finds: [`other-account ${other} via service.amazonaws.com`] },
  { name: 'a distribution of anybody', page: url, statements: [{ Principal: { Service: 'cloudfront.amazonaws.com' }, ...urlSigned }], finds: ['confused-deputy cloudfront.amazonaws.com source'] },
  { name: 'a bucket of another account', page: deputy, statements: [{ Principal: s3, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::pictures' }, StringEquals: { 'AWS:SourceAccount': other } } }], finds: [`other-account ${other} via s3.amazonaws.com`] },
  { name: 'buckets that anybody can name so', page: deputy, statements: [{ Principal: s3, ...arnLike('AWS:SourceArn', 'arn:aws:s3:::pictures-*') }], finds: ['confused-deputy s3.amazonaws.com source'] },
  { name: 'every skill', page: `${lambda}services-alexa.html`, statements: [{ Principal: { Service: 'alexa-appkit.amazon.com' }, ...like('lambda:EventSourceToken', 'amzn1.ask.skill.*') }], finds: ['confused-deputy alexa-appkit.amazon.com source'] },
  // What a request need not bring.
  { name: 'a network, if the request says where it comes from', page: keys, on: aQueue, statements: [{ Condition: { IpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } } }], finds: publicQueue },
  { name: 'a Deny that holds for people, but not for nobody', page: keys, on: aQueue, statements: [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }], finds: publicQueue },
  { name: 'a Deny for sessions that are old', page: keys, statements: [{}, notFor('aws:TokenIssueTime', '2026-07-01T00:00:00Z', 'DateLessThan')], finds: publicCall },
  { name: 'the root of any account', page: keys, statements: [arnLike('aws:PrincipalArn', 'arn:aws:iam::*:root')], finds: publicCall },
  { name: 'the root of an account, by its ID', page: keys, statements: [equals('aws:userid', other)], finds: [`other-account ${other}`] },
  { name: 'whoever is no account, if there is one', page: keys, on: aQueue, statements: [{ Condition: { StringEqualsIfExists: { 'aws:PrincipalAccount': own } } }], finds: [] },
  // Patterns of IDs.
  { name: 'accounts by a pattern', page: operators, statements: [like('aws:PrincipalAccount', '1*')], finds: publicCall },
  { name: 'a pattern that takes the own account alone', page: operators, statements: [like('aws:PrincipalAccount', `${own}*`)], finds: [] },
  { name: 'roles of accounts by a pattern', page: operators, statements: [arnLike('aws:PrincipalArn', 'arn:aws:iam::21*:role/x')], finds: publicCall },
  { name: 'a service for accounts by a pattern', page: operators, statements: [{ Principal: sns, ...like('aws:SourceAccount', '2*') }], finds: snsDeputy },
  { name: 'organisations by a pattern', page: operators, statements: [like('aws:PrincipalOrgID', 'o-a*')], finds: publicCall },
  { name: 'endpoints by a pattern', page: operators, on: aQueue, statements: [like('aws:SourceVpce', 'vpce-0?????????????????')], finds: [] },
  { name: 'endpoints by a pattern of the right length', page: operators, on: aQueue, statements: [like('aws:SourceVpce', 'vpce-?????????????????')], finds: publicQueue },
  // Examples are not all.
  { name: 'a pattern but for its shortest', page: operators, statements: [{ Condition: { StringLike: { 'aws:PrincipalTag/t': 'team-*' }, StringNotEquals: { 'aws:PrincipalTag/t': 'team-' } } }], finds: publicCall },
  { name: 'one pattern but not another', page: operators, on: aQueue, statements: [{ Condition: { StringLike: { 'aws:Referer': 'http*://example.com/*' }, StringNotLike: { 'aws:Referer': 'http://*' } } }], finds: publicQueue },
  { name: 'everywhere but in half of the internet', page: operators, on: aQueue, statements: [{}, notFor('aws:SourceIp', ['128.0.0.0/1', '::/0'], 'IpAddress')], finds: publicQueue },
  { name: 'a pattern of actions that no table holds', page: `${iam}reference_policies_elements_action.html`, statements: [{ Action: 'lambda:GetP*' }], finds: publicCall },
  { name: 'somebody of an account but one of its roles', page: logic, statements: [{ Principal: theirs }, { Effect: 'Deny', Principal: theirRole }], finds: [`other-account ${other}`] },
  { name: 'an identity provider', page: principal, statements: [{ Principal: { Federated: 'cognito-identity.amazonaws.com' } }], finds: ['cannot-tell anyAccount'] },
  { name: 'a Deny of everything, of another queue', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', Resource: `${aQueue.arn}-2` }], finds: [] },
  // Who is let in but not by what is tried first.
  { name: 'everyone through the URL, an organisation itself', page: logic, statements: [{}, { Effect: 'Deny', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }], finds: ['other-organization o-abcdefghij', ...anyDeputy] },
  { name: 'roles of an account, or whoever has none', page: operators, statements: [{ Condition: { ArnLikeIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/*` } } }], finds: [`other-account ${other}`, ...anyDeputy] },
  { name: 'a Deny for whoever is nobody\'s stranger', page: principal, statements: [{}, { Effect: 'Deny', Principal: { AWS: '999999999999' } }], finds: publicCall },
  { name: 'everybody but one account', page: operators, statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } } }], finds: publicCall },
  // Policy variables are replaced by what the request brings.
  { name: 'a tag by another tag', page: `${iam}reference_policies_variables.html`, statements: [equals('aws:PrincipalTag/project', 'prod-${aws:PrincipalTag/team}')], finds: ['cannot-tell anyAccount'] },
  { name: 'a role of whichever account', page: `${iam}reference_policies_variables.html`, statements: [like('aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:role/Admin')], finds: ['cannot-tell anyAccount'] },
  { name: 'a Deny but for a role of whichever account', page: `${iam}reference_policies_variables.html`, statements: [{}, notFor('aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:role/Admin', 'StringNotLike')], finds: ['cannot-tell anyAccount'] },
  { name: 'a topic of whichever account', page: `${iam}reference_policies_variables.html`, on: aQueue, statements: [{ Principal: sns, ...equals('aws:SourceArn', 'arn:aws:sns:eu-west-1:${aws:SourceAccount}:orders') }], finds: ['cannot-tell anyAccount'] },
  { name: 'a variable beside what strangers do not have', page: `${iam}reference_policies_variables.html`, statements: [like('aws:PrincipalArn', `arn:aws:iam::${own}:role/\${aws:username}`)], finds: [] },
  // A star over several parts of an ARN.
  { name: 'accounts by the start of an ARN', page: operators, statements: [like('aws:PrincipalArn', 'arn:aws:iam::2*')], finds: publicCall },
  { name: 'an account by the start of an ARN', page: operators, on: aQueue, statements: [like('aws:PrincipalArn', `arn:aws:iam::${other}*`)], finds: [`other-account ${other}`] },
  { name: 'the own account by the start of an ARN', page: operators, statements: [like('aws:PrincipalArn', `arn:aws:iam::${own}:*`)], finds: [] },
  { name: 'an account by the start of its ID', page: operators, statements: [like('aws:PrincipalAccount', `${other}*`)], finds: [`other-account ${other}`] },
  { name: 'accounts of an organisation by a pattern', page: operators, statements: [{ Condition: { StringLike: { 'aws:PrincipalAccount': '2*' }, StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }], finds: ['other-organization o-abcdefghij'] },
  // Services that are not named.
  { name: 'every service but one', page: keys, on: aQueue, statements: [{ Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringNotEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } } }], finds: anyDeputy },
  { name: 'services by a pattern', page: keys, on: aQueue, statements: [like('aws:PrincipalServiceName', 'logs.*.amazonaws.com')], finds: anyDeputy },
  { name: 'a service in capitals', page: operators, on: aQueue, statements: [{ Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalServiceName': 'SNS.amazonaws.com' } } }], finds: snsDeputy },
  { name: 'a service by its name, for the own account', page: keys, on: aQueue, statements: [{ Condition: { StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com', 'aws:SourceAccount': own } } }], finds: [] },
  // Where capitals do not count.
  { name: 'an organisation in capitals', page: operators, statements: [{ Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'O-ABCDEFGHIJ' } } }], finds: ['other-organization o-abcdefghij'] },
  { name: 'an organisation in capitals that nobody has', page: operators, statements: [equals('aws:PrincipalOrgID', 'O-ABCDEFGHIJ')], finds: [] },
  { name: 'a role whatever its capitals', page: operators, statements: [{ Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalArn': `arn:aws:iam::${other}:ROLE/Admin` } } }], finds: [`other-account ${other}`] },
  { name: 'the own account whatever its capitals', page: operators, statements: [{ Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalAccount': own } } }], finds: [] },
  // Keys of Lambda in calls of SQS.
  { name: 'a queue by a key that only functions have', page: url, on: aQueue, statements: [{ Principal: sns, Condition: { BoolIfExists: { 'lambda:InvokedViaFunctionUrl': 'true' } } }], finds: snsDeputy },
  // Numbers and IDs that strangers can come to.
  { name: 'an old sign-in', page: keys, statements: [{ Condition: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } } }], finds: publicCall },
  { name: 'IDs by their start', page: keys, statements: [like('aws:userid', 'AROA5*')], finds: publicCall },
  { name: 'sessions of one role', page: keys, statements: [like('aws:userid', 'AROAEXAMPLEROLE000001:*')], finds: [] },
  { name: 'networks by an old ID', page: keys, on: aQueue, statements: [like('aws:SourceVpc', 'vpc-????????')], finds: publicQueue },
  { name: 'a sixteenth of the internet, in parts', page: operators, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:SourceIp': Array.from({ length: 16 }, (_, at) => `${9 + at}.0.0.0/8`) } } }], finds: publicQueue },
  { name: 'some large networks', page: operators, on: aQueue, statements: [{ Condition: { IpAddress: { 'aws:SourceIp': ['9.0.0.0/8', '16.0.0.0/8'] } } }], finds: [] },
  { name: 'an organisation but for half of the internet', page: operators, statements: [equals('aws:PrincipalOrgID', 'o-abcdefghij'), { Effect: 'Deny', Condition: { IpAddressIfExists: { 'aws:SourceIp': '0.0.0.0/1' } } }], finds: ['other-organization o-abcdefghij'] },
  { name: 'a Deny that spares everyone', page: principal, statements: [{ Principal: theirs }, { Effect: 'Deny', Principal: undefined, NotPrincipal: '*' }], finds: [`other-account ${other}`] },
  // Actions beside the usual ones.
  { name: 'what is left of a pattern', page: `${iam}reference_policies_elements_action.html`, statements: [{ Action: 'lambda:Invoke*' }, { Effect: 'Deny', Action: ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'] }], finds: publicCall },
  { name: 'the runtime of a function', page: `${iam}reference_policies_elements_action.html`, statements: [{ Principal: theirs, Action: 'lambda:PutRuntimeManagementConfig' }], finds: [`broad-grant ${other} lambda:PutRuntimeManagementConfig`, `other-account ${other}`] },
  // What AWS documents in two ways.
  { name: 'an empty list', page: `${iam}access-analyzer-reference-policy-checks.html`, statements: [equals('aws:PrincipalAccount', [])], finds: ['cannot-tell anyAccount'] },
  { name: 'an empty list beside the own account', page: `${iam}access-analyzer-reference-policy-checks.html`, statements: [equals('aws:PrincipalAccount', []), equals('aws:PrincipalAccount', own)], finds: ['cannot-tell anyAccount'] },
  // Denies that nobody of the account gets past.
  { name: 'a Deny for the own account by a key', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', ...equals('aws:PrincipalAccount', own) }], finds: ['locks-owner-out'] },
  { name: 'a Deny for the roles of the account alone', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', ...arnLike('aws:PrincipalArn', `arn:aws:iam::${own}:role/*`) }], finds: [] },
  { name: 'a Deny since a time that is over', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:*', Condition: { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } }], finds: ['locks-owner-out'] },
  { name: 'a Deny of sending alone', page: logic, on: aQueue, statements: [{ Effect: 'Deny', Action: 'sqs:SendMessage', ...equals('aws:PrincipalAccount', own) }], finds: [] },
]; // prettier-ignore

suite('What an audit finds', () => {
  for (const { name, page, on = aFunction, statements, finds } of cases) {
    test(`${name} (${page.split('/').at(-1)})`, () => {
      const isOld = on.kind === 'lambdaFunction' && on.functionName === 'old';
      const text = policyText(
        statements.map((parts) => allow(on, parts)),
        isOld ? '2008-10-17' : undefined,
      );
      assert.deepEqual([...findingsOf(on, text).map(brief)].sort(), [...finds].sort());
    });
  }
});

suite('What an audit finds by what is known besides', () => {
  const trust = { accounts: new Set([other]), organizations: new Set(['o-abcdefghij']) };

  test('accounts and organisations that are trusted', () => {
    const text = policyText([
      allow(aFunction, { Principal: { AWS: [theirs.AWS, theirRole.AWS, third] } }),
      allow(aFunction, equals('aws:PrincipalOrgID', ['o-abcdefghij', 'o-klmnopqrst'])),
    ]);
    const found = findingsOf(aFunction, text, { trust }).map(brief);
    assert.deepEqual(found, [`other-account ${third}`, 'other-organization o-klmnopqrst']);
  });

  test('everyone is everyone, whoever is trusted', () => {
    const found = findingsOf(aFunction, policyText([allow(aFunction)]), { trust }).map(brief);
    assert.deepEqual(found, publicCall);
  });

  const onAlias = (unqualified: readonly unknown[] | undefined, ...statements: unknown[]) =>
    findingsOf(anAlias, policyText(statements), {
      unqualified: unqualified && { policy: parsed(unqualified) },
    }).map(brief);
  const grant = allow(anAlias, { Principal: theirs });

  test('who gets in at an alias alone', () => {
    const account = `other-account ${other}`;
    const alone = `qualifier-only-access ${other}`;
    assert.deepEqual(onAlias([], grant), [account, alone], 'the function lets nobody in');
    const same = allow(aFunction, { Principal: theirs });
    assert.deepEqual(onAlias([same], grant), [account], 'the function lets them in');
    const role = allow(aFunction, { Principal: theirRole });
    assert.deepEqual(onAlias([role], grant), [account, alone], 'the function lets a role in');
    const all = allow(aFunction);
    assert.deepEqual(onAlias([all], grant), [account], 'the function lets everyone in');
    assert.deepEqual(onAlias(undefined, grant), [account], 'nothing is known of the function');
    const service = allow(anAlias, { Principal: sns, ...equals('aws:SourceAccount', own) });
    assert.deepEqual(onAlias([], service), [], 'nobody from outside');
  });
});

function parsed(statements: readonly unknown[]) {
  return statements.length === 0 ? undefined : parsePolicy(policyText(statements));
}
