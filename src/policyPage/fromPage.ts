import { isRecord } from '../core/resource';
import type { FromPage } from './protocol';

/** Whether a message is one of the page's: anything may be posted by a page. */
export function isFromPage(message: unknown): message is FromPage {
  if (!isRecord(message)) return false;
  switch (message.type) {
    case 'ready':
    case 'refresh':
    case 'copyPolicy':
    case 'addPermission':
    case 'editPolicy':
      return true;
    case 'copyStatement':
      return typeof message.identity === 'string';
    case 'fixFinding':
    case 'acceptFinding':
      return typeof message.key === 'string';
    case 'removeStatements':
      return (
        Array.isArray(message.identities) &&
        message.identities.length > 0 &&
        message.identities.every((identity) => typeof identity === 'string')
      );
    default:
      return false;
  }
}
