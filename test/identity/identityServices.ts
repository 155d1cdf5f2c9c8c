import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoginToken } from './consoleLogin';
import { ConsoleLogin } from './consoleLogin';
import type { Held, IdentityFault } from './identityFaults';
import { IdentityFaults } from './identityFaults';
import type { Identity, Revocation, Session, User } from './ledger';
import { Ledger } from './ledger';
import type { MachineRole } from './metadata';
import { containerPath, containerToken, Metadata } from './metadata';
import type { AccountsBehind } from './passOn';
import { passOn } from './passOn';
import type { IdentityRequest } from './requests';
import { recordRequest } from './requests';
import type { SsoToken, SsoUser } from './singleSignOn';
import { SingleSignOn } from './singleSignOn';
import type { MfaDevices, Role } from './sts';
import { Sts } from './sts';
import type { Call, Reply } from './wire';
import { KeyRefusal, readCall, Refusal, refusalOfKey, refusalReply } from './wire';

export interface IdentityServicesOptions {
  /** By account ID. The key of each is known as one of a user of the account, too. */
  readonly accounts?: AccountsBehind;
  readonly users?: readonly User[];
  readonly roles?: readonly Role[];
  readonly mfaDevices?: MfaDevices;
  readonly sso?: SsoUser;
  /** Without one, there is no role on the instance, or no container. */
  readonly instance?: MachineRole;
  readonly container?: MachineRole;
}

export type Environment = Readonly<Record<string, string>>;

/** A local stand-in for the services that AWS credentials come from, over real HTTP. */
export interface IdentityServices {
  readonly endpoint: string;
  /** The variables that lead the SDK here, all services. */
  readonly environment: Environment;
  /** Besides, on an EC2 instance. */
  readonly instanceEnvironment: Environment;
  /** Besides, in a container. */
  readonly containerEnvironment: Environment;
  readonly requests: readonly IdentityRequest[];
  /** All that were handed out, in the order of their keys. */
  readonly sessions: readonly Session[];

  /** A session that nobody asked for: for a credential process, or keys pasted into a file. */
  startSession(identity: Identity, seconds?: number): Session;
  ssoSignIn(seconds?: number): SsoToken;
  login(identity: Identity, seconds?: number): LoginToken;
  webIdentityToken(subject: string, seconds?: number): string;

  /** How long the sessions (whatever is asked for) and SSO tokens last that are handed out next. */
  setLifetimes(seconds: { readonly session?: number; readonly ssoToken?: number }): void;
  expireNow(accessKeyId: string): void;
  /**
   * No SSO or login token counts any more; sessions go on, as with AWS. A refresh is refused with
   * the error for the reason, `revoked` when none is given.
   */
  revokeTokens(reason?: Revocation): void;

  /** Faults are tried in the order they were added. Answers a function that takes this one away. */
  addFault(fault: IdentityFault): () => void;
  hold(operation: string | RegExp): Held;
  /** Forgets requests, faults, sessions, tokens, lifetimes, used codes; keys count from 1 again. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts them on a free port of the loopback address. */
export async function startIdentityServices(
  options: IdentityServicesOptions,
): Promise<IdentityServices> {
  const services = new Services(options);
  const server = createServer((incoming, response) => {
    services.handle(incoming, response).catch(() => void incoming.socket.destroy());
  });
  // A client keeps connections for reuse; closing them under it would look like a network fault.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    ...environmentsOf(endpoint),
    ...controlsOf(services),
    requests: services.requests,
    get sessions() {
      return services.ledger.sessions;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function controlsOf(services: Services) {
  const { ledger, sts, sso, consoleLogin, faults } = services;
  return {
    startSession: (identity, seconds = 3600) => ledger.issue(identity, seconds),
    ssoSignIn: (seconds = sso.tokenSeconds) => sso.signIn(seconds),
    login: (identity, seconds) => consoleLogin.login(identity, seconds),
    webIdentityToken: (subject, seconds = 3600) => sts.webIdentityToken(subject, seconds),
    setLifetimes: ({ session, ssoToken }) => {
      ledger.sessionSeconds = session ?? ledger.sessionSeconds;
      sso.tokenSeconds = ssoToken ?? sso.tokenSeconds;
    },
    expireNow: (accessKeyId) => ledger.expireNow(accessKeyId),
    revokeTokens: (reason = 'revoked') => services.revokeTokens(reason),
    addFault: (fault) => faults.add(fault),
    hold: (operation) => faults.hold(operation),
    reset: () => services.reset(),
  } satisfies Partial<IdentityServices>;
}

function environmentsOf(endpoint: string) {
  const names = ['STS', 'SSO', 'SSO_OIDC', 'SIGNIN', 'LAMBDA', 'SQS'];
  const endpoints = names.map((name) => [`AWS_ENDPOINT_URL_${name}`, endpoint] as const);
  return {
    environment: Object.fromEntries(endpoints),
    instanceEnvironment: {
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
    },
    containerEnvironment: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}${containerPath}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
    },
  };
}

class Services {
  readonly requests: { -readonly [K in keyof IdentityRequest]: IdentityRequest[K] }[] = [];
  readonly faults = new IdentityFaults();
  readonly ledger: Ledger;
  readonly sts: Sts;
  readonly sso: SingleSignOn;
  readonly consoleLogin: ConsoleLogin;
  private readonly metadata: Metadata;
  private readonly accounts: AccountsBehind;

