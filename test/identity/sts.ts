import { randomUUID } from 'node:crypto';
import type { Ledger, Session, User } from './ledger';
import { assumedRole, userIdOf } from './ledger';
import type { Call, Reply } from './wire';
import { isoSeconds, Refusal, stsNamespace, xml, xmlReply } from './wire';

export interface Role {
  /** `arn:aws:iam::ACCOUNT:role/NAME`, a path before the name allowed. */
  readonly arn: string;
  /** ARNs of users and roles, account IDs, subjects of web identities; everybody when absent. */
  readonly trusts?: readonly string[];
  readonly externalId?: string;
  /** Whether only callers with an MFA code may have it. */
  readonly mfa?: boolean;
  /** 3600 when absent. */
  readonly maxSessionSeconds?: number;
}

/** Every code that a device will show, by serial number. */
export type MfaDevices = Readonly<Record<string, readonly string[]>>;

interface WebIdentity {
  readonly subject: string;
  readonly expiresAt: number;
}

const usualSeconds = 3600;

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export class Sts {
  private readonly usedCodes = new Set<string>();
  private readonly webIdentities = new Map<string, WebIdentity>();

  constructor(
    private readonly ledger: Ledger,
    private readonly roles: readonly Role[],
    private readonly mfaDevices: MfaDevices,
  ) {}

  reset(): void {
    this.usedCodes.clear();
    this.webIdentities.clear();
  }

  /** A token of a web identity, for a token file. */
  webIdentityToken(subject: string, seconds: number): string {
    const token = `web-identity-token-${this.webIdentities.size + 1}`;
    this.webIdentities.set(token, { subject, expiresAt: Date.now() + seconds * 1000 });
    return token;
  }

  answer(call: Call): Reply {
    const form = new URLSearchParams(call.body);
    const action = form.get('Action') ?? '';
    switch (action) {
      case 'GetCallerIdentity':
        return resultReply(action, identityXml(this.ledger.signer(call)));
      case 'AssumeRole':
        return resultReply(action, this.assumeRole(this.ledger.signer(call), form));
      case 'AssumeRoleWithWebIdentity':
        return resultReply(action, this.assumeRoleWithWebIdentity(form));
      default: {
        const version = form.get('Version') ?? '';
        const text = `Could not find operation ${action} for version ${version}`;
        throw new Refusal(400, 'InvalidAction', text);
      }
    }
  }

  private assumeRole(caller: User | Session, form: URLSearchParams): string {
    const { roleArn, sessionName } = requiredOf(form);
    const withMfa = this.checkMfa(form);
    const role = this.roles.find(({ arn }) => arn === roleArn);
    const allowed =
      role &&
      trusts(role, [caller.accountId, caller.arn, roleArnOf(caller.arn)]) &&
      (role.externalId === undefined || form.get('ExternalId') === role.externalId) &&
      (withMfa || role.mfa !== true);
    if (!allowed) {
      throw new Refusal(
        403,
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      );
    }
    const chained = 'sessionToken' in caller;
    return roleXml(this.startSession(role, sessionName, durationOf(form, role, chained)));
  }

  /** Whether a code was given that is right. AWS looks at it before anything else. */
  private checkMfa(form: URLSearchParams): boolean {
    const serialNumber = form.get('SerialNumber');
    const code = form.get('TokenCode');
    if (serialNumber === null && code === null) return false;
    if (serialNumber === null || code === null) {
      throw mfaRefusal(', must provide both MFA serial number and one time pass code.');
    }
    const codes = this.mfaDevices[serialNumber];
    if (!codes) {
      throw mfaRefusal(
        ', unable to validate MFA code.  Please verify your MFA serial number is valid and ' +
          'associated with this user.',
      );
    }
    const used = `${serialNumber} ${code}`;
    if (!codes.includes(code) || this.usedCodes.has(used)) {
      throw mfaRefusal(' with invalid MFA one time pass code. ');
    }
    this.usedCodes.add(used);
    return true;
  }

  private assumeRoleWithWebIdentity(form: URLSearchParams): string {
    const { roleArn, sessionName } = requiredOf(form);
    const identity = this.webIdentities.get(form.get('WebIdentityToken') ?? '');
    if (!identity) {
      const text =
        'The ID Token provided is not a valid JWT. ' +
        '(You may see this error if you sent an Access Token)';
      throw new Refusal(400, 'InvalidIdentityToken', text);
    }
    const now = Date.now();
    if (identity.expiresAt <= now) {
      const [current, end] = [now, identity.expiresAt].map((ms) => Math.floor(ms / 1000));
      const text =
        `Token expired: current date/time ${current} must be before the expiration ` +
        `date/time${end}`;
      throw new Refusal(400, 'ExpiredTokenException', text);
    }
    const role = this.roles.find(({ arn }) => arn === roleArn);
    if (!role || !trusts(role, [identity.subject])) {
      const text = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
      throw new Refusal(403, 'AccessDenied', text);
    }
    const session = this.startSession(role, sessionName, durationOf(form, role, false));
    return (
      `<SubjectFromWebIdentityToken>${xml(identity.subject)}</SubjectFromWebIdentityToken>` +
      roleXml(session)
    );
  }

  private startSession({ arn }: Role, sessionName: string, seconds: number): Session {
    const [accountId = '', resource = ''] = arn.split(':').slice(4);
    const roleName = resource.split('/').at(-1) ?? '';
    return this.ledger.issue(assumedRole(accountId, roleName, sessionName), seconds);
  }
}

