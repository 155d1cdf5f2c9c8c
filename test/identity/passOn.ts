import { request as httpRequest } from 'node:http';
import type { Keys, Ledger } from './ledger';
import type { Call, Reply } from './wire';
import { readAll, Refusal } from './wire';

/** What answers for Lambda and SQS in an account: a sample account, or a proxy in front of one. */
export interface AccountBehind extends Keys {
  readonly endpoint: string;
}

export type AccountsBehind = Readonly<Record<string, AccountBehind>>;

/**
 * Passes a request on to the account of whoever signed it. The account behind knows its own key
 * only, and does not check the signature; so its key takes the place of the session's.
 * @throws KeyRefusal when the key does not count
 */
export async function passOn(call: Call, ledger: Ledger, accounts: AccountsBehind): Promise<Reply> {
  const { accountId, accessKeyId } = ledger.signer(call);
  const account = accounts[accountId];
  if (!account) {
    const text = `No account ${accountId} stands behind the identity services of this test.`;
    throw new Refusal(403, 'AccessDeniedException', text);
  }
  const headers = { ...call.headers };
  // It belongs to the key that is replaced.
  delete headers['x-amz-security-token'];
  const target = new URL(account.endpoint);
  return send(target, call, {
    ...headers,
    host: target.host,
    authorization: headers['authorization']?.replace(
      `Credential=${accessKeyId}/`,
      `Credential=${account.accessKeyId}/`,
    ),
  });
}

function send(target: URL, { method, url, body }: Call, headers: Call['headers']): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { method, path: url, headers: { ...headers } };
    const outgoing = httpRequest(target, options, (answer) => {
      const { statusCode: status = 0, headers: answered } = answer;
      readAll(answer).then((bytes) => resolve({ status, headers: answered, body: bytes }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
