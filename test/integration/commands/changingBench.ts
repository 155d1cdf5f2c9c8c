import type * as vscode from 'vscode';
import { PolicyTraffic } from '../../../src/changes/policyTraffic';
import type { CommandDeps } from '../../../src/commands/deps';
import type { StatementTarget } from '../../../src/connections/targets';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { LambdaFunction, Resource } from '../../../src/core/resource';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import type { SampleState } from '../../../src/sample/state';
import type { HistoryBench } from '../history/historyBench';
import { historyBench } from '../history/historyBench';
import { treeParts } from '../tree/treeParts';
import { functionArn } from '../tree/treeSeed';

export const shop: LambdaFunction = {
  kind: 'lambdaFunction',
  arn: `${functionArn}:shop`,
  functionName: 'shop',
};
export const live: LambdaFunction = {
  ...shop,
  arn: `${functionArn}:shop:live`,
  qualifier: { type: 'alias', name: 'live', version: '2' },
};

export interface ChangingBench extends HistoryBench {
  /** What commands that change policies work with, over a history of its own. */
  deps(): CommandDeps;
  /** The statements of a policy, as their rows are handed to commands. */
  statementsOf(connectionId: string, resource: Resource): Promise<readonly StatementTarget[]>;
  /** The calls that change something, since the test began. */
  writes(): readonly string[];
}

/** For commands that change policies over the connections of `awsBench`. */
export function changingBench(seed: SampleState): ChangingBench {
  const bench = historyBench(seed);
  const toDispose: { dispose(): unknown }[] = [];
  teardown(() => {
    for (const disposable of toDispose.splice(0)) disposable.dispose();
  });
  const own = {
    deps: () => {
      const { connections, reporter } = bench;
      const parts = treeParts(connections);
      const texts = new PolicyTexts();
      toDispose.push(parts, texts);
      const treeView = { selection: [] } as unknown as vscode.TreeView<never>;
      return {
        ...{ connections, reporter, texts, treeView },
        guards: parts.guards,
        history: bench.open(),
        traffic: new PolicyTraffic(),
      } as unknown as CommandDeps;
    },
    statementsOf: async (connectionId: string, resource: Resource) => {
      const reading = await bench.connections.byId(connectionId)?.readings.read(resource);
      if (reading?.state !== 'policy') return [];
      return statementsOf(parsePolicy(reading.text)).map((statement) => ({
        ...{ connectionId, resource, reading, statement },
      }));
    },
    writes: () =>
      bench.proxy.requests
        .map(({ operation }) => operation)
        .filter((operation) => !/\.(Get|List)/.test(operation)),
  };
  // The getters of the bench go on being getters.
  return Object.assign(bench, own);
}
