import type { SampleRequest, Service } from './protocol';
import { SampleError } from './protocol';

const signature =
  /^AWS4-HMAC-SHA256 +Credential=([^/\s,]+)\/\d{8}\/[^/\s,]+\/[^/\s,]+\/aws4_request, *SignedHeaders=[^\s,]+, *Signature=[0-9a-f]{64}$/;

/**
 * Lets through only requests that carry the account's own access key ID. The signature is not
 * checked: the random key ID is known to the person's own session alone, and no secret is guarded.
 * The Host header is looked at so that a web page cannot reach the server by a DNS name of its own.
 */
export function checkAccess(service: Service, request: SampleRequest, accessKeyId: string): void {
  if (!isLoopbackHost(request.headers['host'])) {
    throw refusal(service, 'The sample account answers on the loopback address only.');
  }
  const key = signature.exec(request.headers['authorization'] ?? '')?.[1];
  if (key !== accessKeyId) {
    throw refusal(service, 'The security token included in the request is invalid.');
  }
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
}

function refusal(service: Service, message: string): SampleError {
  switch (service) {
    case 'lambda':
      return new SampleError(403, 'UnrecognizedClientException', message);
    case 'sqs':
      return new SampleError(403, 'UnrecognizedClientException', message, 'InvalidClientTokenId');
    case 'sts':
      return new SampleError(403, 'InvalidClientTokenId', message);
  }
}
