import type { Answers } from './grantAnswers';
import type { Grantee } from './grantNames';
import { freeStatementId, proposedStatementId, publicUrlIds } from './grantNames';
import { queueStatementText } from './grantQueueStatement';
import type { GrantProblem } from './grantRules';
import { grantProblems, urlAction } from './grantRules';
import type { FunctionGrant, LayerGrant } from './grants';
import type { SourceProblem } from './grantTemplates';
import { sourceAccountProblem } from './grantTemplates';
import type { ChangeIntent } from './plan';

/** What is wrong with all of it together, before statement IDs are chosen. */
export function answersProblem(answers: Answers): GrantProblem | SourceProblem | undefined {
  const { sourceAccount, sourceArn } = answers.options;
  const [first] = functionGrants(answers, []).flatMap((grant) => grantProblems(grant));
  if (first || sourceAccount === undefined) return first?.problem;
  return sourceAccountProblem(sourceAccount, sourceArn);
}

/** The intent that the answers come to; statement IDs as proposed where none was chosen. */
export function functionIntent(answers: Answers, taken: readonly string[]): ChangeIntent {
  return { type: 'add', grants: functionGrants(answers, taken) };
}

function functionGrants(answers: Answers, taken: readonly string[]): readonly FunctionGrant[] {
  const [first = '', second = ''] = functionStatementIds(answers, taken);
  const { use, action, options } = answers;
  const who = {
    kind: 'lambdaFunction',
    principal: functionPrincipal(answers),
    ...options,
  } as const;
  if (use === 'action') return [{ ...who, statementId: first, action }];
  const functionUrlAuthType = use === 'publicUrl' ? 'NONE' : 'AWS_IAM';
  return [
    { ...who, statementId: first, action: urlAction, functionUrlAuthType },
    {
      ...who,
      statementId: second,
      action: 'lambda:InvokeFunction',
      invokedViaFunctionUrl: true,
    },
  ];
}

/** One for each permission that the answers come to. */
export function functionStatementIds(
  answers: Answers,
  taken: readonly string[],
): readonly string[] {
  const { use, statementIds } = answers;
  const kind = 'lambdaFunction';
  const propose = (prefix: string) => proposedStatementId(granteeOf(answers), kind, taken, prefix);
  switch (use) {
    case 'action':
      return [statementIds[0] ?? propose('')];
    case 'publicUrl': {
      const names = [publicUrlIds.url, publicUrlIds.invoke];
      return names.map((name, at) => statementIds[at] ?? freeStatementId(name, kind, taken));
    }
    case 'signedUrl':
      return ['url-', 'url-invoke-'].map((prefix, at) => statementIds[at] ?? propose(prefix));
  }
}

function functionPrincipal({ use, who, service, accountId, identityArn }: Answers): string {
  if (use === 'publicUrl') return '*';
  switch (who) {
    case 'service':
      return service;
    case 'account':
    case 'accounts':
      return accountId;
    case 'identity':
      return identityArn;
    case 'organization':
    case 'everyone':
      return '*';
  }
}

export function layerIntent(answers: Answers, taken: readonly string[]): ChangeIntent {
  const { who, accountId, options } = answers;
  const statementId = statementIdOf(answers, 'layerVersion', taken);
  const base = { kind: 'layerVersion', statementId } as const;
  const organizationId = options.principalOrgId;
  const grant: LayerGrant =
    who === 'account'
      ? { ...base, principal: accountId }
      : { ...base, principal: '*', ...(organizationId === undefined ? {} : { organizationId }) };
  return { type: 'add', grants: [grant] };
}

/** Accounts by the call that is made for them; the rest only a whole policy can say. */
export function queueIntent(
  answers: Answers,
  taken: readonly string[],
  queueArn: string,
): ChangeIntent {
  const { who, accountIds } = answers;
  // What services do is to send.
  const actions = who === 'service' ? ['SendMessage'] : answers.queueActions;
  const statementId = statementIdOf(answers, 'sqsQueue', taken);
  if (who === 'accounts' || who === 'account') {
    return { type: 'add', grants: [{ kind: 'sqsQueue', statementId, accountIds, actions }] };
  }
  const { sourceArn, sourceAccount, principalOrgId: organizationId } = answers.options;
  const conditions = { sourceArn, sourceAccount, organizationId };
  const principal = queuePrincipal(answers);
  const statement = { statementId, principal, actions, ...conditions };
  return { type: 'insert', texts: [queueStatementText(statement, queueArn)] };
}

function queuePrincipal({ who, service, identityArn }: Answers) {
  switch (who) {
    case 'service':
      return { type: 'service', service } as const;
    case 'identity':
      return { type: 'identity', arn: identityArn } as const;
    default:
      return { type: 'everyone' } as const;
  }
}

/** Of the kinds that one statement is added to. */
export function statementIdOf(
  answers: Answers,
  kind: 'layerVersion' | 'sqsQueue',
  taken: readonly string[],
): string {
  return answers.statementIds[0] ?? proposedStatementId(granteeOf(answers), kind, taken);
}

function granteeOf({
  who,
  service,
  accountId,
  accountIds,
  identityArn,
  options,
}: Answers): Grantee {
  switch (who) {
    case 'service':
      return { type: 'service', service, sourceArn: options.sourceArn };
    case 'account':
      return { type: 'accounts', accountIds: [accountId.replace(/^arn:.*::(\d+):root$/, '$1')] };
    case 'accounts':
      return { type: 'accounts', accountIds };
    case 'identity':
      return { type: 'identity', arn: identityArn };
    case 'organization':
      return { type: 'organization', organizationId: options.principalOrgId ?? '' };
    case 'everyone':
      return { type: 'everyone' };
  }
}
