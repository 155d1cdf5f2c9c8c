import type { FindingDetail } from '../findings/finding';
import type { Whom } from './whom';

/** Whom a finding is about; `undefined` for one that is about nobody. */
export function whomOf(detail: FindingDetail): Whom | undefined {
  if (detail.rule === 'confused-deputy') return { type: 'service', service: detail.service };
  if (detail.rule === 'unresolved-principal') return { type: 'unresolved', id: detail.id };
  if (detail.rule === 'not-principal-allow') return { type: 'everyone' };
  if (!('who' in detail)) return undefined;
  const { who } = detail;
  switch (who.type) {
    case 'anyone':
    case 'anyAccount':
      return { type: 'everyone' };
    case 'organization':
      return who;
    case 'account': {
      const { accountId, arn } = who;
      return arn === undefined
        ? { type: 'account', accountId }
        : { type: 'identity', accountId, arn };
    }
  }
}
