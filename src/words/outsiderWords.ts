import { l10n } from 'vscode';
import type { Outsider } from '../core/findings/finding';
import { parseArn } from '../core/arn';
import { serviceName } from './serviceNames';

/** Who gets in, as the subject of a sentence. */
export function outsiderWords(who: Outsider): string {
  const { t } = l10n;
  switch (who.type) {
    case 'anyone':
      return t('Everyone');
    case 'anyAccount':
      return t('Every AWS account');
    case 'organization':
      return t('Organization {0}', who.organizationId);
    case 'account': {
      const { accountId, arn, through } = who;
      if (through !== undefined) {
        return t('Account {0} through {1}', accountId, throughWords(through));
      }
      return arn === undefined ? t('Account {0}', accountId) : identityWords(arn, accountId);
    }
  }
}

/** A service that acts for somebody. */
export function throughWords(service: string): string {
  return service === 'service.amazonaws.com' ? l10n.t('a service') : serviceName(service);
}

/** A user or role, by the ARN that names it. */
export function identityWords(arn: string, accountId: string): string {
  const [type = '', ...path] = (parseArn(arn)?.resource ?? '').split('/');
  const name = path.at(-1) ?? arn;
  switch (type) {
    case 'role':
      return l10n.t('Role {0} of {1}', name, accountId);
    case 'user':
      return l10n.t('User {0} of {1}', name, accountId);
    default:
      return l10n.t('{0} of {1}', path.join('/') || arn, accountId);
  }
}