function requiredOf(form: URLSearchParams): { roleArn: string; sessionName: string } {
  const roleArn = form.get('RoleArn') ?? '';
  const sessionName = form.get('RoleSessionName') ?? '';
  if (roleArn.length < 20)
    throw invalid(roleArn, 'roleArn', 'have length greater than or equal to 20');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw invalid(
      sessionName,
      'roleSessionName',
      'satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  return { roleArn, sessionName };
}

function durationOf(form: URLSearchParams, role: Role, chained: boolean): number {
  const text = form.get('DurationSeconds');
  if (text === null) return usualSeconds;
  const seconds = Number(text);
  const bounds = [
    [seconds >= 900, 'greater than or equal to 900'],
    [seconds <= 43_200, 'less than or equal to 43200'],
  ] as const;
  for (const [holds, words] of bounds) {
    if (!holds) throw invalid(text, 'durationSeconds', `have value ${words}`);
  }
  if (chained && seconds > usualSeconds) {
    const limit = 'exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new Refusal(400, 'ValidationError', `The requested DurationSeconds ${limit}`);
  }
  if (seconds > (role.maxSessionSeconds ?? usualSeconds)) {
    const limit = 'exceeds the MaxSessionDuration set for this role.';
    throw new Refusal(400, 'ValidationError', `The requested DurationSeconds ${limit}`);
  }
  return seconds;
}

function trusts(role: Role, names: readonly string[]): boolean {
  // The ARN of a session does not tell the path of its role.
  return role.trusts?.some((name) => names.includes(name.replace(/:role\/.*\//, ':role/'))) ?? true;
}

/** Of a session of a role: the role, without its path. */
function roleArnOf(arn: string): string {
  return arn.replace(/^(arn:[^:]+):sts:(:\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam:$2:role/$3');
}

function mfaRefusal(rest: string): Refusal {
  return new Refusal(403, 'AccessDenied', `MultiFactorAuthentication failed${rest}`);
}

function invalid(value: string, field: string, constraint: string): Refusal {
  const text =
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ` +
    `Member must ${constraint}`;
  return new Refusal(400, 'ValidationError', text);
}

function resultReply(action: string, result: string): Reply {
  return xmlReply(
    200,
    `<${action}Response xmlns="${stsNamespace}"><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
      `</${action}Response>`,
  );
}

function identityXml(caller: User | Session): string {
  return (
    `<Arn>${xml(caller.arn)}</Arn><UserId>${xml(userIdOf(caller))}</UserId>` +
    `<Account>${xml(caller.accountId)}</Account>`
  );
}

function roleXml(session: Session): string {
  return (
    `<Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId>` +
    `<SecretAccessKey>${session.secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${session.sessionToken}</SessionToken>` +
    `<Expiration>${isoSeconds(session.expiration)}</Expiration></Credentials>` +
    `<AssumedRoleUser><AssumedRoleId>${xml(userIdOf(session))}</AssumedRoleId>` +
    `<Arn>${xml(session.arn)}</Arn></AssumedRoleUser>`
  );
}
