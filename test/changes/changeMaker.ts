// A process that makes one change with a history on the disk, to be killed while it does. Its
// argument is an `Order` as JSON. Says "ready" when it has read the policy, and goes on when it is
// told anything.
import { once } from 'node:events';
import { openAws } from '../../src/aws/openAws';
import { applyChange } from '../../src/changes/applyChange';
import type { FixedAccess } from '../../src/core/awsAccess';
import type { PolicyStore } from '../../src/core/policyStore';
import { changeJournal, recordId } from '../../src/history/changeJournal';
import { systemClock } from '../../src/history/clock';
import { RecordFiles } from '../../src/history/recordFiles';
import { changeRows } from './changeRows';

export interface Order {
  readonly access: FixedAccess;
  readonly folder: string;
  /** A row of `changeRows`. */
  readonly target: string;
  readonly name: string;
}

async function make({ access, folder, target, name }: Order): Promise<void> {
  const row = changeRows.find((each) => each.target === target && each.name === name);
  if (!row) throw new Error(`There is no row ${target}: ${name}.`);
  const { resource, intent } = row;
  const store = openAws(() => undefined).open(access).stores[resource.kind] as PolicyStore;
  row.prepare?.(store);
  const { signal } = new AbortController();
  const journal = changeJournal(
    {
      files: new RecordFiles(folder),
      window: `killed-${process.pid}`,
      clock: systemClock,
      newId: () => recordId(Date.now(), String(process.pid)),
      heartbeatMs: 5_000,
      onProblem: (error) => {
        throw error;
      },
    },
    { connection: { id: 'c', title: 'c' }, resource, what: 'edit' },
  );
  const base = await store.read(resource, { signal });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const wait = () => Promise.resolve(true);
  const outcome = await applyChange({ store, resource, journal, signal, wait }, base, intent);
  process.stdout.write(`${outcome.type}\n`);
  process.exit();
}

make(JSON.parse(process.argv[2] ?? '') as Order).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
