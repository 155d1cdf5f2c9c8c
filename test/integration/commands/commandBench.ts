import type * as vscode from 'vscode';
import type { CommandDeps } from '../../../src/commands/deps';
import type { ConfigReading, SignInCommand } from '../../../src/core/awsAccess';
import { qualifiedNameOf } from '../../../src/core/resource';
import type { Listed } from '../../../src/core/resource';
import type { TreeNode } from '../../../src/tree/nodes';
import { labelOf } from '../tree/expectTree';
import type { AccountsBench } from '../connections/accountsBench';
import { accountsBench } from '../connections/accountsBench';
import type { WindowStub } from '../windowStub';
import { windowStub } from '../windowStub';

export interface CommandBench extends AccountsBench {
  readonly stub: WindowStub;
  /** What was said in messages without buttons. */
  readonly told: readonly string[];
  /** The pages that were opened: `connection arn`. */
  readonly opened: readonly string[];
  /** The labels of the rows that were brought into view. */
  readonly revealed: readonly string[];
  readonly config: ConfigReading;
  deps(parts?: Partial<CommandDeps>): CommandDeps;
}

const none: ConfigReading = { profiles: [], problems: [], failures: [] };

/** For commands that change nothing, over two accounts; what they would show is taken down. */
export function commandBench(
  config: ConfigReading = none,
  signIn: (profile: string | undefined) => SignInCommand | undefined = () => undefined,
): CommandBench {
  const bench = accountsBench();
  const stub = windowStub();
  const told: string[] = [];
  const opened: string[] = [];
  const revealed: string[] = [];
  setup(() => {
    for (const list of [told, opened, revealed]) list.length = 0;
  });
  const tell = (words: string) => told.push(words);
  const aws = {
    config: () => Promise.resolve(config),
    signIn: (profile: string | undefined) => Promise.resolve(signIn(profile)),
  };
  const open = (id: string, resource: Listed) =>
    opened.push(`${id} ${resource.arn} ${qualifiedNameOf(resource)}`);
  const treeView = {
    selection: [],
    reveal: (row: TreeNode) => {
      revealed.push(labelOf(bench.tree, row));
      return Promise.resolve();
    },
  } as unknown as vscode.TreeView<TreeNode>;
  const own = {
    ...{ stub, told, opened, revealed, config },
    deps: (parts: Partial<CommandDeps> = {}) =>
      ({
        aws: () => Promise.resolve(aws),
        connections: bench.connections,
        tree: bench.tree,
        pins: { of: () => [] },
        pages: { open },
        reporter: { info: tell, warn: tell, note: tell },
        treeView,
        ...parts,
      }) as unknown as CommandDeps,
  };
  // The getters of the bench go on being getters.
  return Object.assign(bench, own);
}
