import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Times out, unlike the SDK's own: a server that never answers is a failure like any other. */
export function newRequestHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  });
}

/** For what is not asked over one connection alone: roles and sign-ins. */
export const requestHandler = newRequestHandler();
