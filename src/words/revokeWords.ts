import { l10n } from 'vscode';
import { qualifiedNameOf } from '../core/resource';
import type { Resource } from '../core/resource';
import type { Remaining, Through } from '../core/revoke/stillLetsIn';
import type { Whom } from '../core/revoke/whom';
import { policiesWords } from './auditWords';
import type { BulkPurpose } from './bulkWords';
import { identityWords, throughWords } from './outsiderWords';
import { statementTitle } from './statementWords';

/** Who it is, as one speaks of them. */
export function whomWords(whom: Whom): string {
  const { t } = l10n;
  switch (whom.type) {
    case 'everyone':
      return t('Everyone');
    case 'organization':
      return t('Organization {0}', whom.organizationId);
    case 'account':
      return t('Account {0}', whom.accountId);
    case 'identity':
      return identityWords(whom.arn, whom.accountId);
    case 'service':
      return throughWords(whom.service);
    case 'federated':
      return t('Identity provider {0}', whom.provider);
    case 'unresolved':
      return t('Unresolved principal {0}', whom.id);
  }
}

/** What is known of a search besides its changes. */
export interface RevocationScene {
  readonly whom: Whom;
  readonly remaining: readonly (Remaining & { readonly resource: Resource })[];
  /** So many policies could not be read, or are no policies. */
  readonly unread: number;
  /** So many lists of resources are not whole. */
  readonly gaps: number;
  /** When the oldest of the audits began that was searched, as words. */
  readonly asOf: string;
  /** Whether they belong to an account that was searched, whose own policies decide as well. */
  readonly isOwn: boolean;
}

/** How taking somebody out of several policies is spoken of. */
export function revokePurpose(scene: RevocationScene): BulkPurpose {
  const { t } = l10n;
  const who = whomWords(scene.whom);
  const left = statementsWords(scene);
  return {
    message: (policies) => t('Take the access of {0} out of {1}?', who, policiesWords(policies)),
    yes: t('Revoke'),
    afterwards: {
      short: remainingLines(scene, mostLines),
      whole: remainingLines(scene, Infinity),
    },
    again: t('Run the command again to go on.'),
    done: (count) =>
      left === undefined
        ? t('{0} was taken out of {1}; each was read again.', who, policiesWords(count))
        : t(
            '{0} was taken out of {1}; each was read again. What still lets them in, or may: {2}.',
            who,
            policiesWords(count),
            left,
          ),
  };
}

/** How many statements let them in all the same; `undefined`: none. */
function statementsWords({ remaining }: RevocationScene): string | undefined {
  const ids = remaining.map(({ resource, statement }) => `${resource.arn} ${statement.identity}`);
  const count = new Set(ids).size;
  if (count === 0) return undefined;
  return count === 1 ? l10n.t('1 statement') : l10n.t('{0} statements', count);
}

/** That there is nothing to take back, and what lets them in all the same. */
export function nothingNamesWords(scene: RevocationScene): string {
  const { t } = l10n;
  const who = whomWords(scene.whom);
  const left = statementsWords(scene);
  const text =
    left === undefined
      ? t('No policy that was read names {0}, or lets them in.', who)
      : t(
          'No policy that was read names {0}. What lets them in all the same, or may: {1}.',
          who,
          left,
        );
  return [text, ...unseenLines(scene)].join(' ');
}

/** What is not known since it was not seen. */
function unseenLines({ unread, gaps }: RevocationScene): readonly string[] {
  const { t } = l10n;
  return [
    ...(unread > 0
      ? [t('{0} could not be read: nothing is known of what they say.', policiesWords(unread))]
      : []),
    ...(gaps === 1
      ? [t('1 list of resources could not be read whole: what is missing is not searched.')]
      : []),
    ...(gaps > 1
      ? [
          t(
            '{0} lists of resources could not be read whole: what is missing is not searched.',
            gaps,
          ),
        ]
      : []),
  ];
}

/** So many leave room for what is to be done. */
const mostLines = 3;

/** What lets them in afterwards, or may, a line each; the certain first. */
export function remainingLines(scene: RevocationScene, most: number): readonly string[] {
  const { t } = l10n;
  const { remaining, whom } = scene;
  const sorted = [...remaining].sort((one, other) => Number(other.certain) - Number(one.certain));
  const lines = sorted
    .slice(0, most)
    .map(
      ({ resource, statement, ...how }) =>
        `  ${qualifiedNameOf(resource)} · ${statementTitle(statement)}: ${wayWords(how)}`,
    );
  const more = remaining.length - lines.length;
  return [
    remaining.length === 0
      ? t('When all of it is done, nothing that was read lets them in.')
      : t('When all of it is done, these still let them in, or may:'),
    ...lines,
    ...(more > 0 ? [t('  … and {0} more', more)] : []),
    t('As read: {0}. What was granted since is not known.', scene.asOf),
    ...unseenLines(scene),
    ...(scene.isOwn
      ? [t('Policies of their own account (IAM) may let them in as well: these are not looked at.')]
      : []),
    ...(whom.type === 'organization'
      ? [t('Which accounts belong to the organization is not known: those named by ID stay.')]
      : []),
  ];
}

function wayWords({ through, certain }: Pick<Remaining, 'through' | 'certain'>): string {
  const words = throughTitle(through);
  return certain ? words : l10n.t('{0}, if its conditions hold', words);
}

function throughTitle(through: Through): string {
  const { t } = l10n;
  switch (through.type) {
    case 'everyone':
      return t('everyone');
    case 'account':
      return t('account {0}, whose own policies decide', through.accountId);
    case 'organization':
      return t('organization {0}', through.organizationId);
    case 'service':
      return t('through {0}', throughWords(through.service));
    case 'except':
      return t('all but those it names');
    case 'other':
      return t('by what it says');
  }
}