  constructor({
    accounts = {},
    users = [],
    roles = [],
    mfaDevices = {},
    sso = { userName: 'nobody', roles: [] },
    instance,
    container,
  }: IdentityServicesOptions) {
    const owners = Object.entries(accounts).map(([accountId, keys]) => ({
      ...keys,
      accountId,
      arn: `arn:aws:iam::${accountId}:user/owner`,
    }));
    this.accounts = accounts;
    this.ledger = new Ledger([...users, ...owners]);
    this.sts = new Sts(this.ledger, roles, mfaDevices);
    this.sso = new SingleSignOn(this.ledger, sso);
    this.consoleLogin = new ConsoleLogin(this.ledger);
    this.metadata = new Metadata(this.ledger, instance, container);
  }

  revokeTokens(reason: Revocation): void {
    this.sso.revoke(reason);
    this.consoleLogin.revoke(reason);
  }

  reset(): void {
    this.requests.length = 0;
    this.faults.clear();
    for (const part of [this.ledger, this.sts, this.sso, this.consoleLogin, this.metadata]) {
      part.reset();
    }
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(incoming);
    const request = recordRequest(call);
    const recorded = { ...request };
    this.requests.push(recorded);
    const reply = await this.reply(call, request);
    if (reply === 'hang') return;
    if (reply === 'reset') {
      incoming.socket.destroy();
      return;
    }
    recorded.status = reply.status;
    // By the clock that the sessions end by: a test may have put it forward.
    const date = new Date().toUTCString();
    response.writeHead(reply.status, { ...reply.headers, date } as never);
    response.end(reply.body);
  }

  private async reply(call: Call, request: IdentityRequest): Promise<Reply | 'hang' | 'reset'> {
    const { service } = request;
    try {
      const met = await this.faults.meet(request);
      return met === 'goesOn' ? await this.answer(call, request) : met;
    } catch (error) {
      if (error instanceof KeyRefusal) return refusalReply(service, refusalOfKey(service, error));
      if (error instanceof Refusal) return refusalReply(service, error);
      throw error;
    }
  }

  private answer(call: Call, { service, operation }: IdentityRequest): Reply | Promise<Reply> {
    switch (service) {
      case 'STS':
        return this.sts.answer(call);
      case 'SSO':
        return this.sso.roleCredentials(call);
      case 'SSOOIDC':
        return this.sso.createToken(call);
      case 'Signin':
        return this.consoleLogin.createToken(call);
      case 'InstanceMetadata':
        if (operation.endsWith('.GetToken')) return this.metadata.metadataToken(call);
        if (operation.endsWith('.GetRole')) return this.metadata.metadataRole(call);
        return this.metadata.metadataCredentials(call);
      case 'ContainerCredentials':
        return this.metadata.containerCredentials(call);
      case 'Lambda':
      case 'SQS':
        return passOn(call, this.ledger, this.accounts);
    }
  }
}
