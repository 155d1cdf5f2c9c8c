import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArn } from '../../../src/core/arn';
import type { LambdaFunction } from '../../../src/core/resource';
import type { TreeNode } from '../../../src/tree/nodes';
import type { ResourcesTree } from '../../../src/tree/resourcesTree';
import { eventually } from '../eventually';
import { labelOf } from '../tree/expectTree';
import type { AccountsBench } from './accountsBench';
import { accountIds, accountsBench, idOf, region } from './accountsBench';

const a = idOf('a');
const b = idOf('b');

suite('late answers over connections of two accounts', () => {
  const at = accountsBench();
  const entries = { a: { profile: 'a', region }, b: { profile: 'b', region } };

  const reopen = (...ids: readonly string[]) => {
    for (const id of ids) at.connections.reopen(id);
    return Promise.resolve();
  };

  /** What happens to connection `a` while its answers are on the way, and who is there then. */
  const events: Readonly<Record<string, () => Promise<unknown>>> = {
    'is removed': () => at.connections.remove(a),
    'is removed, and added again as the other account': async () => {
      await at.connections.remove(a);
      at.lead('a', 'b');
      await at.connections.add({ type: 'aws', profile: 'a', region });
    },
    'is opened anew': () => reopen(a),
    'is opened anew as the other account': () => {
      at.lead('a', 'b');
      return reopen(a);
    },
    'changes places with the other one': () => at.connections.move([b], a),
    'and the other one change accounts': () => {
      at.lead('a', 'b');
      at.lead('b', 'a');
      return reopen(a, b);
    },
    'is expected to lead to another account': () =>
      at.setting.set([{ ...entries.a, accountId: accountIds.b }, entries.b]),
  };
  const answers = {
    'lists of functions': /ListFunctions/,
    policies: /GetPolicy/,
    'lists under functions': /ListAliases|ListVersions/,
    'the account': /GetCallerIdentity/,
  };
  for (const [what, operation] of Object.entries(answers)) {
    for (const [event, make] of Object.entries(events)) {
      test(`${what}: the connection ${event}`, async () => {
        const release = at.hold('a', operation);
        const view = new OpenView(at);
        const isHeld = () => at.proxies.a.requests.some((one) => operation.test(one.operation));
        await eventually(() => assert.ok(isHeld()));
        await make();
        // What is asked anew from now on is under way as well.
        await sleep(300);
        release();
        await eventually(() => view.isWhole());
        await Promise.all([at.proxies.a.settled(), at.proxies.b.settled()]);
        await sleep(300);
        view.isWhole();
        assert.deepEqual(view.wrong, []);
        for (const { id, readings } of at.connections.all) {
          const account = at.accountOf(id) === accountIds.a ? accountIds.b : accountIds.a;
          assert.equal(readings.current(shopIn(account)), undefined, id);
        }
        view.dispose();
      });
    }
  }
});

function shopIn(account: string): LambdaFunction {
  const arn = `arn:aws:lambda:${region}:${account}:function:shop`;
  return { kind: 'lambdaFunction', arn, functionName: 'shop' };
}

/** A view with everything open, that notes what stands where it does not belong. */
class OpenView {
  readonly wrong: string[] = [];
  private readonly tree: ResourcesTree;
  private readonly subscription: { dispose(): void };
  private rows = new Map<string | undefined, readonly TreeNode[]>();

  constructor(private readonly at: AccountsBench) {
    this.tree = at.tree;
    this.subscription = this.tree.onDidChangeTreeData((elements) => {
      if (!elements) this.rows = new Map();
      for (const element of elements ?? [undefined]) void this.ask(element ?? undefined);
    });
    void this.ask();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async ask(parent?: TreeNode): Promise<void> {
    const { rows } = this;
    const children = await this.tree.getChildren(parent);
    // Each as it is at this moment, also when VS Code would pass it over.
    for (const child of children) this.check(child);
    if (rows !== this.rows) return;
    rows.set(parent?.id, children);
    for (const child of children) {
      if (child.type !== 'statement' && child.type !== 'note') void this.ask(child);
    }
  }

  private check(row: TreeNode): void {
    const expected = this.at.accountOf(row.connectionId);
    const { description } = this.tree.getTreeItem(row);
    const arn = /arn:.*$/.exec(row.id)?.[0] ?? '';
    const said = /\d{12}/.exec(String(description))?.[0];
    const found = row.type === 'connection' ? said : parseArn(arn)?.accountId;
    if (found !== undefined && found !== expected) this.wrong.push(`${row.id} ${description}`);
    if (row.type !== 'statement') return;
    const name = expected === accountIds.a ? 'of-a' : 'of-b';
    if (labelOf(this.tree, row) !== name) this.wrong.push(`${row.id}: ${labelOf(this.tree, row)}`);
  }

  /** Throws unless every connection shows its functions with their policies. */
  isWhole(): void {
    const { all } = this.at.connections;
    assert.deepEqual(
      this.rows.get(undefined)?.map(({ id }) => id),
      all.map(({ id }) => id),
    );
    for (const { id } of all) {
      const account = this.at.accountOf(id);
      const name = account === accountIds.a ? 'a' : 'b';
      const labels = (of: string) =>
        (this.rows.get(of) ?? []).map((row) => labelOf(this.tree, row));
      assert.deepEqual(labels(`${id}|lambdaFunction`), [`only-${name}`, 'shop']);
      assert.deepEqual(labels(`${id}|${shopIn(account).arn}`), [`of-${name}`, 'live', 'Versions']);
    }
  }
}
