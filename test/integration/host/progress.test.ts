import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ReportStep } from '../../../src/host/progress';
import { withNotification } from '../../../src/host/progress';
import { eventually } from '../eventually';

interface Shown {
  readonly title: string | undefined;
  readonly steps: { readonly message?: string; readonly increment?: number }[];
  readonly cancel: () => void;
  ended: boolean;
}

suite('progress as a notification', () => {
  const original = vscode.window.withProgress;
  let shown: Shown[] = [];

  setup(() => {
    shown = [];
    vscode.window.withProgress = async (options, task) => {
      const source = new vscode.CancellationTokenSource();
      const steps: Shown['steps'] = [];
      const { title } = options;
      const one: Shown = { title, steps, cancel: () => source.cancel(), ended: false };
      shown.push(one);
      const result = await task({ report: (step) => steps.push(step) }, source.token);
      one.ended = true;
      return result;
    };
  });
  teardown(() => {
    vscode.window.withProgress = original;
  });

  const theOnly = () =>
    eventually(() => {
      const [one] = shown;
      assert.ok(one && shown.length === 1);
      return one;
    });

  test('is not shown for work that is done soon', async () => {
    const soon = () => sleep(100, 7);
    assert.equal(await withNotification('Soon done', soon), 7);
    const fails = () => soon().then(() => Promise.reject(new Error('no')));
    await assert.rejects(withNotification('Soon failed', fails), /no/);
    // Theirs would come before that of work that is begun after them.
    let end: () => void = () => undefined;
    const done = withNotification('Long', () => new Promise<void>((resolve) => (end = resolve)));
    assert.equal((await theOnly()).title, 'Long');
    end();
    await done;
  });

  test('shows where work is that takes long: what was before, and what comes', async () => {
    let end: (value: string) => void = () => undefined;
    let report: ReportStep = () => undefined;
    const done = withNotification('Changing', (given) => {
      report = given;
      report({ message: '1 of 4', increment: 25 });
      report({ increment: 25 });
      return new Promise<string>((resolve) => (end = resolve));
    });
    const one = await theOnly();
    assert.equal(one.title, 'Changing');
    assert.deepEqual(one.steps, [{ message: '1 of 4', increment: 50 }]);
    report({ message: '3 of 4', increment: 25 });
    assert.deepEqual(one.steps[1], { message: '3 of 4', increment: 25 });
    end('done');
    assert.equal(await done, 'done');
    await eventually(() => assert.ok(one.ended));
  });

  test('cancels the work, which says itself how it ends', async () => {
    const done = withNotification(
      'Changing',
      (_, token) =>
        new Promise<boolean>((resolve) => {
          token.onCancellationRequested(() => resolve(token.isCancellationRequested));
        }),
    );
    (await theOnly()).cancel();
    assert.equal(await done, true);
  });

  test('closes when work fails that took long; the failure is the caller’s', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const done = withNotification(
      'Changing',
      () => new Promise<void>((_, reject) => (fail = reject)),
    );
    const one = await theOnly();
    fail(new Error('late'));
    await assert.rejects(done, /late/);
    await eventually(() => assert.ok(one.ended));
  });
});
