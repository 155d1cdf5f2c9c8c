import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { AwsOptions } from '../../src/aws/openAws';
import { openAws } from '../../src/aws/openAws';
import type {
  AccessTarget,
  AccountAccess,
  AwsAccess,
  CallRecord,
  MfaRequest,
} from '../../src/core/awsAccess';
import type { Failure } from '../../src/core/errors';
import { failureOf } from '../../src/core/errors';
import type { LambdaFunction } from '../../src/core/resource';
import { keyLines } from '../identity/awsHome';
import type { IdentityBench } from '../identity/identityBench';
import { dev, identityBench, other, own, region } from '../identity/identityBench';
import { ssoStartUrl } from '../identity/singleSignOn';
import { patience, signal } from './stores';

const accountOf = { mine: own, theirs: other } as const;
export type Whose = keyof typeof accountOf;

/** The SDK refreshes the token of a session, by its name, at most every 30 seconds. */
let sessionCount = 0;

const RealDate = Date;
const consoleMethods = ['debug', 'error', 'info', 'log', 'warn'] as const;

export const devKeys = `[dev]\n${keyLines(dev)}`;

/**
 * The product's way to AWS over the identity services, for the suite around it. After every test all
 * that it told is looked through for secrets.
 */
export function credentialsBench(): CredentialsBench {
  const bench = new CredentialsBench(identityBench());
  setup(() => bench.begin());
  teardown(() => bench.end());
  return bench;
}

export class CredentialsBench {
  /** A new one for each test. */
  aws: AwsAccess = openAws(() => undefined);
  /** What the person answers, one after the other; then the prompt is cancelled. */
  answers: (string | undefined)[] = [];
  readonly prompts: MfaRequest[] = [];
  readonly calls: CallRecord[] = [];
  /** The last that was told. */
  failure: Failure | undefined;
  private readonly console = { ...console };
  private readonly opened: AccountAccess[] = [];
  private shiftMs = 0;
  private readonly told: unknown[] = [];
  private readonly secrets: string[] = [];

  constructor(private readonly bench: IdentityBench) {}

  get services() {
    return this.bench.services;
  }

  get home() {
    return this.bench.home;
  }

  get operations() {
    return this.bench.operations();
  }

  begin(): void {
    for (const account of Object.values(this.bench.accounts)) account.reset();
    this.answers = [];
    for (const list of [this.prompts, this.calls, this.opened, this.told, this.secrets])
      list.length = 0;
    this.failure = undefined;
    this.aws = this.start();
    for (const name of consoleMethods) console[name] = (...said) => void this.told.push(said);
  }

  end(): void {
    globalThis.Date = RealDate;
    Object.assign(console, this.console);
    this.shiftMs = 0;
    for (const access of this.opened) access.close();
    this.assertNothingSecret();
  }

  start(options: AwsOptions = {}): AwsAccess {
    const askMfaCode = (request: MfaRequest) => {
      this.prompts.push(request);
      return Promise.resolve(this.answers.shift());
    };
    const onCall = (call: CallRecord) => this.calls.push(call);
    return openAws(onCall, { askMfaCode, patience, watchEveryMs: 20, ...options });
  }

  /** Closed with the test. Without a profile only where it is said. */
  open(target: Partial<AccessTarget> = {}, aws = this.aws): AccountAccess {
    const access = aws.open({ region, ...target });
    this.opened.push(access);
    return access;
  }

  /** Whose functions it lists, `mine` or `theirs`, or why none. */
  readonly list = ({ stores }: AccountAccess): Promise<string> =>
    this.outcome(async () => {
      const names: string[] = [];
      for await (const page of stores.lambdaFunction.list(signal())) {
        names.push(...page.flatMap((listed) => listed.functionName));
      }
      return names.join();
    });

  /** Adds a statement to the policy of a function: `written`, or why not. */
  readonly write = async (
    { stores }: AccountAccess,
    statementId = 'added',
    functionName: Whose = 'mine',
  ): Promise<string> => {
    const arn = `arn:aws:lambda:${region}:${accountOf[functionName]}:function:${functionName}`;
    const target: LambdaFunction = { kind: 'lambdaFunction', arn, functionName };
    const grant = {
      kind: 'lambdaFunction',
      statementId,
      action: 'lambda:InvokeFunction',
      principal: 's3.amazonaws.com',
    } as const;
    const call = { type: 'addStatement', grant } as const;
    const result = await stores.lambdaFunction.apply(target, call, undefined, signal());
    this.told.push(result);
    return result.applied ? 'written' : (this.failure = result.failure).code;
  };

