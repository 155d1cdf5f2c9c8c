import { l10n } from 'vscode';
import type { Failure } from '../core/errors';
import type { RuleId } from '../core/findings/finding';
import type { HtmlWords } from '../core/report/htmlWords';
import type { ReportedAudit, ReportedPolicy } from '../core/report/report';
import type { Resource } from '../core/resource';
import type { FailureScene } from './failureWords';
import { failureSentence } from './failureWords';
import { severityTitle } from './findingWords';
import { timeWords } from './historyWords';
import { kindTitle, resourceWords } from './resourceWords';

/** Why an audit did not get to its end; nothing of one that did. */
export function cutShortWords(
  state: ReportedAudit['state'],
  failure: Failure | undefined,
  scene?: FailureScene,
): string | undefined {
  const { t } = l10n;
  switch (state) {
    case 'complete':
      return undefined;
    case 'running':
      return t('The audit is still running: wait for its end to know all.');
    case 'cancelled':
      return t('The audit was cancelled before it had read everything. Resume it to know all.');
    case 'interrupted':
      return t(
        'The audit was interrupted before it had read everything, since its window ended. Resume it to know all.',
      );
    case 'stopped':
      return failure
        ? failureSentence(t('The audit was stopped'), failure, scene)
        : t('The audit was stopped before it had read everything. Resume it to know all.');
  }
}

export function notAskedForWords(resource: Resource): string {
  return l10n.t(
    'The policy of {0} was not asked for. Resume the audit to read it.',
    resourceWords(resource),
  );
}

/** What a rule looks for, in a sentence. */
export function ruleDescription(rule: RuleId): string {
  const { t } = l10n;
  switch (rule) {
    case 'public-access':
      return t('Everyone, or every AWS account, gets in.');
    case 'public-function-url':
      return t('A function URL can be called by everyone, or by whoever signs with AWS.');
    case 'not-principal-allow':
      return t('An Allow with NotPrincipal lets in everyone but those named.');
    case 'broad-grant':
      return t('Somebody from outside may change code, configuration or access, or do everything.');
    case 'locks-owner-out':
      return t('A Deny keeps the owner from changing the policy.');
    case 'other-account':
      return t('An account that is not among the trusted ones gets in.');
    case 'confused-deputy':
      return t(
        "A service is let in for anybody's resources, or a bucket is named without its account.",
      );
    case 'function-url-half':
      return t('One of the two permissions that a function URL needs is missing.');
    case 'cannot-tell':
      return t('A condition that nobody can judge from here stands between them and the world.');
    case 'malformed-policy':
      return t('AWS would refuse this policy today.');
    case 'near-limit':
      return t('Over 80 % of the bytes, statements or principals that AWS allows are used.');
    case 'other-organization':
      return t('An organization that is not among the trusted ones gets in.');
    case 'qualifier-only-access':
      return t(
        'Access is given at an alias or version alone, which IAM Access Analyzer does not report.',
      );
    case 'unresolved-principal':
      return t('An ID stands where a user or role was, since it no longer resolves to one.');
    case 'duplicate-statement':
      return t('A statement says the same as another.');
    case 'implied-statement':
      return t('A statement says nothing that another does not say already.');
  }
}

/** The words of the HTML page. */
export function htmlWords(): HtmlWords {
  const { t } = l10n;
  return {
    // Translators: the language that you translate to, as in HTML's attribute "lang".
    language: t('en'),
    title: t('Who gets in: audit of resource-based policies'),
    madeBy: t('made by Resource Policies for AWS'),
    contents: t('Contents'),
    summary: t('Summary'),
    findings: t('Findings'),
    noFindings: t('Nothing was found in what was read.'),
    whoGetsIn: t('Who gets in'),
    inventory: t('Inventory'),
    notRead: t('What was not read'),
    accepted: t('Accepted'),
    warning: t(
      'This is not all: some of it could not be read, and is listed at the end. What was not read is not clean: nothing is known of it.',
    ),
    isNew: t('new'),
    ...columnWords(),
    severityTitle,
    kindTitle,
    policyState: policyStateWords,
    time: timeWords,
    line: (line) => t('From line {0} of the policy', line),
    more: (lines) => t('{0} more lines', lines),
    acceptedUntil: (until, reason) => t('Accepted until {0}: {1}', timeWords(until), reason),
    wasAcceptedUntil: (until, reason) =>
      t('It was accepted until {0}: {1}', timeWords(until), reason),
  };
}

function columnWords() {
  const { t } = l10n;
  return {
    connection: t('Connection'),
    account: t('Account'),
    region: t('Region'),
    unknown: t('unknown'),
    audited: t('Audited'),
    state: t('State'),
    whole: t('everything was read'),
    notWhole: t('not everything was read'),
    count: t('Findings'),
    severity: t('Severity'),
    who: t('Who'),
    where: t('Where, and what'),
    kind: t('Kind'),
    name: t('Name'),
    arn: t('ARN'),
    policy: t('Policy'),
    policiesRead: t('Policies read'),
    withPolicy: t('Where there is one'),
    bytes: t('Bytes'),
    statements: t('Statements'),
    reason: t('Reason'),
  };
}

function policyStateWords(state: ReportedPolicy['state']): string {
  const { t } = l10n;
  switch (state) {
    case 'policy':
      return t('there is one');
    case 'none':
      return t('none');
    case 'unreadable':
      return t('could not be read');
    case 'notAskedFor':
      return t('not asked for');
  }
}
