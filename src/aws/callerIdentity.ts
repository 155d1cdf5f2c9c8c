import type { STSClient } from '@aws-sdk/client-sts';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { IdentityReading } from '../core/awsAccess';
import type { FailureCode } from '../core/errors';
import { FailureError } from '../core/errors';
import type { CredentialSupply } from './credentials';
import type { FoundCredentials } from './credentialSources';
import { readFailure } from './failures';
import { signerOf } from './freshCredentials';
import { unlessAborted } from './unlessAborted';

const operation = 'sts:GetCallerIdentity';
/** How long AWS is not asked again when it may not be asked. */
const pauseMs = 60_000;
/** Blocked for the caller, or at the network's edge: the rest may work all the same. */
const ofStsAlone: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'accessDenied',
  'nameUnknown',
  'operationUnknown',
  'timeout',
  'unreachable',
]);

interface Said {
  readonly accessKeyId: string;
  readonly reading: IdentityReading;
  /** By AWS, which counts for good; that it may not be asked; or that it did not answer this time. */
  readonly state: 'told' | 'blocked' | 'failed';
  /** In milliseconds since 1970. */
  readonly saidAt: number;
}

interface Asking {
  readonly accessKeyId: string;
  readonly answer: Promise<Said>;
}

/**
 * Who the caller is, asked of AWS once for each access key: the same key is always of the same
 * account. Where STS may not be asked, the account that came with the credentials stands.
 */
export class CallerIdentity {
  private said: Said | undefined;
  private asking: Asking | undefined;

  constructor(
    private readonly sts: STSClient,
    private readonly credentials: CredentialSupply,
    /** Nothing is sent for another account. */
    private readonly expectedAccount: () => string | undefined,
  ) {}

  /** The account of the calls that were made last, as far as it is known. */
  get accountId(): string | undefined {
    const reading = this.said?.reading;
    return reading?.state === 'known' ? reading.accountId : undefined;
  }

  async read(signal: AbortSignal): Promise<IdentityReading> {
    try {
      const { said } = await unlessAborted(
        signal,
        this.current(({ state }) => state === 'told'),
      );
      const { reading } = said;
      if (reading.state === 'known') this.compare(reading.accountId);
      return reading;
    } catch (error) {
      return { state: 'unknown', failure: readFailure(error, operation) };
    }
  }

  /**
   * The credentials, if they are of the expected account, or nobody may ask. Throws `FailureError`,
   * also when it cannot be known this time: the next call could be a write in another account.
   */
  async checked(): Promise<FoundCredentials> {
    const found = await this.credentials.get();
    if (this.expectedAccount() === undefined) return found;
    if (found.accountId !== undefined) {
      this.compare(found.accountId);
      return found;
    }
    const { credentials, said } = await this.current(({ state }) => state !== 'failed');
    const { reading, state, saidAt } = said;
    if (reading.state === 'known') this.compare(reading.accountId);
    else if (state === 'failed') throw new FailureError(reading.failure);
    // Asked again beside the calls, which would wait long for what does not answer.
    if (state === 'blocked' && saidAt + pauseMs <= Date.now())
      this.asking ??= this.begin(credentials);
    return credentials;
  }

  private compare(found: string): void {
    const expected = this.expectedAccount();
    if (expected === undefined || expected === found) return;
    throw new FailureError({
      code: 'accountChanged',
      operation,
      errorName: 'AccountChanged',
      message: found,
      cause: { type: 'account', expected, found },
    });
  }

  /** The credentials of this moment, and what is said of just these. */
  private async current(isEnough: (said: Said) => boolean) {
    for (;;) {
      const credentials = await this.credentials.get();
      const { accessKeyId } = credentials;
      const { said } = this;
      if (said?.accessKeyId === accessKeyId && isEnough(said)) {
        return { credentials, said };
      }
      if (this.asking?.accessKeyId !== accessKeyId) this.asking = this.begin(credentials);
      const answer = await this.asking.answer;
      // Meanwhile the credentials were replaced: the answer is about the new ones.
      if (answer.accessKeyId === accessKeyId) return { credentials, said: answer };
    }
  }

  private begin(credentials: FoundCredentials): Asking {
    const answer = this.ask(credentials).then((said) => {
      if (this.asking !== asking) return said;
      this.asking = undefined;
      this.said = said;
      return said;
    });
    const asking: Asking = { accessKeyId: credentials.accessKeyId, answer };
    return asking;
  }

  private async ask(credentials: FoundCredentials): Promise<Said> {
    const { accessKeyId } = credentials;
    try {
      const answer = await this.sts.send(new GetCallerIdentityCommand({}));
      const { Account: accountId = '', Arn: callerArn } = answer;
      const reading = { state: 'known', accountId, callerArn } as const;
      return { accessKeyId: signerOf(answer) ?? accessKeyId, reading, state: 'told', saidAt: 0 };
    } catch (error) {
      const failure = readFailure(error, operation);
      const accountId = credentials.accountId ?? credentials.claimedAccountId;
      const isOfSts = failure.operation === operation && ofStsAlone.has(failure.code);
      const reading: IdentityReading =
        isOfSts && accountId !== undefined
          ? { state: 'known', accountId }
          : { state: 'unknown', failure };
      return { accessKeyId, reading, state: isOfSts ? 'blocked' : 'failed', saidAt: Date.now() };
    }
  }
}
