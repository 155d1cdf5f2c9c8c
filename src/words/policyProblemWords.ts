import { l10n } from 'vscode';
import type { PolicyFix, PolicyIssue } from '../core/policyIssue';
import type { ResourceKind } from '../core/resource';
import { numberWords } from './numberWords';

/** A problem as a sentence. What it quotes is a person's own text, or text from AWS. */
export function policyProblemWords(issue: PolicyIssue): string {
  return elementWords(issue) ?? whoAndWhatWords(issue) ?? wholeWords(issue);
}

/** What a quick fix would do, as its title. */
export function fixWords({ type, put }: PolicyFix): string {
  return type === 'insert' ? l10n.t('Insert {0}', put) : l10n.t('Change to {0}', put);
}

function elementWords(issue: PolicyIssue): string | undefined {
  switch (issue.code) {
    case 'duplicateName':
      return l10n.t('"{0}" stands here twice; only the last one would count.', issue.name);
    case 'unknownElement':
      return meant(l10n.t('Policies have no element "{0}".', issue.name), issue.known);
    case 'missingElement':
      return issue.name === 'Version'
        ? l10n.t('Without a "Version" the policy counts as one of 2008: variables are plain text.')
        : l10n.t('The element "{0}" is missing.', issue.name);
    case 'emptyElement':
      return l10n.t('"{0}" is empty.', issue.name);
    case 'wrongType':
      return typeWords(issue);
    case 'bothForms':
      return l10n.t('A statement has either "{0}" or "Not{0}", not both.', issue.name);
    case 'wrongVersion':
      return l10n.t(
        '"{0}" is no version of the policy language: 2012-10-17 and 2008-10-17 are.',
        issue.value,
      );
    case 'wrongEffect':
      return l10n.t('"Effect" is "Allow" or "Deny", written just so.');
    case 'unknownOperator':
      return meant(l10n.t('There is no condition operator "{0}".', issue.operator), issue.known);
    default:
      return undefined;
  }
}

function typeWords({ name, expected }: Extract<PolicyIssue, { code: 'wrongType' }>): string {
  switch (expected) {
    case 'text':
      return l10n.t('"{0}" must be a text in quotes.', name);
    case 'texts':
      return l10n.t('"{0}" must be a text in quotes, or a list of them.', name);
    case 'object':
      return l10n.t('"{0}" must be an object in braces.', name);
    case 'statements':
      return l10n.t('"{0}" must be a list of statements, each an object in braces.', name);
  }
}

function whoAndWhatWords(issue: PolicyIssue): string | undefined {
  switch (issue.code) {
    case 'numericAccount':
      return l10n.t('An account ID is a text: put {0} in quotes.', issue.value);
    case 'invalidAccount':
      return l10n.t('"{0}" is no account: an account ID has 12 digits.', issue.value);
    case 'invalidPrincipalArn':
      return l10n.t('"{0}" is no account, role, user or session.', issue.value);
    case 'principalWildcard':
      return l10n.t(
        '"{0}" has a wildcard, which a principal must not have. Name the account, and limit it by the condition key aws:PrincipalArn.',
        issue.value,
      );
    case 'barePrincipal':
      return l10n.t(
        'Only "*" may stand alone. Say what "{0}" is: { "AWS": … } or { "Service": … }.',
        issue.value,
      );
    case 'notAService':
      return l10n.t('"{0}" does not look like a service, such as s3.amazonaws.com.', issue.value);
    case 'unresolvedPrincipal':
      return l10n.t(
        '"{0}" is the ID of a user or role that AWS could not resolve. AWS may refuse a policy that has one.',
        issue.value,
      );
    case 'allowsAllBut':
      return l10n.t('This allows everyone but these, of every account.');
    case 'unknownAction':
      return meant(l10n.t('The service has no known action "{0}".', issue.action), issue.known);
    case 'bareAction':
      return meant(
        l10n.t('The action "{0}" lacks the service and the colon in front of it.', issue.action),
        issue.known,
      );
    case 'foreignAction':
      return l10n.t(
        '"{0}" is an action of another service. This policy can only speak of "{1}:…".',
        issue.action,
        issue.service,
      );
    case 'locksOwnerOut':
      return l10n.t('This Deny would keep the owner, too, from changing the policy again.');
    case 'mayLockOwnerOut':
      return l10n.t(
        'This Deny may keep the owner, too, from changing the policy again: it spares only whom its conditions name.',
      );
    default:
      return undefined;
  }
}

