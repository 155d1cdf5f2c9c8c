import assert from 'node:assert/strict';
import { openAws } from '../../../src/aws/openAws';
import type { ConnectionConfig } from '../../../src/connections/connectionConfig';
import { Connections } from '../../../src/connections/connections';
import type { OutsideChange } from '../../../src/core/awsAccess';
import type { ConfigValue } from '../../../src/host/configValue';
import type { SampleAccount } from '../../../src/sample/sampleAccount';
import { startSampleAccount } from '../../../src/sample/sampleAccount';
import type { SampleState } from '../../../src/sample/state';
import { ResourcesTree } from '../../../src/tree/resourcesTree';
import type { FaultProxy } from '../../faults/faultProxy';
import { startFaultProxy } from '../../faults/faultProxy';
import { treeParts } from '../tree/treeParts';
import { plainFunction, policyText } from '../tree/treeSeed';
import { connectionsSetting } from './connectionsSetting';

export const accountIds = { a: '123456789012', b: '210987654321' } as const;
export type AccountName = keyof typeof accountIds;
export const region = 'eu-west-1';
export const idOf = (profile: string) => `aws:profile=${profile}@${region}`;

/** Somebody who was told of changes outside, and whether that has ended. */
export interface Watcher {
  readonly config: ConnectionConfig;
  readonly tell: (change: OutsideChange) => void;
  isOver: boolean;
}

/** Two accounts, each behind a fault proxy of its own, and profiles that lead to one of them. */
export interface AccountsBench {
  readonly proxies: Readonly<Record<AccountName, FaultProxy>>;
  readonly accounts: Readonly<Record<AccountName, SampleAccount>>;
  readonly setting: ConfigValue;
  readonly connections: Connections;
  readonly tree: ResourcesTree;
  readonly watchers: readonly Watcher[];
  /** The profiles whose credentials were to be looked up anew. */
  readonly forgotten: readonly (string | undefined)[];
  /** From now on a profile leads there. At first the profiles `a` and `b` lead to their namesakes. */
  lead(profile: string, to: AccountName): void;
  /** Whose account a profile leads to by now. */
  accountOf(connectionId: string): string;
  /** Holds back what an account answers to these operations until the returned function is called. */
  hold(account: AccountName, operation: string | RegExp): () => void;
}

/** For the suite around it; before every test both profiles are connected to. */
export function accountsBench(): AccountsBench {
  const setting = connectionsSetting([
    { profile: 'a', region },
    { profile: 'b', region },
  ]);
  const aws = openAws(() => undefined);
  const accounts = {} as Record<AccountName, SampleAccount>;
  const proxies = {} as Record<AccountName, FaultProxy>;
  const names = ['a', 'b'] as const;
  let leads = new Map<string, AccountName>();
  let watchers: Watcher[] = [];
  let forgotten: (string | undefined)[] = [];
  let opened:
    { connections: Connections; tree: ResourcesTree; parts: { dispose(): void } } | undefined;
  const nameOf = (profile: string | undefined) => leads.get(profile ?? '') ?? 'a';

  suiteSetup(async () => {
    for (const name of names) {
      accounts[name] = await startSampleAccount({ seed: seedOf(name) });
      proxies[name] = await startFaultProxy(accounts[name].endpoint);
    }
  });
  setup(() => {
    for (const name of names) {
      accounts[name].reset();
      proxies[name].clear();
    }
    leads = new Map([...names].map((name) => [name, name]));
    watchers = [];
    forgotten = [];
    const connections = new Connections(setting.value, {
      open: (config) => {
        const name = nameOf(config.type === 'aws' ? config.profile : undefined);
        const { endpoint } = proxies[name];
        return Promise.resolve(aws.open({ endpoint, region, ...accounts[name].credentials }));
      },
      watch: (config, tell) => {
        const watcher: Watcher = { config, tell, isOver: false };
        watchers.push(watcher);
        return () => (watcher.isOver = true);
      },
      forget: (config) => {
        forgotten.push(config.type === 'aws' ? config.profile : undefined);
      },
    });
    const parts = treeParts(connections);
    opened = { connections, parts, tree: new ResourcesTree(parts) };
  });
  teardown(() => {
    for (const part of ['tree', 'parts', 'connections'] as const) opened?.[part].dispose();
    opened = undefined;
  });
  suiteTeardown(async () => {
    for (const name of names) {
      await proxies[name].close();
      await accounts[name].close();
    }
  });
  return {
    proxies,
    accounts,
    get setting() {
      return setting.value;
    },
    get connections() {
      return opened?.connections ?? assert.fail('only inside a test');
    },
    get tree() {
      return opened?.tree ?? assert.fail('only inside a test');
    },
    get watchers() {
      return watchers;
    },
    get forgotten() {
      return forgotten;
    },
    lead: (profile, to) => leads.set(profile, to),
    accountOf: (id) => accountIds[nameOf(/profile=(.*)@/.exec(id)?.[1])],
    hold: (account, operation) => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      proxies[account].addFault({ operation, answer: { type: 'before', run: () => released } });
      return release;
    },
  };
}

/** Both have a function `shop`, with another policy, and one that the other has not. */
function seedOf(name: AccountName): SampleState {
  const accountId = accountIds[name];
  const arn = `arn:aws:lambda:${region}:${accountId}:function:shop`;
  const policies = { '': { text: policyText(arn, `of-${name}`), revisionId: name } };
  return {
    accountId,
    region,
    organizationId: 'o-conformance',
    callerArn: `arn:aws:sts::${accountId}:assumed-role/Tester/${name}`,
    functions: [
      plainFunction('shop', { versions: ['1'], aliases: { live: '1' }, policies }),
      plainFunction(`only-${name}`),
    ],
    layers: [{ name: 'tools', versions: [{ version: 1 }] }],
    queues: [{ name: 'jobs' }],
  };
}
