import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AskMfaCode } from '../core/awsAccess';
import { failureOf } from '../core/errors';
import type { CredentialSource } from '../core/profileChain';
import { credentialSource, sourceFingerprint } from '../core/profileChain';
import { readConfigFiles, sourceOfProfile } from './configFiles';
import type { FoundCredentials } from './credentialSources';
import { findCredentials } from './credentialSources';

/** Credentials that end sooner than this are looked up anew, while the old ones still serve. */
const renewalMarginMs = 300_000;
/** Where each renewal costs the person an MFA code, it is put off to the last minute. */
const mfaMarginMs = 60_000;

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

interface Held {
  readonly fingerprint: string;
  readonly credentials: FoundCredentials;
  readonly marginMs: number;
}

/**
 * The credentials of one profile, for all its connections: however many calls want them at once, they
 * are looked up once, and a person is asked once.
 */
export class ProfileCredentials implements CredentialSupply {
  private held: Held | undefined;
  private finding: Promise<FoundCredentials> | undefined;
  /** What cost somebody something is not tried again before it is asked for. */
  private refused: { readonly fingerprint: string; readonly error: unknown } | undefined;

  /** Without a profile: the SDK's default chain. */
  constructor(
    private readonly profile: string | undefined,
    private readonly askMfaCode: AskMfaCode,
  ) {}

  get(): Promise<FoundCredentials> {
    this.finding ??= this.find().finally(() => (this.finding = undefined));
    return this.finding;
  }

  ended(accessKeyId: string): void {
    if (this.held?.credentials.accessKeyId === accessKeyId) this.held = undefined;
  }

  /** Begins anew, also what the person had cancelled. */
  forget(): void {
    this.held = undefined;
    this.refused = undefined;
  }

  private async find(): Promise<FoundCredentials> {
    const source = await sourceOf(this.profile);
    const fingerprint = source ? sourceFingerprint(source) : 'chain';
    if (this.refused?.fingerprint === fingerprint) throw this.refused.error;
    const held = this.held?.fingerprint === fingerprint ? this.held : undefined;
    if (held && !endsWithin(held.credentials, held.marginMs)) return held.credentials;
    try {
      const credentials = source
        ? await findCredentials(source, this.askMfaCode)
        : await fromNodeProviderChain({ ignoreCache: true })();
      const marginMs = source && needsPerson(source) ? mfaMarginMs : renewalMarginMs;
      this.held = { fingerprint, credentials, marginMs };
      return credentials;
    } catch (error) {
      if (isCostly(error)) this.refused = { fingerprint, error };
      // Better the old ones for their last minutes than none.
      if (held && !endsWithin(held.credentials, 0)) return held.credentials;
      throw error;
    }
  }
}

/** Looked up anew at once for all who hold the same profile. */
export class SharedCredentials {
  private readonly byProfile = new Map<string | undefined, ProfileCredentials>();

  constructor(private readonly askMfaCode: AskMfaCode) {}

  of(profile: string | undefined): ProfileCredentials {
    const known = this.byProfile.get(profile);
    if (known) return known;
    const credentials = new ProfileCredentials(profile, this.askMfaCode);
    this.byProfile.set(profile, credentials);
    return credentials;
  }
}

/**
 * Where the credentials come from; without a profile, as the SDK's default chain has it: the
 * environment, then the default profile, then (`undefined`) what the machine itself is given.
 * Throws `FailureError`.
 */
export async function sourceOf(profile: string | undefined): Promise<CredentialSource | undefined> {
  if (profile !== undefined) return sourceOfProfile(profile);
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  if (AWS_PROFILE) return sourceOfProfile(AWS_PROFILE);
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return { type: 'environment', profile: '' };
  const { config } = await readConfigFiles();
  const found = credentialSource(config, 'default');
  if ('source' in found) return found.source;
  const isNone = found.problem.code === 'noCredentials' || found.problem.code === 'profileUnknown';
  // A default profile that is set up wrongly is told of, not passed over.
  return isNone ? undefined : sourceOfProfile('default');
}

function endsWithin({ expiration }: FoundCredentials, ms: number): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() <= ms;
}

function needsPerson(source: CredentialSource): boolean {
  if (source.type === 'process') return true;
  return (
    source.type === 'assumeRole' && (source.mfaSerial !== undefined || needsPerson(source.source))
  );
}

function isCostly(error: unknown): boolean {
  const code = failureOf(error)?.code;
  return code === 'mfaCancelled' || code === 'mfaRefused' || code === 'processFailed';
}