function wholeWords(issue: PolicyIssue): string {
  switch (issue.code) {
    case 'syntax':
      return syntaxWords(issue.detail);
    case 'tooDeep':
      return l10n.t('This is nested too deeply to be read.');
    case 'notAnObject':
      return l10n.t('A policy is a JSON object in braces.');
    case 'emptyStatements':
      return issue.deletes
        ? l10n.t('Without statements no policy remains: it will be deleted.')
        : l10n.t(
            'SQS refuses a policy without statements. To delete it, remove its statements in the Resources view.',
          );
    case 'otherResource':
      return l10n.t(
        'This is not the resource that the policy belongs to, which is {0}.',
        issue.arn,
      );
    case 'sidNotRemovable':
      return sidWords(issue.kind);
    case 'sharedSid':
      return l10n.t(
        '{0} statements share the ID "{1}": none of them can be removed by it alone.',
        issue.count,
        issue.sid,
      );
    case 'overLimit':
      return limitWords(issue);
    default:
      return issue.code;
  }
}

function sidWords(kind: ResourceKind): string {
  switch (kind) {
    case 'lambdaFunction':
      return l10n.t(
        'The calls that remove one statement do not take this ID: letters, digits, "-", "_" and ".", at most 100.',
      );
    case 'layerVersion':
      return l10n.t(
        'The calls that remove one statement do not take this ID: letters, digits, "-" and "_", at most 100.',
      );
    case 'sqsQueue':
      return l10n.t(
        'The calls that remove one statement do not take this ID: letters, digits, "-" and "_", at most 80.',
      );
  }
}

function limitWords({ what, count, limit }: Extract<PolicyIssue, { code: 'overLimit' }>): string {
  switch (what) {
    case 'bytes':
      return l10n.t(
        'The policy has {0} bytes; AWS takes at most {1}.',
        numberWords(count),
        numberWords(limit),
      );
    case 'statements':
      return l10n.t('The policy has {0} statements; AWS takes at most {1}.', count, limit);
    case 'principals':
      return l10n.t('The policy names {0} principals; AWS takes at most {1}.', count, limit);
    case 'actions':
      return l10n.t('The statement has {0} actions; AWS takes at most {1}.', count, limit);
    case 'conditions':
      return l10n.t('The statement has {0} conditions; AWS takes at most {1}.', count, limit);
  }
}

function syntaxWords(detail: string): string {
  switch (detail) {
    case 'InvalidCommentToken':
      return l10n.t('A policy must not have comments.');
    case 'CommaExpected':
      return l10n.t('A comma is missing here.');
    case 'ColonExpected':
      return l10n.t('A colon is missing here.');
    case 'PropertyNameExpected':
      return l10n.t('A name in double quotes is missing here, or there is a comma too many.');
    case 'ValueExpected':
      return l10n.t('A value is missing here, or there is a comma too many.');
    case 'CloseBraceExpected':
      return l10n.t('A closing brace is missing here.');
    case 'CloseBracketExpected':
      return l10n.t('A closing bracket is missing here.');
    case 'EndOfFileExpected':
      return l10n.t('The policy ends before this.');
    default:
      return l10n.t('This is not valid JSON ({0}).', detail);
  }
}

function meant(sentence: string, known: string | undefined): string {
  return known === undefined ? sentence : `${sentence} ${l10n.t('Did you mean "{0}"?', known)}`;
}
