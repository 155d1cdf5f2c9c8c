import assert from 'node:assert/strict';
import { openAws } from '../../../src/aws/openAws';
import { Connections } from '../../../src/connections/connections';
import type { ConfigValue } from '../../../src/host/configValue';
import type { SampleAccount } from '../../../src/sample/sampleAccount';
import { startSampleAccount } from '../../../src/sample/sampleAccount';
import type { SampleState } from '../../../src/sample/state';
import type { FaultProxy, RecordedRequest } from '../../faults/faultProxy';
import { startFaultProxy } from '../../faults/faultProxy';
import { SignedRequester } from '../../faults/signedRequest';
import { connectionsSetting } from '../connections/connectionsSetting';

/** Real connections over the real AWS code, to a sample account behind a fault proxy. */
export interface AwsBench {
  readonly proxy: FaultProxy;
  readonly account: SampleAccount;
  /** The way to the account past the proxy: what somebody else does meanwhile. */
  readonly elsewhere: SignedRequester;
  readonly setting: ConfigValue;
  readonly connections: Connections;
  /** Puts entries into the setting; every connection, whatever its entry, leads to the account. */
  connect(entries: readonly unknown[]): Promise<void>;
  /**
   * Holds back what answers to these operations until the returned function is called: all after the
   * first `skip`, or as many of them as `times` says.
   */
  hold(operation: string | RegExp, skip?: number, times?: number): () => void;
  /** What was requested since the last call, in order, e.g. `GetPolicy shop:live`. */
  requested(): readonly string[];
}

/** For the suite around it; before every test one connection, and an account that holds the seed. */
export function awsBench(seed: SampleState): AwsBench {
  const setting = connectionsSetting([{ sample: true }]);
  const aws = openAws(() => undefined);
  let account: SampleAccount | undefined;
  let proxy: FaultProxy | undefined;
  let connections: Connections | undefined;
  let seen = 0;

  suiteSetup(async () => {
    account = await startSampleAccount({ seed });
    proxy = await startFaultProxy(account.endpoint);
  });
  setup(() => {
    account?.reset();
    proxy?.clear();
    seen = 0;
    const { endpoint } = there(proxy);
    const { region, credentials } = there(account);
    connections = new Connections(setting.value, {
      open: () => Promise.resolve(aws.open({ endpoint, region, ...credentials })),
    });
  });
  teardown(() => connections?.dispose());
  suiteTeardown(async () => {
    await proxy?.close();
    await account?.close();
  });

  return {
    get proxy() {
      return there(proxy);
    },
    get account() {
      return there(account);
    },
    get elsewhere() {
      return new SignedRequester(there(account));
    },
    get setting() {
      return setting.value;
    },
    get connections() {
      return there(connections);
    },
    hold: (operation, skip, times) => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      there(proxy).addFault({
        operation,
        skip,
        times,
        answer: { type: 'before', run: () => released },
      });
      return release;
    },
    connect: (entries) => setting.value.set(entries),
    requested: () => {
      const all = there(proxy).requests;
      const fresh = all.slice(seen).map(nameOf);
      seen = all.length;
      return fresh;
    },
  };
}

function there<T>(value: T | undefined): T {
  assert.ok(value, 'only inside a test');
  return value;
}

function nameOf({ operation, path, body }: RecordedRequest): string {
  const url = new URL(path, 'http://localhost');
  const name = operation.replace(/^\w+\./, '');
  const [, , , arn, , version] = url.pathname.split('/').map(decodeURIComponent);
  const resource = arn?.replace(/^.*:/, '');
  const qualifier = url.searchParams.get('Qualifier') ?? version;
  const queue = /"QueueUrl":"[^"]*\/([^"]+)"/.exec(body)?.[1];
  const what = queue ?? [resource, qualifier].filter(Boolean).join(':');
  return what === '' ? name : `${name} ${what}`;
}
