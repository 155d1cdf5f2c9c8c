import { l10n } from 'vscode';
import type { Finding, FindingDetail, RuleId, Severity } from '../core/findings/finding';
import { qualifiedNameOf } from '../core/resource';
import { numberWords } from './numberWords';
import { openReason } from './openReason';
import { outsiderWords, throughWords } from './outsiderWords';
import { policyProblemWords } from './policyProblemWords';
import { problemWords } from './resourceWords';
import { some, statementTitle } from './statementWords';

export function severityTitle(severity: Severity): string {
  switch (severity) {
    case 'high':
      return l10n.t('High');
    case 'medium':
      return l10n.t('Medium');
    case 'low':
      return l10n.t('Low');
  }
}

export function ruleTitle(rule: RuleId): string {
  const { t } = l10n;
  switch (rule) {
    case 'public-access':
      return t('Public access');
    case 'public-function-url':
      return t('Public function URL');
    case 'not-principal-allow':
      return t('Allow with NotPrincipal');
    case 'broad-grant':
      return t('More than needed for outsiders');
    case 'locks-owner-out':
      return t('Deny that locks the owner out');
    case 'other-account':
      return t('Another account');
    case 'confused-deputy':
      return t('Service that anybody can use (confused deputy)');
    case 'function-url-half':
      return t('Half of a function URL');
    case 'cannot-tell':
      return t('Cannot tell who gets in');
    case 'malformed-policy':
      return t('Malformed policy');
    case 'near-limit':
      return t('Nearly full');
    case 'other-organization':
      return t('Another organization');
    case 'qualifier-only-access':
      return t('Access to an alias or version alone');
    case 'unresolved-principal':
      return t('Unresolved principal');
    case 'duplicate-statement':
      return t('Duplicate statement');
    case 'implied-statement':
      return t('Statement that adds nothing');
  }
}

/** What was found, short enough for a row. */
export function findingTitle({ detail, statement, resource }: Finding): string {
  const { t } = l10n;
  const own = statement ? statementTitle(statement) : '';
  switch (detail.rule) {
    case 'public-access':
    case 'other-account':
    case 'other-organization':
    case 'broad-grant':
      return t('{0} may {1}', outsiderWords(detail.who), actionsWords(detail.actions));
    case 'public-function-url':
      return detail.who.type === 'anyone'
        ? t('The function URL is open to everyone')
        : t('The function URL is open to every AWS account');
    case 'not-principal-allow':
      return t('Everyone but those named gets in');
    case 'locks-owner-out':
      return detail.certain
        ? t('The Deny "{0}" locks the owner out', own)
        : t('The Deny "{0}" may lock the owner out', own);
    case 'confused-deputy':
      return detail.lacks === 'source'
        ? t("Anybody's resources get in through {0}", throughWords(detail.service))
        : t('A bucket is named without its account');
    case 'function-url-half':
      return detail.missing === 'call'
        ? t('The URL is allowed, the call through it is not')
        : t('The call through a URL is allowed, the URL is not');
    case 'cannot-tell':
      return t('May let {0} in', lowerFirst(outsiderWords(detail.who)));
    case 'malformed-policy':
      return t('AWS would refuse this policy');
    case 'near-limit':
      return limitWords(detail);
    case 'qualifier-only-access':
      return t('{0} gets in at {1} alone', outsiderWords(detail.who), qualifiedNameOf(resource));
    case 'unresolved-principal':
      return t('{0} no longer resolves to a name', detail.id);
    case 'duplicate-statement':
      return t('"{0}" says the same as "{1}"', own, statementTitle(detail.by));
    case 'implied-statement':
      return t('"{0}" adds nothing to "{1}"', own, statementTitle(detail.by));
  }
}

