import assert from 'node:assert/strict';
import type { ChangeRecord } from '../../src/core/changeRecord';
import type { ChangeIntent, ChangePlan } from '../../src/core/plan';
import { planChange } from '../../src/core/planChange';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { PolicyStore } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import { changeJournal } from '../../src/history/changeJournal';
import { RecordFiles } from '../../src/history/recordFiles';
import type { Recovery, RecoveryContext } from '../../src/history/recovery';
import { recoverChange } from '../../src/history/recovery';
import { functionNamed, signal, withStores } from '../aws/stores';
import { FakeClock } from './fakeClock';
import { recordOf, temporaryFolder } from './records';

/** Changes of a window that is gone, over the sample account, with a clock that tests turn. */
export function recoveryBench() {
  const at = withStores();
  const folder = temporaryFolder();
  const clock = new FakeClock();

  const storeOf = ({ kind }: Resource) => at.all[kind] as PolicyStore;
  const files = () => new RecordFiles(folder.path);
  const shop = functionNamed('shop');

  async function textOf(resource: Resource): Promise<string | undefined> {
    const reading = await storeOf(resource).read(resource, { signal: signal() });
    return reading.state === 'policy' ? reading.text : undefined;
  }

  async function sidsOf(resource: Resource): Promise<readonly (string | undefined)[]> {
    return sidsIn((await textOf(resource)) ?? null);
  }

  function sidsIn(text: string | null): readonly (string | undefined)[] {
    return text === null ? [] : statementsOf(parsePolicy(text)).map(({ sid }) => sid);
  }

  /** Plans the removal of these statements with the calls that remove one each. */
  async function removal(resource: Resource, ...sids: readonly string[]): Promise<ChangePlan> {
    const text = await textOf(resource);
    const statements = statementsOf(parsePolicy(text ?? '')).filter(({ sid }) =>
      sids.includes(sid ?? ''),
    );
    const intent: ChangeIntent = { type: 'remove', statements };
    const capabilities = { ...storeOf(resource).capabilities, wholeDocument: 'no' } as const;
    const planning = planChange(resource, text, intent, capabilities);
    assert.ok(planning.possible);
    return planning.plan;
  }

  /** A window that begins a change, makes so many of its calls, and is gone. */
  async function interrupted(
    resource: Resource,
    plan: ChangePlan,
    made: number,
  ): Promise<ChangeRecord> {
    const [way] = plan.ways;
    const journal = changeJournal(
      {
        files: files(),
        window: 'gone',
        // Its heart beats no more.
        clock: { now: () => clock.now(), every: () => () => undefined },
        newId: () => 'the-change',
        heartbeatMs: 5_000,
        onProblem: (error) => assert.fail(String(error)),
      },
      { connection: recordOf('any').connection, resource, what: 'remove' },
    );
    await journal.begin(plan, way);
    for (const call of way.calls.slice(0, made)) {
      const result = await storeOf(resource).apply(resource, call, undefined, signal());
      assert.ok(result.applied, JSON.stringify(result));
    }
    return onDisk();
  }

  async function onDisk(): Promise<ChangeRecord> {
    return (await files().byId('the-change')) ?? assert.fail('no record');
  }

  function context(parts: Partial<RecoveryContext> = {}): RecoveryContext {
    const disk = files();
    return {
      window: 'this window',
      staleMs: 30_000,
      files: { reread: (id) => disk.byId(id), write: (record) => disk.write(record) },
      now: () => clock.now(),
      storeOf: ({ resource }) => Promise.resolve(storeOf(resource)),
      seenSince: () => undefined,
      signal: signal(),
      ...parts,
    };
  }

  /** After half an hour, unless told. */
  function recover(
    record: ChangeRecord,
    parts: Partial<RecoveryContext> = {},
    afterMs = 30 * 60_000,
  ): Promise<Recovery> {
    clock.advance(afterMs);
    return recoverChange(record, context(parts));
  }

  return {
    at,
    clock,
    context,
    files,
    interrupted,
    onDisk,
    recover,
    removal,
    shop,
    sidsOf,
    sidsIn,
    textOf,
  };
}
