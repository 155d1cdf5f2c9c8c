import assert from 'node:assert/strict';
import type { Answer } from '../../../src/core/evaluate/decide';
import { decide } from '../../../src/core/evaluate/decide';
import type { Caller } from '../../../src/core/evaluate/request';
import { policyWith } from '../statements';
import { functionArn, other, owner, requestOf, role } from './requests';

const allow = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunction',
  Resource: functionArn,
};
const deny = { ...allow, Effect: 'Deny' };
const anonymous: Caller = { kind: 'anonymous' };
const own = role(owner, 'Deploy');
const theirs = role(other, 'Deploy');
const sns: Caller = { kind: 'service', service: 'sns.amazonaws.com' };
const root = { AWS: `arn:aws:iam::${owner}:root` };
const theirRoot = { AWS: `arn:aws:iam::${other}:root` };
const session = `arn:aws:sts::${owner}:assumed-role/Deploy/run-7`;

const logic =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html';
const crossAccount =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html';
const principal =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const notPrincipal =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html';
const elements =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html';

interface Case {
  readonly name: string;
  readonly page: string;
  readonly statements: readonly unknown[];
  readonly caller: Caller;
  readonly answer: Answer;
  /** Only if what is open holds. */
  readonly uncertain?: true;
  readonly action?: string;
}

