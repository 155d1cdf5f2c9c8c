import type { AskMfaCode, CallRecord } from '../core/awsAccess';
import type { CredentialSource } from '../core/profileChain';
import { credentialSource, linksOf, sourceFingerprint } from '../core/profileChain';
import { readConfigFiles, sourceOfProfile } from './configFiles';
import type { FoundCredentials } from './credentialSources';
import { findCredentials } from './credentialSources';
import type { Lookup } from './linkCredentials';
import { LinkCredentials } from './linkCredentials';

/** Where calls get their credentials. */
export interface CredentialSupply {
  /** Throws `FailureError`, or what the SDK throws. */
  get(): Promise<FoundCredentials>;
  /** AWS takes these for ended, whatever they say of themselves. */
  ended(accessKeyId: string): void;
}

/** Keys that stay. */
export function fixedCredentials({
  accessKeyId,
  secretAccessKey,
}: FoundCredentials): CredentialSupply {
  return {
    get: () => Promise.resolve({ accessKeyId, secretAccessKey }),
    ended: () => undefined,
  };
}

/** What looking credentials up may take of a person, and of time. */
export interface LookupManners {
  readonly askMfaCode: AskMfaCode;
  readonly processTimeoutMs: number;
  /** Hears of each call that was made for it. */
  readonly onCall: (call: CallRecord) => void;
}

/**
 * The credentials of all profiles. Each link of a chain is looked up once for all that depend on it:
 * thirty roles over one sign-in, one process or one role with an MFA code cost a person as much as
 * one.
 */
export class SharedCredentials {
  private readonly links = new Map<string, LinkCredentials>();
  /** Where those of each profile came from when they were last asked for. */
  private readonly sources = new Map<string | undefined, CredentialSource | undefined>();

  constructor(private readonly manners: LookupManners) {}

  /** Without a profile: the SDK's default chain. */
  of(profile: string | undefined): CredentialSupply {
    return {
      get: async () => {
        const source = await sourceOf(profile);
        this.sources.set(profile, source);
        return this.find(source);
      },
      ended: (accessKeyId) => this.ended(accessKeyId),
    };
  }

  /** Whether looking them up would ask a person for an MFA code, or wait for one. Never throws. */
  async asksPerson(profile: string | undefined): Promise<boolean> {
    let link = await sourceOf(profile).catch(() => undefined);
    // Each link is looked up only where the one before it is missing.
    while (link?.type === 'assumeRole' && this.isMissing(link)) {
      if (link.mfaSerial !== undefined) return true;
      link = link.source;
    }
    return false;
  }

  private isMissing(link: CredentialSource): boolean {
    return this.linkOf(link).isMissing(sourceFingerprint(link));
  }

  /**
   * The next call looks all links up anew; a session that was given for an MFA code only when AWS has
   * refused it.
   */
  forget(profile: string | undefined, isRefused: boolean): void {
    if (!this.sources.has(profile)) return;
    const source = this.sources.get(profile);
    for (const link of source ? linksOf(source) : [undefined]) {
      const hasCode = link?.type === 'assumeRole' && link.mfaSerial !== undefined;
      this.linkOf(link).forget(hasCode && !isRefused);
    }
  }

  private find(source: CredentialSource | undefined): Promise<FoundCredentials> {
    return this.linkOf(source).get(this.lookupOf(source));
  }

  private lookupOf(source: CredentialSource | undefined): Lookup {
    const { askMfaCode } = this.manners;
    return {
      source,
      fingerprint: source ? sourceFingerprint(source) : '',
      find: (noteAsked) =>
        findCredentials(source, {
          ...this.manners,
          askMfaCode: (request) => {
            noteAsked();
            return askMfaCode(request);
          },
          supplyOf: (link) => ({
            get: () => this.find(link),
            ended: (accessKeyId) => this.ended(accessKeyId),
          }),
        }),
    };
  }

  private ended(accessKeyId: string): void {
    for (const link of this.links.values()) link.ended(accessKeyId);
  }

  /** A profile can be the source of its own role, so its name alone does not do. */
  private linkOf(source: CredentialSource | undefined): LinkCredentials {
    const key = source ? `${source.type} ${source.profile}` : '';
    const known = this.links.get(key) ?? new LinkCredentials();
    this.links.set(key, known);
    return known;
  }
}

/**
 * Where the credentials come from; without a profile, as the SDK's default chain has it: the
 * environment, the default profile, the token of a web identity, then (`undefined`) what the machine
 * itself is given. Throws `FailureError`.
 */
export async function sourceOf(profile: string | undefined): Promise<CredentialSource | undefined> {
  if (profile !== undefined) return sourceOfProfile(profile);
  const { env } = process;
  if (env.AWS_PROFILE) return sourceOfProfile(env.AWS_PROFILE);
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    return { type: 'environment', profile: '' };
  }
  const { config, failures } = await readConfigFiles();
  const found = credentialSource(config, 'default');
  if ('source' in found) return found.source;
  const { problem } = found;
  const isNone =
    (problem.code === 'noCredentials' || problem.code === 'profileUnknown') &&
    problem.profile === 'default';
  const token = isNone ? webIdentityOf(env) : undefined;
  const isMachine = failures.length === 0 || isContainer(env);
  // A default profile that is set up wrongly, or that may be in a file that cannot be read, is told
  // of, not passed over.
  return token ?? (isNone && isMachine ? undefined : sourceOfProfile('default'));
}

function isContainer(env: NodeJS.ProcessEnv): boolean {
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI } = env;
  return Boolean(AWS_CONTAINER_CREDENTIALS_FULL_URI || AWS_CONTAINER_CREDENTIALS_RELATIVE_URI);
}

function webIdentityOf({
  AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  AWS_ROLE_ARN: roleArn,
  AWS_ROLE_SESSION_NAME: roleSessionName,
}: NodeJS.ProcessEnv): CredentialSource | undefined {
  if (!tokenFile || !roleArn) return undefined;
  const role = { type: 'webIdentity', profile: '', roleArn, tokenFile } as const;
  return roleSessionName ? { ...role, roleSessionName } : role;
}
