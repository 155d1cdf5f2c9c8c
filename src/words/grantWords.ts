import { l10n } from 'vscode';
import type { Answers, FunctionOptions } from '../core/grantAnswers';
import type { GrantProblem } from '../core/grantRules';
import type { ServiceTemplate, SourceProblem } from '../core/grantTemplates';
import { serviceName } from './serviceNames';

/** Why a value cannot be taken, in a sentence. */
export function grantProblemWords(problem: GrantProblem | SourceProblem): string {
  return formWords(problem) ?? listWords(problem) ?? togetherWords(problem) ?? '';
}

type Problem = GrantProblem | SourceProblem;

function formWords(problem: Problem): string | undefined {
  switch (problem.code) {
    case 'missing':
      return l10n.t('This is needed.');
    case 'tooLong':
      return l10n.t('{0} characters are too many: at most {1}.', problem.length, problem.most);
    case 'illegalCharacter':
      return problem.allowed === '-_'
        ? l10n.t('"{0}" cannot stand here: only letters, digits, "-" and "_".', problem.character)
        : l10n.t(
            '"{0}" cannot stand here: only letters, digits, ".", "-" and "_".',
            problem.character,
          );
    case 'statementIdTaken':
      return l10n.t('The policy has a statement with the ID "{0}" already.', problem.sid);
    case 'notAnAction':
      return l10n.t(
        '"{0}" is not an action of Lambda, such as lambda:InvokeFunction or lambda:*.',
        problem.text,
      );
    case 'notAnAccountId':
      return l10n.t('"{0}" is not an account ID: 12 digits, without dashes.', problem.text);
    case 'notAnOrganizationId':
      return l10n.t(
        '"{0}" is not an organization ID: "o-", then 10 to 32 small letters and digits.',
        problem.text,
      );
    case 'notAService':
      return l10n.t('"{0}" is not a service principal, such as s3.amazonaws.com.', problem.text);
    case 'notAnIdentityArn':
      return l10n.t(
        '"{0}" is not the ARN of a role, a user or one of their sessions, such as arn:aws:iam::123456789012:role/name.',
        problem.text,
      );
    case 'notAnArn':
      return l10n.t(
        '"{0}" is not an ARN: arn:partition:service:region:account:name.',
        problem.text,
      );
    case 'notAnAuthType':
      return l10n.t('"{0}" is neither NONE nor AWS_IAM.', problem.text);
    default:
      return undefined;
  }
}

function listWords(problem: Problem): string | undefined {
  switch (problem.code) {
    case 'repeated':
      return l10n.t('"{0}" stands here twice.', problem.text);
    case 'tooMany':
      return l10n.t('{0} are too many: at most {1}.', problem.count, problem.most);
    case 'everyActionAndMore':
      return l10n.t('"*" is every action: choose it alone.');
    case 'notShareable':
      return l10n.t('"{0}" is for the owner of the queue only.', problem.text);
    default:
      return undefined;
  }
}

function togetherWords(problem: Problem): string | undefined {
  switch (problem.code) {
    case 'authTypeNeedsUrlAction':
      return l10n.t('Only with the action lambda:InvokeFunctionUrl.');
    case 'tokenExcludesSource':
      return l10n.t('EventSourceToken does not go with SourceArn or SourceAccount.');
    case 'organizationNeedsEveryone':
      return l10n.t('An organization goes only with everyone ("*") as the principal.');
    case 'wrongPartition':
      return l10n.t(
        'It is in the partition {0}, the resource in {1}.',
        problem.partition,
        problem.expected,
      );
    case 'wrongSourceService':
      return l10n.t(
        'It is an ARN of {0}, and these calls come from one of {1}.',
        problem.service,
        problem.expected,
      );
    case 'wrongSource':
      return l10n.t('No call would come from it. Such ARNs look like {0}.', problem.example);
    case 'otherAccount':
      return l10n.t(
        'The source belongs to account {0}, so no call would come from {1}.',
        problem.expected,
        problem.accountId,
      );
    default:
      return undefined;
  }
}

/** Who gets the permission, as a choice. */
export function whoChoice(who: Answers['who']): string {
  switch (who) {
    case 'service':
      return l10n.t('AWS service');
    case 'account':
      return l10n.t('AWS account');
    case 'accounts':
      return l10n.t('AWS accounts');
    case 'identity':
      return l10n.t('Role or user');
    case 'organization':
      return l10n.t('Organization');
    case 'everyone':
      return l10n.t('Everyone');
  }
}

export function whoDescription(who: Answers['who']): string {
  switch (who) {
    case 'service':
      return l10n.t('such as S3, EventBridge or SNS, for one of their resources');
    case 'account':
    case 'accounts':
      return l10n.t('every role and user there whose own policies allow it');
    case 'identity':
      return l10n.t('one, by its ARN');
    case 'organization':
      return l10n.t('every account of an AWS organization');
    case 'everyone':
      return l10n.t('every AWS account');
  }
}

/** What a service's calls come from, as the question for its ARN. */
export function sourcePrompt(template: ServiceTemplate | undefined): string {
  const what = l10n.t(
    'ARN of the resource that the calls come from; "*" stands for any text. Leave it empty for any resource.',
  );
  return template ? `${serviceName(template.service)}: ${what}` : what;
}

/** The optional parameters are known by their names in the API; this says what they do. */
export function optionWords(option: keyof FunctionOptions): string {
  switch (option) {
    case 'sourceArn':
      return l10n.t('only calls from this resource');
    case 'sourceAccount':
      return l10n.t('only calls from resources of this account');
    case 'principalOrgId':
      return l10n.t('only callers of this organization');
    case 'functionUrlAuthType':
      return l10n.t('only function URLs with this way to sign in');
    case 'invokedViaFunctionUrl':
      return l10n.t('only calls through the function URL, or only others');
    case 'eventSourceToken':
      return l10n.t('only calls with this token (Alexa)');
  }
}
