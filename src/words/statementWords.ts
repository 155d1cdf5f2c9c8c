import { l10n } from 'vscode';
import type { Principal } from '../core/principals';
import { audienceOf, organizationsOf } from '../core/principals';
import type { Statement } from '../core/statement';
import { conditionWords } from './conditionWords';
import { serviceName } from './serviceNames';

/** What a statement is called: its Sid, else its place in the policy. */
export function statementTitle({ sid, index }: Statement): string {
  return sid !== undefined && sid !== '' ? sid : l10n.t('Statement {0}', index + 1);
}

/** Who and what in one line: `Amazon S3 → InvokeFunction`. */
export function statementSummary(statement: Statement): string {
  const who = some(whoIsNamed(statement), 2);
  const what = some(statement.actions.map(shortAction), 2);
  const parts = {
    who: statement.exceptPrincipals ? l10n.t('all but {0}', who) : who,
    what: statement.exceptActions ? l10n.t('all but {0}', what) : what,
  };
  const line = `${parts.who || l10n.t('nobody')} → ${parts.what || l10n.t('nothing')}`;
  return statement.effect === 'Deny' ? l10n.t('Deny: {0}', line) : line;
}

/** The whole statement in plain words, a sentence for what it does and one for each condition. */
export function statementExplanation(statement: Statement): readonly string[] {
  return [effectSentence(statement), ...statement.conditions.map(conditionWords)];
}

/** Who loses or gains access by it, as the subject of a sentence. */
export function whoWords(statement: Statement): string {
  const who = some(whoIsNamed(statement), 3) || l10n.t('nobody');
  return statement.exceptPrincipals ? l10n.t('everyone except {0}', who) : who;
}

export function actionWords(statement: Statement): string {
  const what = some(statement.actions, 4) || l10n.t('nothing');
  return statement.exceptActions ? l10n.t('every action except {0}', what) : what;
}

function effectSentence(statement: Statement): string {
  const who = whoWords(statement);
  const what = actionWords(statement);
  const where = some(statement.resources, 2);
  const conditional = statement.conditions.length > 0;
  switch (statement.effect) {
    case 'Allow':
      if (statement.exceptResources) {
        return conditional
          ? l10n.t('Allows {0}: {1}, on everything except {2}, but only if:', who, what, where)
          : l10n.t('Allows {0}: {1}, on everything except {2}.', who, what, where);
      }
      return conditional
        ? l10n.t('Allows {0}: {1} on {2}, but only if:', who, what, where)
        : l10n.t('Allows {0}: {1} on {2}.', who, what, where);
    case 'Deny':
      if (statement.exceptResources) {
        return conditional
          ? l10n.t('Denies {0}: {1}, on everything except {2}, whenever:', who, what, where)
          : l10n.t('Denies {0}: {1}, on everything except {2}.', who, what, where);
      }
      return conditional
        ? l10n.t('Denies {0}: {1} on {2}, whenever:', who, what, where)
        : l10n.t('Denies {0}: {1} on {2}.', who, what, where);
    case 'unknown':
      return l10n.t('Has no effect that can be read: "Effect" is neither "Allow" nor "Deny".');
  }
}

function whoIsNamed(statement: Statement): readonly string[] {
  if (audienceOf(statement) === 'organization' && !statement.exceptPrincipals) {
    return organizationsOf(statement.conditions).map((id) => l10n.t('Organization {0}', id));
  }
  return statement.principals.map((principal) => principalWords(principal, statement));
}

function principalWords(principal: Principal, statement: Statement): string {
  switch (principal.kind) {
    case 'everyone':
      return everyoneWords(statement);
    case 'service':
      return serviceName(principal.service);
    case 'account':
      return l10n.t('Account {0}', principal.accountId);
    case 'identity':
      return identityWords(principal);
    case 'federated':
      return l10n.t('Identity provider {0}', principal.provider);
    case 'unresolved':
      return l10n.t('Unresolved principal {0}', principal.id);
    case 'other':
      return principal.value;
  }
}

function everyoneWords({ conditions, effect }: Statement): string {
  const signed = conditions.some(
    ({ operator, key, values }) =>
      operator === 'StringEquals' &&
      key.toLowerCase() === 'lambda:functionurlauthtype' &&
      values.every((value) => value === 'AWS_IAM'),
  );
  if (signed) return l10n.t('Anyone with AWS credentials');
  const limited = effect === 'Allow' && conditions.some(({ key }) => !isUrlKey(key));
  return limited ? l10n.t('Everyone, with conditions') : l10n.t('Everyone');
}

/** Keys that say by which way a function URL is called, not by whom. */
function isUrlKey(key: string): boolean {
  return /^lambda:(FunctionUrlAuthType|InvokedViaFunctionUrl)$/i.test(key);
}

function identityWords(principal: Extract<Principal, { kind: 'identity' }>): string {
  const { name, accountId } = principal;
  switch (principal.type) {
    case 'role':
      return l10n.t('Role {0} of {1}', name, accountId);
    case 'user':
      return l10n.t('User {0} of {1}', name, accountId);
    case 'session':
      return l10n.t('Session {0} of {1}', name, accountId);
    case 'other':
      return principal.arn;
  }
}

function shortAction(action: string): string {
  return action.replace(/^(lambda|sqs):(?=.)/i, '');
}

/** The first of them, and how many more there are. */
export function some(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? l10n.t('{0} and {1} more', shown, items.length - most) : shown;
}
