import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * More than an audit asks one host for at once where no quota holds it back, so that the wishes of people
 * need not wait for it, in a line that knows nothing of urgency, and time out.
 */
const maxSockets = 120;

/** Times out, unlike the SDK's own: a server that never answers is a failure like any other. */
export function newRequestHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 5_000,
    httpAgent: { maxSockets },
    httpsAgent: { maxSockets },
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  });
}

/** For what is not asked over one connection alone: roles and sign-ins. */
export const requestHandler = newRequestHandler();
