import type { STSClient } from '@aws-sdk/client-sts';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { IdentityReading } from '../core/awsAccess';
import { FailureError } from '../core/errors';
import type { CredentialSupply } from './credentials';
import type { FoundCredentials } from './credentialSources';
import { readFailure } from './failures';

/**
 * Who the caller is, asked of AWS once for each access key: the same key is always of the same
 * account. Where STS may not be asked, the account that came with the credentials stands.
 */
export class CallerIdentity {
  private known: { readonly accessKeyId: string; readonly reading: IdentityReading } | undefined;
  private asking:
    { readonly accessKeyId: string; readonly answer: Promise<IdentityReading> } | undefined;

  constructor(
    private readonly sts: STSClient,
    private readonly credentials: CredentialSupply,
    /** Nothing is sent for another account. */
    private readonly expectedAccount: () => string | undefined,
  ) {}

  async read(signal: AbortSignal): Promise<IdentityReading> {
    try {
      const reading = await this.of(await this.credentials.get(), signal);
      if (reading.state === 'known') this.compare(reading.accountId);
      return reading;
    } catch (error) {
      return { state: 'unknown', failure: readFailure(error, 'sts:GetCallerIdentity') };
    }
  }

  /** The credentials, if they are of the expected account, or nobody can tell. Throws `FailureError`. */
  async checked(): Promise<FoundCredentials> {
    const credentials = await this.credentials.get();
    if (this.expectedAccount() === undefined) return credentials;
    const reading =
      credentials.accountId === undefined
        ? await this.of(credentials, undefined)
        : ({ state: 'known', accountId: credentials.accountId } as const);
    if (reading.state === 'known') this.compare(reading.accountId);
    return credentials;
  }

  private compare(found: string): void {
    const expected = this.expectedAccount();
    if (expected === undefined || expected === found) return;
    throw new FailureError({
      code: 'accountChanged',
      operation: 'sts:GetCallerIdentity',
      errorName: 'AccountChanged',
      message: found,
      cause: { type: 'account', expected, found },
    });
  }

  private async of(
    credentials: FoundCredentials,
    signal: AbortSignal | undefined,
  ): Promise<IdentityReading> {
    const { accessKeyId } = credentials;
    if (this.known?.accessKeyId === accessKeyId) return this.known.reading;
    if (this.asking?.accessKeyId !== accessKeyId) {
      const answer = this.ask(credentials, signal).finally(() => (this.asking = undefined));
      this.asking = { accessKeyId, answer };
    }
    const reading = await this.asking.answer;
    if (reading.state === 'known') this.known = { accessKeyId, reading };
    return reading;
  }

  private async ask(
    { accountId }: FoundCredentials,
    abortSignal: AbortSignal | undefined,
  ): Promise<IdentityReading> {
    try {
      const answer = await this.sts.send(
        new GetCallerIdentityCommand({}),
        abortSignal ? { abortSignal } : {},
      );
      return { state: 'known', accountId: answer.Account ?? '', callerArn: answer.Arn };
    } catch (error) {
      const failure = readFailure(error, 'sts:GetCallerIdentity');
      // Blocked for the caller, or at the network's edge: the rest may work all the same.
      const isOfSts = ['accessDenied', 'unreachable', 'timeout', 'nameUnknown'].includes(
        failure.code,
      );
      if (isOfSts && accountId !== undefined) return { state: 'known', accountId };
      return { state: 'unknown', failure };
    }
  }
}