  /** How many queues, or why none. */
  readonly queues = ({ stores }: AccountAccess): Promise<string> =>
    this.outcome(async () => {
      let count = 0;
      for await (const page of stores.sqsQueue.list(signal())) count += page.length;
      return count > 0 ? 'queues' : 'no queues';
    });

  /** Twenty calls at once over two regions: reads of both services, and writes. */
  async twenty(profile: string | undefined, whose: Whose, mark = 'a'): Promise<readonly string[]> {
    const accesses = [this.open({ profile }), this.open({ profile, region: 'us-east-1' })];
    const outcomes = Array.from({ length: 20 }, (_, index) => {
      const access = accesses[index % 2]!;
      if (index % 5 === 0) return this.write(access, `${mark}${index}`, whose);
      return index % 3 === 0 ? this.queues(access) : this.list(access);
    });
    return [...new Set(await Promise.all(outcomes))].sort();
  }

  /** Puts the clock forward for all, until the test ends. */
  later(seconds: number): void {
    this.shiftMs += seconds * 1000;
    const { shiftMs } = this;
    globalThis.Date = class extends RealDate {
      constructor(...given: readonly unknown[]) {
        super(...((given.length === 0 ? [RealDate.now() + shiftMs] : given) as [number]));
      }
      static override now(): number {
        return RealDate.now() + shiftMs;
      }
    } as DateConstructor;
  }

  /** The account ID, or why it is not known. */
  readonly account = async (access: AccountAccess): Promise<string> => {
    const reading = await access.identity(signal());
    this.told.push(reading);
    if (reading.state === 'known') return reading.accountId;
    return (this.failure = reading.failure).code;
  };

  /** What comes of it, or the code of the failure that it throws. */
  async outcome(work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      this.told.push(error);
      this.failure = failureOf(error);
      assert.ok(this.failure, inspect(error));
      return this.failure.code;
    }
  }

  /** How often the services were asked for it: `STS.AssumeRole`. */
  count(operation: string): number {
    return this.operations.filter((name) => name === operation).length;
  }

  /** Whether anything was asked of Lambda or SQS. */
  get isAnythingSent(): boolean {
    return this.operations.some((name) => /^(Lambda|SQS)\./.test(name));
  }

  tell(...told: readonly unknown[]): void {
    this.told.push(...told);
  }

  /** Besides those that the services have given out. */
  addSecret(...secrets: readonly string[]): void {
    this.secrets.push(...secrets);
  }

  /** A profile `s` of a session of its own, whose name is the answer. */
  writeSso(options: { readonly seconds?: number; readonly more?: string } = {}): string {
    const session = `corp ${process.pid}-${++sessionCount}`;
    this.home.writeConfig(
      `[profile s]\nsso_session = ${session}\nsso_account_id = ${own}\nsso_role_name = Admin\n` +
        `[sso-session "${session}"]\nsso_region = ${region}\nsso_start_url = ${ssoStartUrl}\n` +
        (options.more ?? ''),
    );
    if (options.seconds !== 0) this.signInSso(session, options.seconds);
    return session;
  }

  signInSso(session: string, seconds?: number): void {
    this.home.writeSsoToken(session, this.services.ssoSignIn(seconds));
  }

  assertNothingSecret(): void {
    const { sessions } = this.services;
    const keys = [
      dev,
      ...sessions,
      ...Object.values(this.bench.accounts).map((a) => a.credentials),
    ];
    const secrets = [
      ...this.secrets,
      ...keys.map(({ secretAccessKey }) => secretAccessKey),
      ...sessions.map(({ sessionToken }) => sessionToken),
      'sso-access-token-',
      'sso-refresh-token-',
      'sso-client-secret',
      'login-refresh-token-',
      'PRIVATE KEY',
      'web-identity-token-',
      'container-authorization-token',
      'metadata-token-',
    ];
    const options = { depth: 20, maxArrayLength: null, maxStringLength: null, showHidden: true };
    const text = inspect([this.told, this.calls, this.failure], options);
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${text}`);
  }
}
