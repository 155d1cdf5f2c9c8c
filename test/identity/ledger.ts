import type { Call } from './wire';
import { KeyRefusal } from './wire';

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Somebody with an access key that does not end. */
export interface User extends Identity, Keys {}

export interface Session extends User {
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Why tokens for new sessions count no more. */
export type Revocation = 'revoked' | 'expired' | 'passwordChanged' | 'notPermitted';

/** Which access keys there are, whose they are and until when. */
export class Ledger {
  /** Instead of what is asked for, or of what is usual. */
  sessionSeconds: number | undefined;
  private readonly issued: Session[] = [];

  constructor(private readonly users: readonly User[]) {}

  get sessions(): readonly Session[] {
    return this.issued;
  }

  /** The keys are numbered, `ASIA0000000000000001` first, to be told apart in an assertion. */
  issue({ accountId, arn }: Identity, seconds: number): Session {
    const accessKeyId = `ASIA${String(this.issued.length + 1).padStart(16, '0')}`;
    const session = {
      accountId,
      arn,
      accessKeyId,
      secretAccessKey: `secret-of-${accessKeyId}`,
      sessionToken: `session-token-of-${accessKeyId}`,
      expiration: new Date(Date.now() + (this.sessionSeconds ?? seconds) * 1000),
    };
    this.issued.push(session);
    return session;
  }

  expireNow(accessKeyId: string): void {
    const index = this.issued.findIndex((session) => session.accessKeyId === accessKeyId);
    const session = this.issued[index];
    if (!session) throw new Error(`No session has the access key ${accessKeyId}.`);
    this.issued[index] = { ...session, expiration: new Date() };
  }

  /**
   * Whose access key signed the request; the signature itself is not looked at.
   * @throws KeyRefusal
   */
  signer(call: Call): User | Session {
    const { accessKeyId } = signatureOf(call);
    if (accessKeyId === undefined) throw new KeyRefusal('missing');
    const token = call.headers['x-amz-security-token'];
    const user = this.users.find((each) => each.accessKeyId === accessKeyId);
    if (user && token === undefined) return user;
    const session = this.issued.find((each) => each.accessKeyId === accessKeyId);
    if (session?.sessionToken !== token || !session) throw new KeyRefusal('unknown');
    if (session.expiration.getTime() <= Date.now()) throw new KeyRefusal('expired');
    return session;
  }

  reset(): void {
    this.sessionSeconds = undefined;
    this.issued.length = 0;
  }
}

/** What a request says of the key that signed it, and of the region it was signed for. */
export function signatureOf({ headers }: Call): { accessKeyId?: string; region?: string } {
  const form = /^AWS4-HMAC-SHA256 +Credential=([^/\s,]+)\/\d{8}\/([^/\s,]+)\//;
  const [, accessKeyId, region] = form.exec(headers['authorization'] ?? '') ?? [];
  return { accessKeyId, region };
}

/** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`; the path of a role is no part of it. */
export function assumedRole(accountId: string, roleName: string, sessionName: string): Identity {
  return { accountId, arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}` };
}

/** What STS calls the user ID: of a user `AIDA…`, of a session `AROA…:NAME`. */
export function userIdOf({ arn }: Identity): string {
  const [, role, sessionName] = arn.split('/');
  const unique = (prefix: string, name = '') =>
    prefix + name.replace(/\W/g, '').toUpperCase().padEnd(17, '0').slice(0, 17);
  return arn.includes(':assumed-role/')
    ? `${unique('AROA', role)}:${sessionName ?? ''}`
    : unique('AIDA', role);
}
