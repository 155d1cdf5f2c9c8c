import { l10n } from 'vscode';
import type { ConfigPlace } from '../core/errors';
import type { ChainProblem } from '../core/profileChain';

/** Why the config files do not lead to credentials: a clause that fits after a colon. */
export function configWords(problem: ChainProblem): string {
  const { t } = l10n;
  switch (problem.code) {
    case 'profileUnknown':
      return problem.neededBy === undefined
        ? t('there is no profile "{0}"', problem.profile)
        : t(
            'there is no profile "{0}", which "{1}" names as its source',
            problem.profile,
            problem.neededBy,
          );
    case 'loop':
      return t('the profiles take on roles in a circle: {0}', problem.profiles.join(' → '));
    case 'incomplete':
      return problem.session === undefined
        ? t('the profile "{0}" lacks {1}', problem.profile, problem.missing.join(', '))
        : t(
            'the sso-session "{0}" of the profile "{1}" lacks {2}',
            problem.session,
            problem.profile,
            problem.missing.join(', '),
          );
    case 'noCredentials':
      return t('the profile "{0}" does not say where its credentials come from', problem.profile);
    case 'conflict':
      return t(
        'the profile "{0}" has keys that exclude each other: {1}',
        problem.profile,
        problem.keys.join(', '),
      );
    case 'invalidValue':
      return t(
        'the profile "{0}" has a value of {1} that is none: {2}',
        problem.profile,
        problem.key,
        problem.value,
      );
    case 'sessionUnknown':
      return t(
        'the profile "{0}" names the sso-session "{1}", which is not there',
        problem.profile,
        problem.session,
      );
  }
}

/** A line of a config file that cannot be understood, as a clause. */
export function placeWords({ path, line, code, text }: ConfigPlace): string {
  const { t } = l10n;
  switch (code) {
    case 'sectionNotClosed':
      return t('{0}, line {1}: the section "{2}" has no closing bracket', path, line, text);
    case 'textBeforeSection':
      return t('{0}, line {1}: a setting stands before the first section', path, line);
    case 'noEqualsSign':
      return t('{0}, line {1}: neither a section nor a setting', path, line);
    case 'emptyName':
      return t('{0}, line {1}: a name is missing', path, line);
    case 'notAProfile':
      return t('{0}, line {1}: "[{2}]" must be "[profile {2}]"', path, line, text);
    case 'unknownSection':
      return t('{0}, line {1}: sections like "[{2}]" are not known', path, line, text);
    case 'misplacedSection':
      return t('{0}, line {1}: "[{2}]" belongs into the config file', path, line, text);
    case 'defaultTwice':
      return t('{0}, line {1}: "[default]" is passed over for "[profile default]"', path, line);
    case 'settingInValue':
      return t(
        '{0}, line {1}: "{2}" is indented, and so belongs to the line above',
        path,
        line,
        text,
      );
  }
}
