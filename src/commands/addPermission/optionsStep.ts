import * as vscode from 'vscode';
import type { Answers, FunctionOptions } from '../../core/grantAnswers';
import { optionObstacle, withOptions } from '../../core/grantAnswers';
import { answersProblem } from '../../core/grantIntents';
import { eventSourceTokenProblem, organizationIdProblem } from '../../core/grantRules';
import {
  exampleSourceArn,
  likelySourceAccount,
  sourceAccountProblem,
  sourceArnProblem,
  templateOfService,
} from '../../core/grantTemplates';
import type { Answer, Choice, Place } from '../../host/steps';
import { askChoice, askText, mapAnswer } from '../../host/steps';
import { optionWords } from '../../words/grantWords';
import type { PermissionForm, PermissionStep } from './permissionSteps';
import { reasonOf } from './permissionSteps';

type Option = keyof FunctionOptions;

/** As the API calls them. */
const optionNames: Readonly<Record<Option, string>> = {
  sourceArn: 'SourceArn',
  sourceAccount: 'SourceAccount',
  principalOrgId: 'PrincipalOrgID',
  functionUrlAuthType: 'FunctionUrlAuthType',
  invokedViaFunctionUrl: 'InvokedViaFunctionUrl',
  eventSourceToken: 'EventSourceToken',
};

type MenuValue =
  | { readonly type: 'continue' }
  | { readonly type: 'set'; readonly option: Option }
  | { readonly type: 'clear'; readonly option: Option };

/** Every optional parameter, each to be set or cleared, until the person goes on. */
export function optionsStep(form: PermissionForm): PermissionStep {
  return async (known, place) => {
    let answers = known;
    for (;;) {
      const answer = await askChoice(place, {
        placeholder: vscode.l10n.t('Any more conditions?'),
        choices: menu(answers),
      });
      if (answer.type === 'cancelled') return answer;
      if (answer.type === 'back') return { type: 'back', value: answers };
      const chosen = answer.value;
      if (chosen.type === 'continue') return { type: 'next', value: answers };
      if (chosen.type === 'clear') {
        answers = withOptions(answers, { [chosen.option]: undefined });
        continue;
      }
      const inner = { ...place, canGoBack: true };
      const options = await askOption(form, inner, answers, chosen.option);
      if (options.type === 'cancelled') return options;
      if (options.type === 'next') answers = withOptions(answers, options.value);
    }
  };
}

function menu(answers: Answers): readonly Choice<MenuValue>[] {
  const problem = answersProblem(answers);
  const options = (Object.keys(optionNames) as Option[])
    // Without it an organization would be everyone.
    .filter((option) => option !== 'principalOrgId' || answers.who !== 'organization');
  return [
    {
      value: { type: 'continue' },
      label: vscode.l10n.t('Continue'),
      icon: 'arrow-right',
      refusal: reasonOf(problem),
    },
    ...options.map((option) => optionChoice(answers, option)),
  ];
}

function optionChoice(answers: Answers, option: Option): Choice<MenuValue> {
  const value = answers.options[option];
  const isSet = value !== undefined;
  const tooltip = vscode.l10n.t('Clear {0}', optionNames[option]);
  return {
    value: { type: 'set', option },
    label: optionNames[option],
    description: isSet ? String(value) : vscode.l10n.t('not set: {0}', optionWords(option)),
    icon: isSet ? 'pass-filled' : 'circle-large-outline',
    // What is there can always be changed or cleared.
    refusal: isSet ? undefined : reasonOf(optionObstacle(answers, option)),
    cleared: isSet ? { value: { type: 'clear', option }, tooltip } : undefined,
  };
}

async function askOption(
  form: PermissionForm,
  place: Place,
  answers: Answers,
  option: Option,
): Promise<Answer<FunctionOptions>> {
  const { options } = answers;
  const placeholder = `${optionNames[option]}: ${optionWords(option)}`;
  switch (option) {
    case 'functionUrlAuthType': {
      const choices = (['AWS_IAM', 'NONE'] as const).map((value) => ({ value, label: value }));
      const isActive = (value: string) => value === options[option];
      const answer = await askChoice(place, { placeholder, choices, isActive });
      return mapAnswer(answer, (value) => ({ [option]: value }));
    }
    case 'invokedViaFunctionUrl': {
      const choices = [true, false].map((value) => ({ value, label: String(value) }));
      const isActive = (value: boolean) => value === options[option];
      const answer = await askChoice(place, { placeholder, choices, isActive });
      return mapAnswer(answer, (value) => ({ [option]: value }));
    }
    default: {
      const { example, check } = textRule(form, answers, option);
      const answer = await askText(place, {
        prompt: placeholder,
        placeholder: example,
        value: options[option],
        check: (text) => (text === '' ? undefined : check(text)),
      });
      return mapAnswer(answer, (text) => ({ [option]: text === '' ? undefined : text }));
    }
  }
}

type TextOption = Exclude<Option, 'functionUrlAuthType' | 'invokedViaFunctionUrl'>;

interface TextRule {
  readonly example?: string;
  readonly check: (text: string) => string | undefined;
}

function textRule({ resource }: PermissionForm, answers: Answers, option: TextOption): TextRule {
  const { who, service, options } = answers;
  const template = who === 'service' ? templateOfService(service) : undefined;
  switch (option) {
    case 'sourceArn':
      return {
        example: exampleSourceArn(template, resource.arn),
        check: (text) => reasonOf(sourceArnProblem(text, template, resource.arn)),
      };
    case 'sourceAccount':
      return {
        example: likelySourceAccount(options.sourceArn, resource.arn),
        check: (text) => reasonOf(sourceAccountProblem(text, options.sourceArn)),
      };
    case 'principalOrgId':
      return {
        example: 'o-a1b2c3d4e5',
        check: (text) => reasonOf(organizationIdProblem(text)),
      };
    case 'eventSourceToken':
      return { check: (text) => reasonOf(eventSourceTokenProblem(text)) };
  }
}
