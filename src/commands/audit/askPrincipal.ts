import * as vscode from 'vscode';
import { readCaller } from '../../core/evaluate/askPolicy';
import type { WellFormedPolicy } from '../../core/evaluate/decide';
import { isOpenToAnonymous } from '../../core/findings/grantable';
import type { ResourceKind } from '../../core/resource';
import type { Whom } from '../../core/revoke/whom';
import { whomsIn } from '../../core/revoke/whom';
import type { Choice } from '../../host/steps';
import { askChoice, askText, placeAlone } from '../../host/steps';
import { whomWords } from '../../words/revokeWords';

interface PrincipalQuestion {
  readonly title: string;
  readonly action: string;
  readonly kind: ResourceKind;
  readonly policy: WellFormedPolicy;
  /** The account of the resource. */
  readonly owner: string | undefined;
}

/** The text of a principal, or what was typed of one that is not there to be chosen. */
type Picked = { readonly principal: string } | { readonly typed: string };

/** Asks about whom it is; empty: about all who can. `undefined`: the person left. */
export async function askPrincipal(question: PrincipalQuestion): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const everybody: Choice<Picked> = {
    value: { principal: '' },
    label: t('All Who Can'),
    description: t('whom the policy lets in, and how far'),
    icon: 'organization',
  };
  const picked = await askChoice<Picked>(placeAlone(question.title), {
    placeholder: t('Who?'),
    choices: [everybody, ...namedBy(question)],
    other: { label: t('Somebody Else…'), value: (typed) => ({ typed }) },
  });
  if (picked.type !== 'next') return undefined;
  if ('principal' in picked.value) return picked.value.principal;
  const { typed } = picked.value;
  return typed !== '' && problemOf(typed, question) === undefined
    ? typed
    : typePrincipal(question, typed);
}

/** Those whom the policy names, each once. */
function namedBy({ policy, owner }: PrincipalQuestion): readonly Choice<Picked>[] {
  const all = policy.statements
    .flatMap((statement) => whomsIn(statement, owner))
    .flatMap((whom) => {
      const principal = principalOf(whom);
      return principal === undefined ? [] : [[principal, whomWords(whom)] as const];
    });
  return [...new Map(all)].map(([principal, label]) => ({
    value: { principal },
    label,
    description: principal,
  }));
}

/** How a caller is written; `undefined` where it is not one caller. */
function principalOf(whom: Whom): string | undefined {
  switch (whom.type) {
    case 'account':
      return whom.accountId;
    case 'identity':
      return readCaller(whom.arn) && whom.arn;
    case 'service':
      return whom.service;
    default:
      return undefined;
  }
}

async function typePrincipal(
  question: PrincipalQuestion,
  typed: string,
): Promise<string | undefined> {
  const answer = await askText(placeAlone(question.title), {
    prompt: vscode.l10n.t(
      'Who? An account ID, the ARN of a role or user, a service such as sns.amazonaws.com, or * for callers without an account.',
    ),
    value: typed,
    check: (text) => problemOf(text, question),
  });
  return answer.type === 'next' ? answer.value : undefined;
}

/** Why a text is nobody to be asked about. */
function problemOf(text: string, { action, kind }: PrincipalQuestion): string | undefined {
  const { t } = vscode.l10n;
  const caller = readCaller(text);
  if (!caller) return t('"{0}" is no account ID, ARN of a role or user, service, or *.', text);
  return caller.kind === 'anonymous' && !isOpenToAnonymous(action, kind)
    ? t('Nobody calls {0} without an account: AWS asks for a signature.', action)
    : undefined;
}
