import * as vscode from 'vscode';
import type { Answers } from '../../core/grantAnswers';
import { noAnswers, withWho } from '../../core/grantAnswers';
import { queueIntent, statementIdOf } from '../../core/grantIntents';
import {
  accountIdsOf,
  accountIdsProblem,
  queueActions,
  queueActionsProblem,
} from '../../core/grantRules';
import { templatesFor } from '../../core/grantTemplates';
import type { ChangeIntent } from '../../core/plan';
import { askMany, askText, mapAnswer, runSteps } from '../../host/steps';
import type { PermissionForm, PermissionStep } from './permissionSteps';
import {
  confirmEveryone,
  identityStep,
  organizationStep,
  reasonOf,
  statementIdStep,
  whoStep,
} from './permissionSteps';
import { serviceSteps } from './serviceSteps';

/** Asks for a permission of a queue. `undefined`: cancelled. */
export async function askQueuePermission(form: PermissionForm): Promise<ChangeIntent | undefined> {
  const start = withWho(noAnswers, 'accounts');
  const answers = await runSteps(form.title, start, (known) => [
    whoStep(['accounts', 'service', 'identity', 'organization', 'everyone']),
    ...detailSteps(form, known),
    statementIdStep(form, (given) => [statementIdOf(given, 'sqsQueue', form.taken)]),
  ]);
  if (!answers) return undefined;
  if (answers.who === 'everyone' && !(await confirmEveryone(form))) return undefined;
  return queueIntent(answers, form.taken, form.resource.arn);
}

function detailSteps(form: PermissionForm, known: Answers): readonly PermissionStep[] {
  switch (known.who) {
    case 'account':
    case 'accounts':
      return [accountsStep, actionsStep];
    case 'service':
      return serviceSteps(form, templatesFor('sqsQueue'), known);
    case 'identity':
      return [identityStep(form), actionsStep];
    case 'organization':
      return [organizationStep, actionsStep];
    case 'everyone':
      return [actionsStep];
  }
}

const accountsStep: PermissionStep = async (known, place) => {
  const answer = await askText(place, {
    prompt: vscode.l10n.t('IDs of the accounts, with commas between them'),
    placeholder: '123456789012, 210987654321',
    value: known.accountIds.join(', '),
    check: (text) => reasonOf(accountIdsProblem(accountIdsOf(text))),
  });
  return mapAnswer(answer, (text) => ({ ...known, accountIds: accountIdsOf(text) }));
};

const actionsStep: PermissionStep = async (known, place) => {
  const choices = ['*', ...queueActions].map((action) => ({
    value: action,
    label: action,
    description: action === '*' ? vscode.l10n.t('every action that can be shared') : undefined,
  }));
  const answer = await askMany(place, {
    placeholder: vscode.l10n.t('Which actions?'),
    choices,
    isPicked: (action) => known.queueActions.includes(action),
    check: (actions) => reasonOf(queueActionsProblem(actions)),
  });
  return mapAnswer(answer, (actions) => ({ ...known, queueActions: actions }));
};