/** Why it matters, in one sentence. */
export function findingReason({ detail, resource }: Finding): string {
  const { t } = l10n;
  switch (detail.rule) {
    case 'public-access':
      return publicReason(detail.who.type === 'anyone', resource.kind);
    case 'public-function-url':
      return detail.who.type === 'anyone'
        ? t('Whoever knows the URL can run the function, without a signature of AWS.')
        : t(
            'Whoever has an AWS account can run the function by its URL: "AWS_IAM" asks for a signature, not for yours.',
          );
    case 'not-principal-allow':
      return t(
        'NotPrincipal takes out those it names and lets in everyone else, also callers without an account.',
      );
    case 'broad-grant':
      return t(
        'It goes beyond using the resource: code, configuration or access could be changed from outside.',
      );
    case 'locks-owner-out':
      return t(
        'It holds for the account that owns the resource, too, which then cannot change the policy any more.',
      );
    case 'other-account':
      return t('The account is not among the trusted ones; whoever it lets use this can.');
    case 'other-organization':
      return t('Every account of the organization gets in, and it is not among the trusted ones.');
    case 'confused-deputy':
      return detail.lacks === 'source'
        ? t(
            'The service acts for all its customers, and nothing here says for whom: their resources reach this one.',
          )
        : t('Whoever takes the name of the bucket, should it ever be deleted, gets in.');
    case 'function-url-half':
      return t(
        'Since October 2025 a function URL needs both lambda:InvokeFunctionUrl and lambda:InvokeFunction: with one of them it does not work.',
      );
    case 'cannot-tell':
      return openReason(detail.open);
    case 'malformed-policy':
      return 'line' in detail.problem
        ? problemWords(detail.problem)
        : policyProblemWords(detail.problem);
    case 'near-limit':
      return t('Little is left before AWS refuses the next permission.');
    case 'qualifier-only-access':
      return t(
        'The function itself does not let them in, and IAM Access Analyzer does not report aliases and versions.',
      );
    case 'unresolved-principal':
      return t(
        'Mostly a deleted user or role, sometimes one of another account: AWS may refuse a policy that names it.',
      );
    case 'duplicate-statement':
      return t('It takes room and hides that removing one of them changes nothing.');
    case 'implied-statement':
      return t('All that it allows or denies, the other does: it only takes room.');
  }
}

/** What to do about it. */
export function findingRemedy({ detail }: Finding): string {
  return ruleRemedy(detail.rule);
}

/** What to do about what a rule finds. */
export function ruleRemedy(rule: RuleId): string {
  const { t } = l10n;
  switch (rule) {
    case 'public-access':
      return t('Remove the statement, or add a condition that names who is meant.');
    case 'public-function-url':
      return t('If the URL is not meant to be public, remove both of its statements.');
    case 'not-principal-allow':
      return t('Name who may get in by Principal instead.');
    case 'broad-grant':
      return t('Allow only the actions that are needed.');
    case 'locks-owner-out':
      return t('Spare the own account by a condition, or remove the Deny.');
    case 'other-account':
      return t('Remove it, or add the account to the setting "resourcePolicies.trustedAccounts".');
    case 'other-organization':
      return t(
        'Remove it, or add the organization to the setting "resourcePolicies.trustedOrganizations".',
      );
    case 'confused-deputy':
      return t('Add a condition on aws:SourceAccount or aws:SourceArn.');
    case 'function-url-half':
      return t('Add the missing permission, or remove this one.');
    case 'cannot-tell':
      return t('Look whether the condition keeps out whom it should.');
    case 'malformed-policy':
      return t('Edit the policy.');
    case 'near-limit':
      return t('Remove what is not needed, or merge statements.');
    case 'qualifier-only-access':
      return t('Remove it if nobody uses the alias or version any more.');
    case 'unresolved-principal':
      return t('Remove the statement if nobody needs it.');
    case 'duplicate-statement':
    case 'implied-statement':
      return t('Remove it: every answer of the policy stays the same.');
  }
}

function publicReason(withoutAccount: boolean, kind: Finding['resource']['kind']): string {
  const { t } = l10n;
  if (withoutAccount)
    return t('No condition keeps anybody out: callers without an account get in, too.');
  return kind === 'layerVersion'
    ? t('Every AWS account can download what is in the layer.')
    : t('Whoever has an AWS account gets in; no condition keeps anybody out.');
}

/** The actions as a policy writes them, without the service before them. */
function actionsWords(actions: readonly string[]): string {
  return some(
    actions.map((action) => action.replace(/^(lambda|sqs):(?=.)/i, '')),
    3,
  );
}

function limitWords({
  what,
  count,
  limit,
}: Extract<FindingDetail, { rule: 'near-limit' }>): string {
  switch (what) {
    case 'bytes':
      return l10n.t(
        'The policy is nearly full: {0} of {1} bytes',
        numberWords(count),
        numberWords(limit),
      );
    case 'statements':
      return l10n.t('The policy is nearly full: {0} of {1} statements', count, limit);
    case 'principals':
      return l10n.t('The policy is nearly full: {0} of {1} principals', count, limit);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
