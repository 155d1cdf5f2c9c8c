import { operationOf } from '../faults/operations';
import { signatureOf } from './ledger';
import { containerPath, metadataRolePath, metadataTokenPath } from './metadata';
import type { Call, IdentityService } from './wire';
import { jsonBody } from './wire';

/** A request to one of the services, as it is told to a test. */
export interface IdentityRequest {
  readonly service: IdentityService;
  /** With the service: `'STS.AssumeRole'`, `'SSO.GetRoleCredentials'`, `'Lambda.GetPolicy'` … */
  readonly operation: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The access key that signed it, whether or not it counts. */
  readonly accessKeyId?: string;
  /** That it was signed for. */
  readonly region?: string;
  /** Of the query and the body; what is secret reads `…`. */
  readonly params: Readonly<Record<string, string>>;
  /** When it came, as `Date.now()` has it. */
  readonly at: number;
  /** What was answered; absent while it is under way or when the connection was cut. */
  readonly status?: number;
}

/** Which service and operation a request is for, by its wire form alone: they share one address. */
export function nameRequest(call: Call): { service: IdentityService; operation: string } {
  const { method, path, url, headers, body } = call;
  const service = serviceOf(call);
  const name = (operation: string) => ({ service, operation: `${service}.${operation}` });
  switch (service) {
    case 'SSO':
      return name('GetRoleCredentials');
    case 'SSOOIDC':
      return name('CreateToken');
    case 'Signin':
      return name('CreateOAuth2Token');
    case 'ContainerCredentials':
      return name('GetCredentials');
    case 'InstanceMetadata':
      if (path === metadataTokenPath) return name('GetToken');
      return name(path === metadataRolePath ? 'GetRole' : 'GetCredentials');
    case 'STS':
    case 'SQS':
    case 'Lambda': {
      const known = Object.entries(headers).map(([key, value]) => [key, value ?? ''] as const);
      const operation = operationOf(method, url, Object.fromEntries(known), body);
      return { service, operation };
    }
  }
}

function serviceOf({ method, path, headers }: Call): IdentityService {
  if (headers['x-amz-target'] !== undefined) return 'SQS';
  if (path === '/federation/credentials') return 'SSO';
  if (path === containerPath) return 'ContainerCredentials';
  if (path === metadataTokenPath || path.startsWith(metadataRolePath)) return 'InstanceMetadata';
  if (method === 'POST' && path === '/token') return 'SSOOIDC';
  if (method === 'POST' && path === '/v1/token') return 'Signin';
  return method === 'POST' && path === '/' ? 'STS' : 'Lambda';
}

export function recordRequest(call: Call): IdentityRequest {
  return {
    ...nameRequest(call),
    method: call.method,
    path: call.url,
    ...signatureOf(call),
    params: paramsOf(call),
    at: Date.now(),
  };
}

const secrets = new Set([
  'WebIdentityToken',
  'clientSecret',
  'code',
  'codeVerifier',
  'deviceCode',
  'refreshToken',
]);

function paramsOf(call: Call): Readonly<Record<string, string>> {
  const isForm = call.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const body = isForm ? [...new URLSearchParams(call.body)] : Object.entries(jsonBody(call));
  const shown = [...call.query, ...body].map(([name, value]) => [
    name,
    secrets.has(name) ? '…' : typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(shown) as Record<string, string>;
}
