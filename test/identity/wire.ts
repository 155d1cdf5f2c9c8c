import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request that has been read whole. */
export interface Call {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** Still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string | Buffer;
}

export type IdentityService =
  | 'STS'
  | 'SSO'
  | 'SSOOIDC'
  | 'Signin'
  | 'InstanceMetadata'
  | 'ContainerCredentials'
  | 'Lambda'
  | 'SQS';

/** What a service refuses; each puts it into the form of its own protocol. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    override readonly name: string,
    message: string,
    /** The second name that some protocols send: OAuth's `error`, the older name at SQS. */
    readonly code: string = name,
  ) {
    super(message);
  }
}

export type KeyProblem = 'missing' | 'unknown' | 'expired';

/** Whichever service a request is for: the key that signed it does not count. */
export class KeyRefusal extends Error {
  constructor(readonly problem: KeyProblem) {
    super(`The access key is ${problem}.`);
  }
}

const keyMessages: Readonly<Record<KeyProblem, string>> = {
  missing: 'Request is missing Authentication Token',
  unknown: 'The security token included in the request is invalid.',
  expired: 'The security token included in the request is expired',
};

/** STS and the older SQS names on the left, those of the JSON protocols on the right. */
const keyNames: Readonly<Record<KeyProblem, readonly [query: string, json: string]>> = {
  missing: ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  unknown: ['InvalidClientTokenId', 'UnrecognizedClientException'],
  expired: ['ExpiredToken', 'ExpiredTokenException'],
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function refusalOfKey(service: IdentityService, { problem }: KeyRefusal): Refusal {
  const [query, json] = keyNames[problem];
  return new Refusal(403, service === 'STS' ? query : json, keyMessages[problem], query);
}

export function refusalReply(service: IdentityService, refusal: Refusal): Reply {
  const { status, name, message, code } = refusal;
  const fault = status < 500 ? 'Sender' : 'Receiver';
  switch (service) {
    case 'STS':
      return xmlReply(
        status,
        `<ErrorResponse xmlns="${stsNamespace}"><Error><Type>${fault}</Type>` +
          `<Code>${xml(name)}</Code><Message>${xml(message)}</Message></Error>` +
          `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      );
    case 'SSO': {
      const type = `com.amazonaws.switchboard.portal#${name}`;
      return jsonReply(status, { message, __type: type }, { 'x-amzn-errortype': name });
    }
    case 'SSOOIDC': {
      const type = `${name}:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/`;
      const value = { error: code, error_description: message };
      return jsonReply(status, value, { 'x-amzn-errortype': type });
    }
    case 'Signin':
      return jsonReply(status, { error: code, message }, { 'x-amzn-errortype': name });
    case 'InstanceMetadata':
      return textReply(status, message);
    case 'ContainerCredentials':
      return jsonReply(status, { Code: name, Message: message });
    case 'Lambda': {
      const value = { Type: status < 500 ? 'User' : 'Service', message, Message: message };
      return jsonReply(status, value, { 'x-amzn-errortype': name });
    }
    case 'SQS': {
      const value = { __type: `com.amazon.coral.service#${name}`, message };
      return jsonReply(status, value, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-query-error': `${code};${fault}`,
      });
    }
  }
}

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      ...headers,
    },
    body: JSON.stringify(value),
  };
}

export function textReply(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}

export function xmlReply(status: number, body: string): Reply {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() },
    body,
  };
}

export const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function xml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** To the second, as these services give times: up to a second before what it stands for. */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

export async function readCall(incoming: IncomingMessage): Promise<Call> {
  const url = incoming.url ?? '/';
  const [path = '/', ...query] = url.split('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return {
    method: incoming.method ?? 'GET',
    url,
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers) as Call['headers'],
    body: (await readAll(incoming)).toString('utf8'),
  };
}

export async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The body as JSON; what is none counts as an empty object. */
export function jsonBody({ body }: Call): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A text of the body, `''` when it is absent or something else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
