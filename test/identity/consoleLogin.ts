import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, verify } from 'node:crypto';
import type { Identity, Ledger, Revocation, Session } from './ledger';
import type { Call, Reply } from './wire';
import { isoSeconds, jsonBody, jsonReply, Refusal, textOf } from './wire';

/** What `aws login` leaves in `~/.aws/login/cache`. */
export interface LoginToken {
  readonly accessToken: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
    readonly accountId: string;
    readonly expiresAt: string;
  };
  readonly tokenType: string;
  readonly clientId: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** The private key, EC P-256 in SEC1 PEM, that every refresh has to be signed with. */
  readonly dpopKey: string;
}

interface Grant {
  readonly identity: Identity;
  readonly key: KeyObject;
  readonly state: Revocation | 'good';
  /** What came of it. */
  readonly refreshed?: { readonly session: Session; readonly refreshToken: string };
}

const clientId = 'arn:aws:signin:::devtools/same-device';
const tokenType = 'urn:aws:params:oauth:token-type:access_token_sigv4';
const usualSeconds = 900;

/** The HTTP status goes with the error code: 401 for what has ended, 403 for what is forbidden. */
const refusals: Readonly<Record<Revocation, readonly [status: number, code: string]>> = {
  revoked: [401, 'TOKEN_EXPIRED'],
  expired: [401, 'TOKEN_EXPIRED'],
  passwordChanged: [403, 'USER_CREDENTIALS_CHANGED'],
  notPermitted: [403, 'INSUFFICIENT_PERMISSIONS'],
};

/** The console's sign-in for tools: `aws login`, and CreateOAuth2Token to go on with it. */
export class ConsoleLogin {
  private readonly grants = new Map<string, Grant>();

  constructor(private readonly ledger: Ledger) {}

  reset(): void {
    this.grants.clear();
  }

  login(identity: Identity, seconds = usualSeconds): LoginToken {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const session = this.ledger.issue(identity, seconds);
    return {
      accessToken: {
        ...keysOf(session),
        accountId: session.accountId,
        expiresAt: isoSeconds(session.expiration),
      },
      tokenType,
      clientId,
      refreshToken: this.newRefreshToken({ identity, key: publicKey, state: 'good' }),
      idToken: 'id-token',
      dpopKey: privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    };
  }

  revoke(how: Revocation): void {
    for (const [token, grant] of this.grants) this.grants.set(token, { ...grant, state: how });
  }

  createToken(call: Call): Reply {
    const body = jsonBody(call);
    if (body['grantType'] !== 'refresh_token' || body['clientId'] !== clientId) {
      throw badRequest('The client or the grant is not known');
    }
    const given = textOf(body['refreshToken']);
    const grant = this.grants.get(given);
    if (!grant) throw refusalFor('revoked');
    this.checkProof(call, grant.key);
    if (grant.state !== 'good') throw refusalFor(grant.state);
    const { session, refreshToken } = this.refresh(given, grant);
    const expiresIn = Math.round((session.expiration.getTime() - Date.now()) / 1000);
    return jsonReply(200, { accessToken: keysOf(session), tokenType, expiresIn, refreshToken });
  }

  /**
   * AWS says of a refresh that it is "idempotent within token validity window": whoever asks again
   * with the same token gets the same again, until that has ended.
   */
  private refresh(given: string, grant: Grant): NonNullable<Grant['refreshed']> {
    const { refreshed: earlier, ...fresh } = grant;
    if (earlier && earlier.session.expiration.getTime() <= Date.now()) throw refusalFor('expired');
    if (earlier) return earlier;
    const session = this.ledger.issue(grant.identity, usualSeconds);
    const refreshed = { session, refreshToken: this.newRefreshToken(fresh) };
    this.grants.set(given, { ...grant, refreshed });
    return refreshed;
  }

  private newRefreshToken(grant: Grant): string {
    const token = `login-refresh-token-${this.grants.size + 1}`;
    this.grants.set(token, grant);
    return token;
  }

  /**
   * That the caller holds the key of the login: a JWT for this very request.
   * @see https://datatracker.ietf.org/doc/html/rfc9449#section-4.3
   */
  private checkProof({ method, path, headers }: Call, key: KeyObject): void {
    const [head = '', claims = '', signature = ''] = (headers['dpop'] ?? '').split('.');
    const { alg, typ } = decoded(head);
    const { htm, htu, iat } = decoded(claims);
    const holds =
      alg === 'ES256' &&
      typ === 'dpop+jwt' &&
      htm === method &&
      htu === `http://${headers['host'] ?? ''}${path}` &&
      Math.abs(Date.now() / 1000 - Number(iat)) < 300 &&
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      );
    if (!holds) throw badRequest('The DPoP proof is missing or does not hold');
  }
}

function refusalFor(reason: Revocation): Refusal {
  const [status, code] = refusals[reason];
  return new Refusal(status, 'AccessDeniedException', 'The refresh token is refused', code);
}

function badRequest(message: string): Refusal {
  return new Refusal(400, 'ValidationException', message, 'INVALID_REQUEST');
}

function keysOf({ accessKeyId, secretAccessKey, sessionToken }: Session) {
  return { accessKeyId, secretAccessKey, sessionToken };
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
