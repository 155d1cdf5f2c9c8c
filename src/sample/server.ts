import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './account';
import { checkAccess } from './gate';
import { answerLambda } from './lambda';
import type { Answer, SampleRequest } from './protocol';
import { errorAnswer, SampleError, serviceOf } from './protocol';
import { answerSqs } from './sqs';
import { answerSts } from './sts';

export interface ServedAccount {
  readonly accessKeyId: string;
  account(): Account;
}

// Far above the largest policy; only keeps garbage from filling the memory.
const largestBody = 1024 * 1024;

/** Serves on the loopback address only. */
export async function listen(served: ServedAccount, port: number): Promise<Server> {
  const server = createServer((incoming, response) => {
    void handle(served, incoming, response);
  });
  // A client keeps connections for reuse; closing them under it would look like a network fault.
  server.keepAliveTimeout = 120_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

export function endpointOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(
  served: ServedAccount,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, answer(served, await readRequest(incoming)));
  } catch (error) {
    // Only a broken connection or an oversized body gets here; there may be nobody to tell.
    const status = error instanceof SampleError ? error.status : 400;
    response.on('error', () => undefined);
    send(response, { status, headers: { connection: 'close' }, body: '' });
  }
}

function answer(served: ServedAccount, request: SampleRequest): Answer {
  const service = serviceOf(request);
  try {
    checkAccess(service, request, served.accessKeyId);
    const account = served.account();
    switch (service) {
      case 'lambda':
        return answerLambda(account, request);
      case 'sqs':
        return answerSqs(account, request);
      case 'sts':
        return answerSts(account, request);
    }
  } catch (error) {
    return errorAnswer(service, error instanceof SampleError ? error : internalError(error));
  }
}

function internalError(error: unknown): SampleError {
  return new SampleError(500, 'ServiceException', `The sample account failed: ${String(error)}`);
}

async function readRequest(incoming: IncomingMessage): Promise<SampleRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new SampleError(413, 'RequestTooLargeException', 'Too large.');
    chunks.push(chunk);
  }
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers) as SampleRequest['headers'],
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body, 'utf8');
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(bytes);
}
