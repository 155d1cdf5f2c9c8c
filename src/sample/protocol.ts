import { randomUUID } from 'node:crypto';

export type Service = 'lambda' | 'sqs' | 'sts';

/** A request that has been read whole. `path` is still encoded, so that `/` inside a name survives. */
export interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error as AWS names it; `queryCode` is the older name that SQS sends beside the new one. */
export class SampleError extends Error {
  constructor(
    readonly status: number,
    override readonly name: string,
    message: string,
    readonly queryCode: string = name,
  ) {
    super(message);
  }
}

/** Which of the three services a request is for: they share one address here. */
export function serviceOf({ path, headers }: Pick<SampleRequest, 'path' | 'headers'>): Service {
  if (headers['x-amz-target'] !== undefined) return 'sqs';
  return /^\/\d{4}-\d{2}-\d{2}\//.test(path) ? 'lambda' : 'sts';
}

export function lambdaAnswer(status: number, value?: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
    body: value === undefined ? '' : JSON.stringify(value),
  };
}

export function sqsAnswer(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: value === undefined ? '' : JSON.stringify(value),
  };
}

export function stsAnswer(status: number, body: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() },
    body,
  };
}

/** The form that each protocol gives an error. */
export function errorAnswer(service: Service, error: SampleError): Answer {
  const { status, name, message, queryCode } = error;
  const fault = status < 500 ? 'Sender' : 'Receiver';
  switch (service) {
    case 'lambda': {
      const answer = lambdaAnswer(status, {
        Type: status < 500 ? 'User' : 'Service',
        message,
        Message: message,
      });
      return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } };
    }
    case 'sqs': {
      const origin = knownToSqs.has(name) ? 'com.amazonaws.sqs' : 'com.amazon.coral.service';
      const answer = sqsAnswer({ __type: `${origin}#${name}`, message });
      const headers = { ...answer.headers, 'x-amzn-query-error': `${queryCode};${fault}` };
      return { ...answer, status, headers };
    }
    case 'sts':
      return stsAnswer(
        status,
        `<ErrorResponse xmlns="${stsNamespace}"><Error><Type>${fault}</Type>` +
          `<Code>${xml(name)}</Code><Message>${xml(message)}</Message></Error>` +
          `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      );
  }
}

export const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function xml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

// Errors of the SQS model itself; all others come from the framework around it.
const knownToSqs = new Set([
  'InvalidAddress',
  'InvalidAttributeName',
  'InvalidAttributeValue',
  'InvalidSecurity',
  'OverLimit',
  'QueueDoesNotExist',
  'RequestThrottled',
  'UnsupportedOperation',
]);
