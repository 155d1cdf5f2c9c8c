// Runs inside an extension host (`largeAccount.mjs` starts it): what 10,000 functions and 10,000
// queues in the Resources view add to the heap, and how soon 5,000 profiles are there to choose from.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import * as vscode from 'vscode';

const { BENCH_ENV = '{}', BENCH_PAGES = '', BENCH_RESULTS = '' } = process.env;

export async function run(): Promise<void> {
  Object.assign(process.env, JSON.parse(BENCH_ENV));
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const command = (id: string) => vscode.commands.executeCommand(id);
  const setting = vscode.workspace.getConfiguration('resourcePolicies');
  await setting.update('connections', [{ region: 'eu-west-1' }], vscode.ConfigurationTarget.Global);
  await command('resourcePolicies.resources.focus');
  await sleep(8_000);
  const heap = async () => {
    // What was just read is let go only after the turn that read it.
    for (let turn = 0; turn < 5; turn++) {
      collect();
      await sleep(200);
    }
    return process.memoryUsage().heapUsed;
  };

  const pickerMs = await timePicker();
  const before = await heap();
  // The connection is open; its functions are the row below it, its queues the third.
  for (const row of [3, 1]) {
    await command('resourcePolicies.resources.focus');
    await sleep(500);
    await command('list.focusFirst');
    for (let step = 0; step < row; step++) await command('list.focusDown');
    await command('list.expand');
    await sleep(2_000);
  }
  const deadline = Date.now() + 120_000;
  while (readFileSync(BENCH_PAGES, 'utf8') !== 'all') {
    if (Date.now() > deadline)
      throw new Error(`Not all was listed: ${readFileSync(BENCH_PAGES, 'utf8')}.`);
    await sleep(300);
  }
  await sleep(8_000);
  const after = await heap();
  writeFileSync(BENCH_RESULTS, JSON.stringify({ before, after, pickerMs }));
}

/** From the command to the moment in which VS Code has the profiles, the second time as well. */
async function timePicker(): Promise<readonly number[]> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window.showQuickPick;
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error('The list of profiles did not come.')), 20_000);
      window.showQuickPick = async (items: Promise<readonly unknown[]>) => {
        const { length } = await items;
        times.push(performance.now() - began);
        if (length < 5_000) reject(new Error(`${length} items are too few.`));
        else resolve();
        return undefined;
      };
      void vscode.commands.executeCommand('resourcePolicies.addConnection');
    });
  }
  window.showQuickPick = original;
  return times;
}
