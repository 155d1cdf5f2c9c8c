import * as vscode from 'vscode';
import type { Answers } from '../../core/grantAnswers';
import { noAnswers, withUse } from '../../core/grantAnswers';
import { functionIntent, functionStatementIds } from '../../core/grantIntents';
import { functionActionProblem, urlAction } from '../../core/grantRules';
import { templatesFor } from '../../core/grantTemplates';
import type { ChangeIntent } from '../../core/plan';
import type { Resource } from '../../core/resource';
import type { Choice } from '../../host/steps';
import { mapAnswer, runSteps } from '../../host/steps';
import { optionsStep } from './optionsStep';
import type { PermissionForm, PermissionStep } from './permissionSteps';
import {
  accountStep,
  chooseOrType,
  identityStep,
  organizationStep,
  reasonOf,
  statementIdStep,
  whoStep,
} from './permissionSteps';
import { serviceSteps } from './serviceSteps';

/** Asks for a permission of a function or qualifier. `undefined`: cancelled. */
export async function askFunctionPermission(
  form: PermissionForm,
): Promise<ChangeIntent | undefined> {
  const answers = await runSteps(form.title, noAnswers, (known) => functionSteps(form, known));
  return answers && functionIntent(answers, form.taken);
}

function functionSteps(form: PermissionForm, known: Answers): readonly PermissionStep[] {
  const idsOf = (answers: Answers) => functionStatementIds(answers, form.taken);
  switch (known.use) {
    case 'action':
      return [
        useStep(form),
        whoStep(everybody),
        ...detailSteps(form, known),
        optionsStep(form),
        statementIdStep(form, idsOf),
      ];
    case 'publicUrl':
      return [useStep(form), ...pairSteps(form, idsOf)];
    case 'signedUrl':
      return [
        useStep(form),
        whoStep(everybody),
        ...detailSteps(form, known),
        ...pairSteps(form, idsOf),
      ];
  }
}

const everybody = ['service', 'account', 'identity', 'organization', 'everyone'] as const;

function pairSteps(
  form: PermissionForm,
  idsOf: (answers: Answers) => readonly string[],
): readonly PermissionStep[] {
  return [
    statementIdStep(form, idsOf, 0, vscode.l10n.t('Statement ID of lambda:InvokeFunctionUrl')),
    statementIdStep(
      form,
      idsOf,
      1,
      vscode.l10n.t('Statement ID of lambda:InvokeFunction, the other half of the pair'),
    ),
  ];
}

function detailSteps(form: PermissionForm, known: Answers): readonly PermissionStep[] {
  switch (known.who) {
    case 'service': {
      const templates = templatesFor(known.use === 'signedUrl' ? 'functionUrl' : 'lambdaFunction');
      return serviceSteps(form, templates, known);
    }
    case 'account':
    case 'accounts':
      return [accountStep(form)];
    case 'identity':
      return [identityStep(form)];
    case 'organization':
      return [organizationStep];
    case 'everyone':
      return [];
  }
}

/** What is allowed: one action, or one of the pairs that a function URL needs. */
function useStep({ resource }: PermissionForm): PermissionStep {
  const list = {
    placeholder: vscode.l10n.t('What is to be allowed?'),
    choices: useChoices(resource),
    other: vscode.l10n.t('Another Action…'),
  };
  const box = {
    prompt: vscode.l10n.t('Action of Lambda'),
    placeholder: 'lambda:InvokeFunction',
    check: (text: string) => reasonOf(functionActionProblem(text)),
  };
  return async (known, place) => {
    const current = known.use === 'action' ? known.action : known.use;
    const answer = await chooseOrType(place, list, box, current);
    return mapAnswer(answer, (chosen) =>
      chosen === 'publicUrl' || chosen === 'signedUrl'
        ? withUse(known, chosen, noAnswers.action)
        : withUse(known, 'action', chosen),
    );
  };
}

function useChoices(resource: Resource): readonly Choice<string>[] {
  const action = (value: string, description: string) => ({ value, label: value, description });
  const pairs = [
    {
      value: 'publicUrl',
      label: vscode.l10n.t('Public function URL'),
      description: vscode.l10n.t('two permissions: everyone, without signing in'),
    },
    {
      value: 'signedUrl',
      label: vscode.l10n.t('Function URL with AWS_IAM'),
      description: vscode.l10n.t('two permissions: who signs the calls'),
    },
  ];
  // Functions and aliases can have a URL, versions cannot.
  const isVersion = resource.kind === 'lambdaFunction' && resource.qualifier?.type === 'version';
  return [
    action('lambda:InvokeFunction', vscode.l10n.t('run it')),
    ...(isVersion ? [] : pairs),
    action(urlAction, vscode.l10n.t('one half of what a function URL needs')),
    action('lambda:GetFunction', vscode.l10n.t('see its settings and code')),
    action('lambda:GetFunctionConfiguration', vscode.l10n.t('see its settings')),
    action('lambda:UpdateFunctionCode', vscode.l10n.t('replace its code')),
    action('lambda:*', vscode.l10n.t('every action on it')),
  ];
}
