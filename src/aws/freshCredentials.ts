import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import { failureOf } from '../core/errors';
import type { CredentialSupply } from './credentials';
import type { FoundCredentials } from './credentialSources';
import { readFailure } from './failures';

/**
 * Has the SDK ask for credentials at every call: they are kept where all connections of a profile find
 * them. Left to itself each client would keep its own, for as long as these say that they last.
 */
export function asked(
  get: () => Promise<FoundCredentials>,
): (() => Promise<FoundCredentials>) & { memoized: boolean } {
  // The SDK's own mark of a provider that it need not wrap.
  return Object.assign(() => get(), { memoized: true });
}

interface Signed {
  readonly __smithy_context?: {
    readonly selectedHttpAuthScheme?: { readonly identity?: { readonly accessKeyId?: string } };
  };
}

const signers = new WeakMap<object, string | undefined>();

/** The access key that the request was signed with which this is the answer to. */
export function signerOf(output: object): string | undefined {
  return signers.get(output);
}

/**
 * A session can end before its time: revoked, or the machine's clock is behind. AWS does nothing then,
 * so the call, be it a write, is made once more with new credentials, if there are others.
 */
export function renewEnded(
  client: LambdaClient | SQSClient | STSClient,
  supply: CredentialSupply,
): void {
  // One type for the three stacks, which differ only in the inputs they take.
  const stack = client.middlewareStack as unknown as LambdaClient['middlewareStack'];
  stack.add(
    (next, context) => async (args) => {
      const usedKey = () =>
        (context as Signed).__smithy_context?.selectedHttpAuthScheme?.identity?.accessKeyId;
      const send = async () => {
        const result = await next(args);
        signers.set(result.output, usedKey());
        return result;
      };
      try {
        return await send();
      } catch (error) {
        const used = usedKey();
        // What was thrown while credentials were looked up is not about those that were used.
        const isEnded = !failureOf(error) && readFailure(error, '').code === 'credentialsExpired';
        if (!isEnded || used === undefined) throw error;
        supply.ended(used);
        const { accessKeyId } = await supply.get();
        if (accessKeyId === used) throw error;
        return send();
      }
    },
    { step: 'initialize', name: 'renewEnded', priority: 'low' },
  );
}
