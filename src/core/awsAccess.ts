import type { Failure } from './errors';
import type { PolicyStores } from './policyStore';

/** A profile of the shared config files. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
}

/** Which credentials, and where: a profile (none: the SDK's default chain) in a region. */
export interface AccessTarget {
  readonly profile?: string;
  readonly region: string;
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
  readonly callerArn: string;
}

export type IdentityReading =
  | ({ readonly state: 'known' } & Identity)
  | { readonly state: 'unknown'; readonly failure: Failure };

/** One opened set of credentials in a region. */
export interface AccountAccess {
  readonly stores: PolicyStores;
  identity(signal: AbortSignal): Promise<IdentityReading>;
  readonly close: () => void;
}

/** One call that was sent and how it ended, for the log. Never holds a secret or a policy. */
export interface CallRecord {
  readonly operation: string;
  /** The command of the AWS CLI that makes the same call. */
  readonly command: string;
  readonly durationMs: number;
  readonly attempts?: number;
  readonly requestId?: string;
  readonly failure?: Failure;
}

/** What is asked of AWS that is not a policy, and the way to the policies. */
export interface AwsAccess {
  /** Sorted by name; empty when there are no config files, or none that can be read. */
  profiles(): Promise<readonly Profile[]>;
  open(target: AccessTarget | FixedAccess): AccountAccess;
}
