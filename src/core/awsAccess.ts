import type { ConfigPlace, Failure } from './errors';
import type { PolicyStores } from './policyStore';
import type { CredentialSource } from './profileChain';

/** A profile of the shared config files. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
  /** Where its credentials come from; absent when the files do not say. */
  readonly source?: CredentialSource['type'];
}

/** What the shared config files hold, as far as they can be read. */
export interface ConfigReading {
  /** Sorted by name. */
  readonly profiles: readonly Profile[];
  /** Lines that cannot be understood. */
  readonly problems: readonly ConfigPlace[];
  /** Files that are there and cannot be read. */
  readonly failures: readonly Failure[];
}

/** Which credentials, and where: a profile (none: the SDK's default chain) in a region. */
export interface AccessTarget {
  readonly profile?: string;
  readonly region: string;
  /** The account that it must lead to, if one is known by then: nothing is asked of another one. */
  readonly accountId?: () => string | undefined;
}

/** An endpoint and key that stand in for AWS and its credentials: the sample account's. */
export interface FixedAccess {
  readonly region: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Identity {
  readonly accountId: string;
  /** Absent where the caller may not ask, and only the credentials name the account. */
  readonly callerArn?: string;
}

export type IdentityReading =
  | ({ readonly state: 'known' } & Identity)
  | { readonly state: 'unknown'; readonly failure: Failure };

/** One opened set of credentials in a region. */
export interface AccountAccess {
  readonly region: string;
  readonly stores: PolicyStores;
  /** Who the caller is by the credentials of this moment; asked of AWS once for each access key. */
  identity(signal: AbortSignal): Promise<IdentityReading>;
  /** Whether the next call would ask a person for an MFA code, or wait for one. Never rejects. */
  asksPerson(): Promise<boolean>;
  /** The endpoint that stands in for AWS, if one is configured. */
  endpoint(): Promise<string | undefined>;
  readonly close: () => void;
}

/** One call that was sent and how it ended, for the log. Never holds a secret or a policy. */
export interface CallRecord {
  readonly operation: string;
  /** The command of the AWS CLI that makes the same call, where there is one. */
  readonly command?: string;
  readonly durationMs: number;
  readonly attempts?: number;
  readonly requestId?: string;
  readonly failure?: Failure;
}

/** A program with its arguments, none of which a shell looks at. */
export interface SignInCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** What a person is asked for while credentials are looked up. */
export interface MfaRequest {
  /** Absent: the default credentials. */
  readonly profile?: string;
  /** The ARN or serial number of the device. */
  readonly device: string;
  readonly roleArn: string;
}

/** The code, or nothing when the person does not want to. */
export type AskMfaCode = (request: MfaRequest) => Promise<string | undefined>;

/** What changed outside: what a profile is (`config`), or whether somebody signed in (`session`). */
export type OutsideChange = 'config' | 'session';

/** What is asked of AWS that is not a policy, and the way to the policies. */
export interface AwsAccess {
  config(): Promise<ConfigReading>;
  open(target: AccessTarget | FixedAccess): AccountAccess;
  /** The command that signs in anew; none for credentials that no command renews. */
  signIn(profile: string | undefined): Promise<SignInCommand | undefined>;
  /**
   * Credentials are looked up anew, also those that the person did not want to give an MFA code for. A
   * session that goes on is not asked a code for again, unless AWS refuses it (`isRefused`).
   */
  forget(profile: string | undefined, isRefused: boolean): void;
  /** Calls back when files that matter to a profile change, until the returned function is called. */
  watch(profile: string | undefined, onChange: (change: OutsideChange) => void): () => void;
}