const cases: readonly Case[] = [
  // Who is allowed by the policy alone, and who needs a policy of their own account.
  { name: 'no statement', page: logic, statements: [], caller: own, answer: 'saysNothing' },
  { name: 'everyone, somebody without credentials', page: principal, statements: [allow], caller: anonymous, answer: 'allows' },
  { name: 'everyone, a role of the account', page: logic, statements: [allow], caller: own, answer: 'allows' },
  { name: 'everyone, a role of another account', page: crossAccount, statements: [allow], caller: theirs, answer: 'leavesToAccount' },
  { name: 'everyone, a service', page: principal, statements: [allow], caller: sns, answer: 'allows' },
  { name: 'a role by name', page: logic, statements: [{ ...allow, Principal: { AWS: own.kind === 'identity' ? own.arn : '' } }], caller: own, answer: 'allows' },
  { name: 'another role of the account', page: logic, statements: [{ ...allow, Principal: { AWS: `arn:aws:iam::${owner}:role/Other` } }], caller: own, answer: 'saysNothing' },
  { name: 'a role of the same name in another account', page: principal, statements: [{ ...allow, Principal: { AWS: `arn:aws:iam::${owner}:role/Deploy` } }], caller: theirs, answer: 'saysNothing' },
  { name: 'the own account', page: principal, statements: [{ ...allow, Principal: root }], caller: own, answer: 'leavesToAccount' },
  { name: 'the other account', page: crossAccount, statements: [{ ...allow, Principal: theirRoot }], caller: theirs, answer: 'leavesToAccount' },
  { name: 'the account by its ID', page: principal, statements: [{ ...allow, Principal: { AWS: other } }], caller: theirs, answer: 'leavesToAccount' },
  { name: 'an account, somebody of it', page: principal, statements: [{ ...allow, Principal: theirRoot }], caller: { kind: 'account', accountId: other }, answer: 'leavesToAccount' },
  { name: 'an account, somebody of another', page: principal, statements: [{ ...allow, Principal: theirRoot }], caller: own, answer: 'saysNothing' },
  { name: 'a service', page: principal, statements: [{ ...allow, Principal: { Service: 'sns.amazonaws.com' } }], caller: sns, answer: 'allows' },
  { name: 'another service', page: principal, statements: [{ ...allow, Principal: { Service: 's3.amazonaws.com' } }], caller: sns, answer: 'saysNothing' },
  { name: 'a service, a role', page: principal, statements: [{ ...allow, Principal: { Service: 'sns.amazonaws.com' } }], caller: own, answer: 'saysNothing' },
  { name: 'a session, the role in it', page: principal, statements: [{ ...allow, Principal: { AWS: session } }], caller: { ...own, session } as Caller, answer: 'allows' },
  { name: 'a session, the role in whichever', page: principal, statements: [{ ...allow, Principal: { AWS: session } }], caller: own, answer: 'allows', uncertain: true },
  { name: 'a session, the role in another', page: principal, statements: [{ ...allow, Principal: { AWS: session } }], caller: { ...own, session: `${session}8` } as Caller, answer: 'saysNothing' },
  { name: 'one of several', page: principal, statements: [{ ...allow, Principal: { AWS: [other, owner], Service: 'sns.amazonaws.com' } }], caller: sns, answer: 'allows' },
  { name: 'a provider of identities', page: principal, statements: [{ ...allow, Principal: { Federated: 'cognito-identity.amazonaws.com' } }], caller: { kind: 'federated', provider: 'cognito-identity.amazonaws.com' }, answer: 'allows' },
  { name: 'an ID without a name, a role of another account', page: principal, statements: [{ ...allow, Principal: { AWS: 'AROAEXAMPLEGONE000001' } }], caller: theirs, answer: 'leavesToAccount', uncertain: true },
  { name: 'an ID without a name, a service', page: principal, statements: [{ ...allow, Principal: { AWS: 'AROAEXAMPLEGONE000001' } }], caller: sns, answer: 'saysNothing' },
  { name: 'a role of an account, somebody of it', page: principal, statements: [{ ...allow, Principal: { AWS: `arn:aws:iam::${other}:role/Deploy` } }], caller: { kind: 'account', accountId: other }, answer: 'leavesToAccount', uncertain: true },
  // Deny.
  { name: 'a Deny for all, beside an Allow', page: logic, statements: [allow, deny], caller: own, answer: 'denies' },
  { name: 'a Deny without an Allow', page: logic, statements: [deny], caller: own, answer: 'denies' },
  { name: 'a Deny of another action', page: logic, statements: [allow, { ...deny, Action: 'lambda:GetFunction' }], caller: own, answer: 'allows' },
  { name: 'a Deny for the account', page: principal, statements: [allow, { ...deny, Principal: root }], caller: own, answer: 'denies' },
  { name: 'a Deny that may hold', page: logic, statements: [allow, { ...deny, Condition: { Bool: { 'custom:key': 'true' } } }], caller: own, answer: 'allows', uncertain: true },
  { name: 'a Deny that may hold, without an Allow', page: logic, statements: [{ ...deny, Condition: { Bool: { 'custom:key': 'true' } } }], caller: own, answer: 'saysNothing', uncertain: true },
  { name: 'an Allow that may hold', page: logic, statements: [{ ...allow, Condition: { Bool: { 'custom:key': 'true' } } }], caller: own, answer: 'allows', uncertain: true },
  { name: 'a Deny beside an Allow that may hold', page: logic, statements: [{ ...allow, Condition: { Bool: { 'custom:key': 'true' } } }, deny], caller: own, answer: 'denies' },
  { name: 'the own account and one that may name it', page: logic, statements: [{ ...allow, Principal: root }, { ...allow, Principal: { AWS: session } }], caller: own, answer: 'allows', uncertain: true },
  // Actions and resources.
  { name: 'an action in other capitals', page: `${elements.replace('.html', '')}_action.html`, statements: [{ ...allow, Action: 'LAMBDA:invokefunction' }], caller: own, answer: 'allows' },
  { name: 'a pattern of actions', page: `${elements.replace('.html', '')}_action.html`, statements: [{ ...allow, Action: 'lambda:Invoke*' }], caller: own, answer: 'allows' },
  { name: 'a pattern of other actions', page: `${elements.replace('.html', '')}_action.html`, statements: [{ ...allow, Action: 'lambda:Get?*' }], caller: own, answer: 'saysNothing' },
  { name: 'every action', page: `${elements.replace('.html', '')}_action.html`, statements: [{ ...allow, Action: ['lambda:GetFunction', '*'] }], caller: own, answer: 'allows' },
  { name: 'NotAction of it', page: `${elements.replace('.html', '')}_notaction.html`, statements: [{ ...allow, Action: undefined, NotAction: 'lambda:Invoke*' }], caller: own, answer: 'saysNothing' },
  { name: 'NotAction of another', page: `${elements.replace('.html', '')}_notaction.html`, statements: [{ ...allow, Action: undefined, NotAction: ['lambda:GetFunction'] }], caller: own, answer: 'allows' },
  { name: 'no action at all', page: `${elements.replace('.html', '')}_action.html`, statements: [{ ...allow, Action: [] }], caller: own, answer: 'saysNothing' },
  { name: 'another resource', page: `${elements.replace('.html', '')}_resource.html`, statements: [{ ...allow, Resource: `${functionArn}-2` }], caller: own, answer: 'saysNothing' },
  { name: 'a pattern of resources', page: `${elements.replace('.html', '')}_resource.html`, statements: [{ ...allow, Resource: 'arn:aws:lambda:*:*:function:ord?rs' }], caller: own, answer: 'allows' },
  { name: 'NotResource of it', page: `${elements.replace('.html', '')}_notresource.html`, statements: [{ ...allow, Resource: undefined, NotResource: '*' }], caller: own, answer: 'saysNothing' },
  { name: 'NotResource of another', page: `${elements.replace('.html', '')}_notresource.html`, statements: [{ ...allow, Resource: undefined, NotResource: `${functionArn}:live` }], caller: own, answer: 'allows' },
  { name: 'a resource with a variable', page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html', statements: [{ ...allow, Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:${aws:PrincipalTag/team}' }], caller: own, answer: 'allows', uncertain: true },
  // NotPrincipal.
  { name: 'NotPrincipal, who is not listed', page: notPrincipal, statements: [{ ...deny, Principal: undefined, NotPrincipal: { AWS: [other] } }], caller: own, answer: 'denies' },
  { name: 'NotPrincipal, listed with the account', page: notPrincipal, statements: [allow, { ...deny, Principal: undefined, NotPrincipal: { AWS: [owner, `arn:aws:iam::${owner}:role/Deploy`] } }], caller: own, answer: 'allows' },
  { name: 'NotPrincipal, listed without the account', page: notPrincipal, statements: [allow, { ...deny, Principal: undefined, NotPrincipal: { AWS: [`arn:aws:iam::${owner}:role/Deploy`] } }], caller: own, answer: 'allows', uncertain: true },
  { name: 'Allow with NotPrincipal, anybody else', page: notPrincipal, statements: [{ ...allow, Principal: undefined, NotPrincipal: { AWS: [owner] } }], caller: anonymous, answer: 'allows' },
  { name: 'NotPrincipal of a service', page: notPrincipal, statements: [{ ...deny, Principal: undefined, NotPrincipal: { Service: 'sns.amazonaws.com' } }], caller: sns, answer: 'saysNothing' },
  // What nobody writes by hand.
  { name: 'an effect that is none', page: elements, statements: [{ ...allow, Effect: 'Maybe' }], caller: own, answer: 'allows', uncertain: true },
  { name: 'no principal', page: elements, statements: [{ ...allow, Principal: undefined }], caller: own, answer: 'allows', uncertain: true },
  { name: 'a principal of the wrong type', page: elements, statements: [{ ...allow, Principal: { AWS: [{ deep: true }] } }], caller: anonymous, answer: 'allows', uncertain: true },
  { name: 'a wrong principal beside everyone', page: elements, statements: [{ ...allow, Principal: { AWS: ['*', null] } }], caller: anonymous, answer: 'allows' },
  { name: 'no resource', page: elements, statements: [{ ...allow, Resource: undefined }], caller: own, answer: 'allows', uncertain: true },
  { name: 'actions of the wrong type', page: elements, statements: [{ ...allow, Action: [{}] }], caller: own, answer: 'allows', uncertain: true },
  { name: 'both forms of an element', page: elements, statements: [{ ...allow, NotAction: 'lambda:GetFunction' }], caller: own, answer: 'allows' },
  { name: 'a condition of the wrong type', page: elements, statements: [{ ...allow, Condition: ['x'] }], caller: own, answer: 'allows', uncertain: true },
  { name: 'a condition whose values have the wrong type', page: elements, statements: [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgID': { deep: 1 } } } }], caller: own, answer: 'allows', uncertain: true },
]; // prettier-ignore

suite('What a policy says to a request', () => {
  for (const { name, statements, caller, answer, uncertain, action, page } of cases) {
    test(`${name} (${page.split('/').at(-1)})`, () => {
      const keys = { 'custom:key': '?' };
      const decision = decide(
        policyWith(...statements),
        requestOf(caller, { action, keys }),
        owner,
      );
      assert.deepEqual(
        { answer: decision.answer, certain: decision.certain },
        { answer, certain: uncertain !== true },
      );
    });
  }
});
