import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorForm } from './operations';
import { errorFor, operationOf, throttling } from './operations';
import { ServerBucket } from './serverBucket';

export interface RecordedRequest {
  /** `'Lambda.RemovePermission'`, `'SQS.GetQueueAttributes'`, `'STS.GetCallerIdentity'` … */
  readonly operation: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What was answered; absent while it is under way or when the connection was cut. */
  readonly status?: number;
  readonly responseBody?: string;
  readonly at: number;
}

export interface Fault {
  readonly operation: string | RegExp;
  readonly match?: (request: RecordedRequest) => boolean;
  /** Forever when absent. */
  readonly times?: number;
  /** Lets the first n matching requests through. */
  readonly skip?: number;
  readonly answer: FaultAnswer;
}

export type FaultAnswer =
  | {
      readonly type: 'error';
      readonly status: number;
      readonly name: string;
      readonly message: string;
    }
  /** What something else than AWS may say. */
  | { readonly type: 'raw'; readonly status: number; readonly body: string }
  /** 200 with `{}`: what something else than AWS may say. */
  | { readonly type: 'empty' }
  | { readonly type: 'reset' }
  /** Forwarded and applied, then the connection is cut. */
  | { readonly type: 'resetAfter' }
  | { readonly type: 'hang' }
  /** Forwarded and applied, then nothing is heard of it. */
  | { readonly type: 'hangAfter' }
  | { readonly type: 'delay'; readonly ms: number }
  /** Answers the last success recorded for the same request; forwards when there is none. */
  | { readonly type: 'stale' }
  /** Runs first, then the request goes on: a concurrent edit, for example. */
  | { readonly type: 'before'; readonly run: () => void | Promise<void> }
  /**
   * Throttles, as the service does, what comes faster: as many as `burst` at once, then so many a
   * second. All operations of the fault share it.
   */
  | { readonly type: 'quota'; readonly ratePerSecond: number; readonly burst: number };

/**
 * `delay` and `before` go on to the faults after them, and so does `quota` with what it lets through;
 * the others end the request.
 */
export interface FaultProxy {
  readonly endpoint: string;
  readonly requests: readonly RecordedRequest[];
  /** Faults are tried in the order they were added. Answers a function that takes this one away. */
  addFault(fault: Fault): () => void;
  /** Forgets faults and recorded requests. */
  clear(): void;
  /** Resolves when no request is under way; those that hang do not count. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

type Recording = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

interface ActiveFault extends Fault {
  seen: number;
  /** Of a `quota`. */
  readonly bucket?: ServerBucket;
}

interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

type Ending =
  | { readonly type: 'answer'; readonly response: RawResponse }
  | { readonly type: 'cut' }
  | { readonly type: 'hang' };

/** Starts a proxy on a free loopback port that passes everything on to `target`, and records it. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const proxy = new Proxy(new URL(target));
  const server = createServer((incoming, response) => {
    proxy.track(proxy.handle(incoming, response).catch(() => void incoming.socket.destroy()));
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: proxy.requests,
    addFault: (fault) => proxy.addFault(fault),
    clear: () => proxy.clear(),
    settled: () => proxy.settled(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Proxy {
  readonly requests: Recording[] = [];
  private readonly faults = new Set<ActiveFault>();
  private readonly successes = new Map<string, RawResponse>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly target: URL) {}

  addFault(fault: Fault): () => void {
    const { answer } = fault;
    const bucket = answer.type === 'quota' ? new ServerBucket(answer) : undefined;
    const active = { ...fault, seen: 0, bucket };
    this.faults.add(active);
    return () => {
      this.faults.delete(active);
    };
  }

  clear(): void {
    this.faults.clear();
    this.successes.clear();
    this.requests.length = 0;
  }

  track(handled: Promise<void>): void {
    this.underWay.add(handled);
    void handled.then(() => this.underWay.delete(handled));
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const recording = record(incoming, body.toString('utf8'));
    this.requests.push(recording);
    const ending = await this.end(recording, incoming, body);
    switch (ending.type) {
      case 'hang':
        return;
      case 'cut':
        incoming.socket.destroy();
        return;
      case 'answer': {
        recording.status = ending.response.status;
        recording.responseBody = ending.response.body.toString('utf8');
        response.writeHead(ending.response.status, { ...ending.response.headers } as never);
        response.end(ending.response.body);
      }
    }
  }

  private async end(
    recording: Recording,
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<Ending> {
    for (const { answer, bucket } of this.matching(recording)) {
      switch (answer.type) {
        case 'before':
          await answer.run();
          break;
        case 'delay':
          await sleep(answer.ms);
          break;
        case 'quota':
          if (!bucket?.take()) return errorEnding(recording, throttling(recording.operation));
          break;
        case 'error':
          return errorEnding(recording, answer);
        case 'raw': {
          const { status, body: text } = answer;
          const headers = { 'content-type': 'text/html' };
          return { type: 'answer', response: { status, headers, body: Buffer.from(text) } };
        }
        case 'empty': {
          const headers = { 'content-type': 'application/json' };
          return { type: 'answer', response: { status: 200, headers, body: Buffer.from('{}') } };
        }
        case 'stale': {
          const response = this.successes.get(keyOf(recording));
          if (response) return { type: 'answer', response };
          break;
        }
        case 'reset':
          return { type: 'cut' };
        case 'resetAfter':
          await this.forward(recording, incoming, body);
          return { type: 'cut' };
        case 'hangAfter':
          await this.forward(recording, incoming, body);
          return { type: 'hang' };
        case 'hang':
          return { type: 'hang' };
      }
    }
    return { type: 'answer', response: await this.forward(recording, incoming, body) };
  }

  /** The faults that apply now; each counts the request, also when an earlier ends it. */
  private matching(recording: RecordedRequest): readonly ActiveFault[] {
    return [...this.faults].filter((fault) => {
      const fits =
        typeof fault.operation === 'string'
          ? fault.operation === recording.operation
          : fault.operation.test(recording.operation);
      if (!fits || fault.match?.(recording) === false) return false;
      const turn = fault.seen++ - (fault.skip ?? 0);
      return turn >= 0 && turn < (fault.times ?? Infinity);
    });
  }

  private async forward(
    recording: RecordedRequest,
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<RawResponse> {
    const headers = { ...incoming.headers, host: this.target.host };
    const response = await new Promise<RawResponse>((resolve, reject) => {
      const outgoing = httpRequest(
        new URL(this.target),
        { method: recording.method, path: recording.path, headers },
        (answer) => {
          readAll(answer).then(
            (bytes) =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
            reject,
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    if (response.status < 300) this.successes.set(keyOf(recording), response);
    return response;
  }
}

function errorEnding({ operation }: RecordedRequest, form: ErrorForm): Ending {
  const error = errorFor(operation, form);
  return { type: 'answer', response: { ...error, body: Buffer.from(error.body) } };
}

function record(incoming: IncomingMessage, body: string): Recording {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const method = incoming.method ?? 'GET';
  const path = incoming.url ?? '/';
  const operation = operationOf(method, path, headers, body);
  return { operation, method, path, headers, body, at: Date.now() };
}

function keyOf({ operation, method, path, body }: RecordedRequest): string {
  return JSON.stringify([operation, method, path, body]);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
