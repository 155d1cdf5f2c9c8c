import type { Answers } from '../../core/grantAnswers';
import { noAnswers, withWho } from '../../core/grantAnswers';
import { layerIntent, statementIdOf } from '../../core/grantIntents';
import type { ChangeIntent } from '../../core/plan';
import { runSteps } from '../../host/steps';
import type { PermissionForm, PermissionStep } from './permissionSteps';
import {
  accountStep,
  confirmEveryone,
  organizationStep,
  statementIdStep,
  whoStep,
} from './permissionSteps';

/** Asks who may use a layer version. `undefined`: cancelled. */
export async function askLayerPermission(form: PermissionForm): Promise<ChangeIntent | undefined> {
  const start = withWho(noAnswers, 'account');
  const answers = await runSteps(form.title, start, (known) => layerSteps(form, known));
  if (!answers) return undefined;
  if (answers.who === 'everyone' && !(await confirmEveryone(form))) return undefined;
  return layerIntent(answers, form.taken);
}

function layerSteps(form: PermissionForm, { who }: Answers): readonly PermissionStep[] {
  const details =
    who === 'account' ? [accountStep(form)] : who === 'organization' ? [organizationStep] : [];
  return [
    whoStep(['account', 'organization', 'everyone']),
    ...details,
    statementIdStep(form, (answers) => [statementIdOf(answers, 'layerVersion', form.taken)]),
  ];
}
