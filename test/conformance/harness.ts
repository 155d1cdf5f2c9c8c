import assert from 'node:assert/strict';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import type { RawAnswer } from '../faults/signedRequest';
import { SignedRequester } from '../faults/signedRequest';
import { conformanceSeed } from './seed';

/** What AWS answers to one request, named after the fact that it stands for. */
export interface Fact {
  readonly fact: string;
  readonly ask: (aws: SignedRequester) => Promise<RawAnswer>;
  readonly status: number;
  /** The name of the error; absent for a success. */
  readonly error?: string;
  readonly says?: string | RegExp;
}

export interface Bench {
  readonly aws: SignedRequester;
  readonly account: SampleAccount;
}

/** Starts an account for the suite around it, with the seed put back before every test. */
export function bench(): Bench {
  let account: SampleAccount | undefined;
  let aws: SignedRequester | undefined;
  suiteSetup(async () => {
    account = await startSampleAccount({ seed: conformanceSeed });
    aws = new SignedRequester(account);
  });
  setup(() => account?.reset());
  suiteTeardown(() => account?.close());
  return {
    get aws() {
      assert.ok(aws);
      return aws;
    },
    get account() {
      assert.ok(account);
      return account;
    },
  };
}

export function checkFacts(at: Bench, facts: readonly Fact[]): void {
  for (const { fact, ask, status, error = '', says } of facts) {
    test(fact, async () => {
      const answer = await ask(at.aws);
      assert.deepEqual(
        { status: answer.status, error: answer.error },
        { status, error },
        answer.body,
      );
      if (typeof says === 'string') assert.equal(answer.message, says);
      else if (says) assert.match(answer.message, says);
    });
  }
}

/** Lambda carries policies and statements as JSON inside a string. */
export function inner(answer: RawAnswer, field: string): unknown {
  const text = answer.json[field];
  assert.equal(typeof text, 'string', answer.body);
  return JSON.parse(String(text));
}

export function policyPath(name: string, qualifier?: string): string {
  const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
  return `/2015-03-31/functions/${encodeURIComponent(name)}/policy${query}`;
}

export function statementPath(name: string, sid: string, query = ''): string {
  return `/2015-03-31/functions/${encodeURIComponent(name)}/policy/${encodeURIComponent(sid)}${query}`;
}

export function resourcePolicyPath(arn: string, query = ''): string {
  return `/2026-07-09/resource-policy/${encodeURIComponent(arn)}${query}`;
}

export function layerPath(name: string, version: number | string, rest = ''): string {
  return `/2018-10-31/layers/${encodeURIComponent(name)}/versions/${version}/policy${rest}`;
}

export const grant = {
  StatementId: 'new',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
} as const;
