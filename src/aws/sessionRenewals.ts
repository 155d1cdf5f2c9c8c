import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { FailureError } from '../core/errors';
import { readFailure } from './failures';
import { requestHandler } from './requestHandler';

const operation = 'sso-oidc:CreateToken';
/** The SDK renews a session at most this often, and says in between that it is over. */
const sdkPauseMs = 30_000;

interface Trouble {
  readonly error: unknown;
  readonly at: number;
}

/**
 * Why sessions of single sign-on could not be renewed: when the network fails, or the service, the SDK
 * says no more than that the session is over, and a person would sign in anew for nothing.
 */
export class SessionRenewals {
  private readonly troubles = new Map<string, Trouble>();

  /** Sends as all requests are sent, and notes what becomes of those that renew a session. */
  handler(session: string): NodeHttpHandler {
    const handle: NodeHttpHandler['handle'] = async (request, options) => {
      const isRenewal = request.path.endsWith('/token');
      try {
        const answer = await requestHandler.handle(request, options);
        const { statusCode } = answer.response;
        if (isRenewal) this.note(session, statusCode >= 500 ? faultOf(statusCode) : undefined);
        return answer;
      } catch (error) {
        if (isRenewal) this.note(session, error);
        throw error;
      }
    };
    return Object.create(requestHandler, { handle: { value: handle } }) as NodeHttpHandler;
  }

  /** What to throw in the place of what the SDK has thrown. */
  reasonOf(error: unknown, session: string): unknown {
    const trouble = this.troubles.get(session);
    const isRecent = trouble !== undefined && Date.now() - trouble.at <= sdkPauseMs;
    if (!isRecent || readFailure(error, operation).code !== 'credentialsExpired') return error;
    return new FailureError(readFailure(trouble.error, operation));
  }

  private note(session: string, error: unknown): void {
    if (error === undefined) this.troubles.delete(session);
    else this.troubles.set(session, { error, at: Date.now() });
  }
}

function faultOf(httpStatusCode: number): Error {
  const error = new Error(`HTTP ${httpStatusCode}`);
  return Object.assign(error, { name: 'ServiceFault', $metadata: { httpStatusCode } });
}
