import * as vscode from 'vscode';
import type { Answers } from '../../core/grantAnswers';
import { withOptions, withWho } from '../../core/grantAnswers';
import type { GrantProblem } from '../../core/grantRules';
import {
  accountIdProblem,
  identityArnProblem,
  layerPrincipalProblem,
  organizationIdProblem,
  statementIdProblem,
} from '../../core/grantRules';
import type { SourceProblem } from '../../core/grantTemplates';
import { partitionProblem } from '../../core/grantTemplates';
import { parseArn } from '../../core/arn';
import type { Resource } from '../../core/resource';
import { plainText } from '../../host/plainText';
import type { Answer, ChoiceQuestion, Place, Step, TextQuestion } from '../../host/steps';
import { askChoice, askText, mapAnswer } from '../../host/steps';
import { grantProblemWords, whoChoice, whoDescription } from '../../words/grantWords';
import { resourceWords } from '../../words/resourceWords';

/** What a permission is asked for. */
export interface PermissionForm {
  readonly title: string;
  readonly resource: Resource;
  /** The statement IDs of the policy. */
  readonly taken: readonly string[];
}

export type PermissionStep = Step<Answers>;

/** For the question of a text: what is wrong with it, in words. */
export function reasonOf(problem: GrantProblem | SourceProblem | undefined): string | undefined {
  return problem && grantProblemWords(problem);
}

export function whoStep(offered: readonly Answers['who'][]): PermissionStep {
  return async (known, place) => {
    const choices = offered.map((who) => ({
      value: who,
      label: whoChoice(who),
      description: whoDescription(who),
    }));
    const placeholder = vscode.l10n.t('Who gets the permission?');
    const isActive = (who: Answers['who']) => who === known.who;
    const answer = await askChoice(place, { placeholder, choices, isActive });
    return mapAnswer(answer, (who) => withWho(known, who));
  };
}

export function accountStep({ resource }: PermissionForm): PermissionStep {
  const isLayer = resource.kind === 'layerVersion';
  return async (known, place) => {
    const answer = await askText(place, {
      prompt: isLayer
        ? vscode.l10n.t('ID of the account, or the ARN of its root')
        : vscode.l10n.t('ID of the account'),
      placeholder: parseArn(resource.arn)?.accountId,
      value: known.accountId,
      check: (text) =>
        reasonOf(isLayer ? layerAccountProblem(text, resource.arn) : accountIdProblem(text)),
    });
    return mapAnswer(answer, (accountId) => ({ ...known, accountId }));
  };
}

/** Everyone is a choice of its own, and asked for twice. */
function layerAccountProblem(text: string, arn: string): GrantProblem | SourceProblem | undefined {
  if (text === '*') return { code: 'notAnAccountId', text };
  return layerPrincipalProblem(text) ?? partitionProblem(text, arn);
}

export function identityStep({ resource }: PermissionForm): PermissionStep {
  const { partition = 'aws', accountId = '' } = parseArn(resource.arn) ?? {};
  return async (known, place) => {
    const answer = await askText(place, {
      prompt: vscode.l10n.t('ARN of the role or user'),
      placeholder: `arn:${partition}:iam::${accountId}:role/name`,
      value: known.identityArn,
      check: (text) => reasonOf(identityArnProblem(text) ?? partitionProblem(text, resource.arn)),
    });
    return mapAnswer(answer, (identityArn) => ({ ...known, identityArn }));
  };
}

export const organizationStep: PermissionStep = async (known, place) => {
  const answer = await askText(place, {
    prompt: vscode.l10n.t('ID of the organization'),
    placeholder: 'o-a1b2c3d4e5',
    value: known.options.principalOrgId,
    check: (text) => reasonOf(organizationIdProblem(text)),
  });
  return mapAnswer(answer, (principalOrgId) => withOptions(known, { principalOrgId }));
};

/**
 * Asks for the statement ID of the permission at a place (from 0). `idsOf`: those of all of them,
 * proposed where none was chosen.
 */
export function statementIdStep(
  { resource, taken }: PermissionForm,
  idsOf: (answers: Answers) => readonly string[],
  at = 0,
  prompt = vscode.l10n.t('Statement ID, by which the permission is found and removed again'),
): PermissionStep {
  return async (known, place) => {
    const ids = idsOf(known);
    const others = ids.slice(0, at);
    const answer = await askText(place, {
      prompt,
      value: ids[at],
      check: (text) => reasonOf(statementIdProblem(text, resource.kind, [...taken, ...others])),
    });
    return mapAnswer(answer, (id) => {
      const proposed = idsOf(withStatementId(known, at, undefined))[at];
      // One that was left as it was proposed follows what is changed later.
      return withStatementId(known, at, id === proposed ? undefined : id);
    });
  };
}

function withStatementId(answers: Answers, at: number, id: string | undefined): Answers {
  const statementIds = [...answers.statementIds];
  statementIds[at] = id;
  return { ...answers, statementIds };
}

/**
 * One of a list or any other that is typed, in the list or in a box of its own. Going back from the
 * box leads to the list.
 */
export async function chooseOrType(
  place: Place,
  list: Omit<ChoiceQuestion<string>, 'other' | 'isActive'> & { readonly other: string },
  box: Omit<TextQuestion, 'value'>,
  current: string,
): Promise<Answer<string>> {
  const choices = list.choices.map(({ value, label, description }) => ({
    value: { chosen: value },
    label,
    description,
  }));
  const isOffered = list.choices.some(({ value }) => value === current);
  for (;;) {
    const answer = await askChoice<{ chosen: string } | { typed: string }>(place, {
      placeholder: list.placeholder,
      choices,
      isActive: (value) => 'chosen' in value && value.chosen === current,
      other: {
        label: list.other,
        isActive: current !== '' && !isOffered,
        value: (typed) => ({ typed }),
      },
    });
    if (answer.type !== 'next') return { type: answer.type };
    if ('chosen' in answer.value) return { type: 'next', value: answer.value.chosen };
    const { typed } = answer.value;
    if (typed !== '' && box.check(typed) === undefined) return { type: 'next', value: typed };
    const value = typed === '' && !isOffered ? current : typed;
    const text = await askText({ ...place, canGoBack: true }, { ...box, value });
    if (text.type !== 'back') return text;
  }
}

/** The second question before something is opened to all of AWS. */
export async function confirmEveryone({ resource }: PermissionForm): Promise<boolean> {
  const open = vscode.l10n.t('Open to Every AWS Account');
  const lines = [
    vscode.l10n.t(
      'Not only your accounts: whoever has an AWS account, and nothing lists who makes use of it.',
    ),
    '',
    vscode.l10n.t('Resource: {0}', resource.arn),
  ];
  const choice = await vscode.window.showWarningMessage(
    plainText(vscode.l10n.t('Open {0} to every AWS account?', resourceWords(resource))),
    { modal: true, detail: lines.map(plainText).join('\n') },
    open,
  );
  return choice === open;
}
