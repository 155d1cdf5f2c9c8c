import { l10n } from 'vscode';
import type { ChangeRefusal } from '../core/plan';
import { shortJson } from './changeText';
import { numberWords } from './numberWords';
import { problemWords } from './resourceWords';
import { statementTitle } from './statementWords';

/** Why a change cannot be made, and what can be done instead: one or two sentences. */
export function refusalWords(refusal: ChangeRefusal): string {
  switch (refusal.code) {
    case 'noStatementId':
      return l10n.t(
        'It has no statement ID (Sid), and for this kind of resource AWS can only remove statements by their ID.',
      );
    case 'sharedStatementId':
      return l10n.t(
        '{0} statements share the statement ID "{1}", so AWS could not remove this one alone.',
        refusal.count,
        refusal.statement.sid ?? '',
      );
    case 'illegalStatementId':
      return l10n.t(
        'Its statement ID "{0}" has characters or a length that the remove call does not accept.',
        refusal.statement.sid ?? '',
      );
    case 'statementIdTaken':
      return l10n.t(
        'The policy has a statement with the ID "{0}" already. Choose another statement ID.',
        refusal.sid,
      );
    case 'notExpressible':
      return l10n.t(
        'The statement "{0}" is of a form that the call which adds a permission cannot make: {1}',
        statementTitle(refusal.statement),
        shortJson(refusal.statement.text),
      );
    default:
      return stateWords(refusal);
  }
}

type Rest = Exclude<
  ChangeRefusal,
  {
    code:
      | 'noStatementId'
      | 'sharedStatementId'
      | 'illegalStatementId'
      | 'statementIdTaken'
      | 'notExpressible';
  }
>;

function stateWords(refusal: Rest): string {
  switch (refusal.code) {
    case 'changed':
      return l10n.t(
        'Someone else changed the statement "{0}" meanwhile. Look at it as it is now, then try again.',
        statementTitle(refusal.now),
      );
    case 'conflict':
      return l10n.t('Someone else changed the policy meanwhile.');
    case 'nothingToDo':
      return l10n.t('The policy is so already.');
    case 'malformed':
      return l10n.t('The policy is {0}.', problemWords(refusal.problem));
    case 'tooLarge':
      return l10n.t(
        'The policy would have {0} bytes; AWS allows {1}. Remove statements that are no longer needed.',
        numberWords(refusal.bytes),
        numberWords(refusal.limit),
      );
    case 'tooManyStatements':
      return l10n.t(
        'The policy would have {0} statements; AWS allows {1}. Remove statements that are no longer needed.',
        refusal.count,
        refusal.limit,
      );
    case 'otherAccount':
      return l10n.t(
        'The resource is in account {0}, but the credentials of the connection are those of account {1} now. Refresh the connection.',
        refusal.listed,
        refusal.now,
      );
    case 'noWholeDocument':
      return l10n.t(
        'For this kind of resource AWS has no call that writes a whole policy, only calls that add and remove one statement.',
      );
  }
}
