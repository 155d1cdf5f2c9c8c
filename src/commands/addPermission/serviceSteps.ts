import * as vscode from 'vscode';
import type { Answers } from '../../core/grantAnswers';
import { withOptions, withService, withSourceArn } from '../../core/grantAnswers';
import { serviceProblem } from '../../core/grantRules';
import type { ServiceTemplate } from '../../core/grantTemplates';
import {
  asksSourceAccount,
  exampleSourceArn,
  likelySourceAccount,
  sourceAccountProblem,
  sourceArnProblem,
  templateOfService,
} from '../../core/grantTemplates';
import { askText, mapAnswer } from '../../host/steps';
import { sourcePrompt } from '../../words/grantWords';
import { serviceName } from '../../words/serviceNames';
import type { PermissionForm, PermissionStep } from './permissionSteps';
import { chooseOrType, reasonOf } from './permissionSteps';

/** Service, the ARN of what calls, and its account where the ARN does not say it. */
export function serviceSteps(
  form: PermissionForm,
  templates: readonly ServiceTemplate[],
  { service, options }: Answers,
): readonly PermissionStep[] {
  const steps = [serviceStep(templates), sourceArnStep(form)];
  return asksSourceAccount(templateOfService(service), options.sourceArn)
    ? [...steps, sourceAccountStep(form)]
    : steps;
}

function serviceStep(templates: readonly ServiceTemplate[]): PermissionStep {
  return async (known, place) => {
    const choices = templates.map(({ service }) => ({
      value: service,
      label: serviceName(service),
      description: service,
    }));
    const list = {
      placeholder: vscode.l10n.t('Which service?'),
      choices,
      other: vscode.l10n.t('Another Service…'),
    };
    const box = {
      prompt: vscode.l10n.t('Service principal'),
      placeholder: 'scheduler.amazonaws.com',
      check: (text: string) => reasonOf(serviceProblem(text)),
    };
    const answer = await chooseOrType(place, list, box, known.service);
    return mapAnswer(answer, (service) => withService(known, service));
  };
}

function sourceArnStep({ resource }: PermissionForm): PermissionStep {
  return async (known, place) => {
    const template = templateOfService(known.service);
    const answer = await askText(place, {
      prompt: sourcePrompt(template),
      placeholder: exampleSourceArn(template, resource.arn),
      value: known.options.sourceArn,
      check: (text) =>
        text === '' ? undefined : reasonOf(sourceArnProblem(text, template, resource.arn)),
    });
    return mapAnswer(answer, (text) => withSourceArn(known, text === '' ? undefined : text));
  };
}

function sourceAccountStep({ resource }: PermissionForm): PermissionStep {
  return async (known, place) => {
    const { sourceArn, sourceAccount } = known.options;
    const likely = likelySourceAccount(sourceArn, resource.arn);
    const answer = await askText(place, {
      prompt: vscode.l10n.t(
        'ID of the account that owns the resource. Leave it empty for any account.',
      ),
      placeholder: likely,
      value: sourceAccount ?? likely,
      check: (text) => (text === '' ? undefined : reasonOf(sourceAccountProblem(text, sourceArn))),
    });
    return mapAnswer(answer, (text) =>
      withOptions(known, { sourceAccount: text === '' ? undefined : text }),
    );
  };
}
