import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connectionsSetting } from '../connections/connectionsSetting';
import { eventually } from '../eventually';

suite('ConfigValue', () => {
  const setting = connectionsSetting();

  test('reads the default, writes, and tells of every change', async () => {
    const { value } = setting;
    const heard: unknown[] = [];
    value.onDidChange(() => heard.push(value.get()));
    assert.deepEqual(value.get(), []);
    await value.set([{ region: 'eu-west-1' }]);
    await eventually(() => assert.deepEqual(heard, [[{ region: 'eu-west-1' }]]));
    await value.set(undefined);
    await eventually(() => assert.deepEqual(heard.at(-1), []));
  });

  test('does not hear of other settings, nor after it was disposed', async () => {
    const { value } = setting;
    let heard = 0;
    value.onDidChange(() => heard++);
    const other = vscode.workspace.getConfiguration('editor');
    await other.update('tabSize', 3, vscode.ConfigurationTarget.Global);
    await other.update('tabSize', undefined, vscode.ConfigurationTarget.Global);
    value.dispose();
    await value.set([{ sample: true }]);
    assert.equal(heard, 0);
  });
});
