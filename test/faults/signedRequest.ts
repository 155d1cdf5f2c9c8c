import { request as httpRequest } from 'node:http';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body read as JSON; `{}` when it is empty. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The name of the error, from wherever the protocol puts it; `''` for a success. */
  readonly error: string;
  readonly message: string;
}

/** A well-formed Authorization header; the sample account looks at the access key ID only. */
export function authorization(accessKeyId: string, service = 'lambda'): string {
  return (
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260601/eu-west-1/${service}/aws4_request, ` +
    `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  );
}

export async function send(endpoint: string, raw: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { method, path, headers } = raw;
    const outgoing = httpRequest(endpoint, { method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, body));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(raw.body);
  });
}

/** Sends raw requests with the right access key ID. */
export class SignedRequester {
  constructor(
    private readonly account: {
      readonly endpoint: string;
      readonly credentials: { readonly accessKeyId: string };
    },
  ) {}

  lambda(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    return this.send('lambda', {
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : asText(body),
    });
  }

  sqs(operation: string, input: unknown): Promise<RawAnswer> {
    return this.send('sqs', {
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      },
      body: asText(input),
    });
  }

  sts(action: string): Promise<RawAnswer> {
    return this.send('sts', {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `Action=${action}&Version=2011-06-15`,
    });
  }

  send(service: string, raw: RawRequest): Promise<RawAnswer> {
    const { endpoint, credentials } = this.account;
    const signed = { authorization: authorization(credentials.accessKeyId, service) };
    return send(endpoint, { ...raw, headers: { ...signed, ...raw.headers } });
  }
}

function answerOf(
  status: number,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
): RawAnswer {
  const texts = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value?.toString()]),
  );
  const json = body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {};
  const tag = (name: string): string =>
    new RegExp(`<${name}>(.*?)</${name}>`).exec(body)?.[1] ?? '';
  const type = typeof json['__type'] === 'string' ? json['__type'].replace(/^.*#/, '') : undefined;
  const message = typeof json['message'] === 'string' ? json['message'] : tag('Message');
  const query = texts['x-amzn-query-error']?.split(';')[0];
  const error = texts['x-amzn-errortype'] ?? query ?? type ?? tag('Code');
  return { status, headers: texts, body, json, error, message };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
