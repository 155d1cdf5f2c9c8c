import assert from 'node:assert/strict';
import { openAws } from '../../src/aws/openAws';
import type { AccountAccess, CallRecord } from '../../src/core/awsAccess';
import type { FailureCode } from '../../src/core/errors';
import type { ApplyResult, PolicyReading, PolicyStores } from '../../src/core/policyStore';
import type { LambdaFunction, LayerVersion, SqsQueue } from '../../src/core/resource';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import type { SampleState } from '../../src/sample/state';
import { conformanceSeed, functionArn, layerArn, queueArn, queueUrl } from '../conformance/seed';
import type { FaultProxy, RecordedRequest } from '../faults/faultProxy';
import { startFaultProxy } from '../faults/faultProxy';

export interface StoresUnderTest {
  readonly account: SampleAccount;
  /** Stands between the SDK and the account. */
  readonly proxy: FaultProxy;
  readonly access: AccountAccess;
  readonly all: PolicyStores;
  /** What was reported for the log. */
  readonly calls: readonly CallRecord[];
}

/** Waits as often as usual, but not as long. */
export const patience = { firstPauseMs: 2, longestPauseMs: 20, totalMs: 200 };

/** The real stores over the real SDK, with a fresh state and fresh clients for each test. */
export function withStores(seed: SampleState = conformanceSeed): StoresUnderTest {
  let account: SampleAccount | undefined;
  let proxy: FaultProxy | undefined;
  let access: AccountAccess | undefined;
  const calls: CallRecord[] = [];
  suiteSetup(async () => {
    account = await startSampleAccount({ seed });
    proxy = await startFaultProxy(account.endpoint);
  });
  setup(() => {
    assert.ok(account && proxy);
    account.reset();
    proxy.clear();
    calls.length = 0;
    const { region, credentials } = account;
    const target = { region, endpoint: proxy.endpoint, ...credentials };
    access = openAws((call) => calls.push(call), { patience }).open(target);
  });
  teardown(() => access?.close());
  suiteTeardown(async () => {
    await proxy?.close();
    await account?.close();
  });
  const there = <T>(value: T | undefined): T => value ?? assert.fail('read before the setup');
  return {
    get account() {
      return there(account);
    },
    get proxy() {
      return there(proxy);
    },
    get access() {
      return there(access);
    },
    get all() {
      return there(access).stores;
    },
    calls,
  };
}

export function functionNamed(functionName: string): LambdaFunction {
  return { kind: 'lambdaFunction', arn: `${functionArn}:${functionName}`, functionName };
}

/** `shop:live`, `shop:1`: a version when it is a number. */
export function qualified(name: string): LambdaFunction {
  const [functionName = '', qualifier = ''] = name.split(':');
  return {
    ...functionNamed(functionName),
    arn: `${functionArn}:${name}`,
    qualifier: /^\d+$/.test(qualifier)
      ? { type: 'version', name: qualifier }
      : { type: 'alias', name: qualifier, version: '2' },
  };
}

export function layerVersion(layerName: string, version: number): LayerVersion {
  return { kind: 'layerVersion', arn: `${layerArn}:${layerName}:${version}`, layerName, version };
}

export function queueNamed(queueName: string): SqsQueue {
  const arn = `${queueArn}:${queueName}`;
  return { kind: 'sqsQueue', arn, queueName, queueUrl: `${queueUrl}/${queueName}` };
}

export function signal(): AbortSignal {
  return new AbortController().signal;
}

export function requestsOf(proxy: FaultProxy, operation: string): readonly RecordedRequest[] {
  return proxy.requests.filter((request) => request.operation === operation);
}

/** The state, and for one that is unreadable the code. */
export function summary(reading: PolicyReading): string {
  return reading.state === 'unreadable' ? reading.failure.code : reading.state;
}

export function failureCode(result: ApplyResult): FailureCode | undefined {
  return result.applied ? undefined : result.failure.code;
}
