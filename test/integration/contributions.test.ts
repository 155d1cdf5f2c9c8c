import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commandIds, deleteKey, viewIds } from '../../src/contributions';
import { connectionsSetting } from './connections/connectionsSetting';
import { eventually } from './eventually';
import { recordMessages } from './recordMessages';

const extensionId = 'resource-policies.aws-resource-policies';
const run = (command: string, ...args: readonly unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

suite('what the extension contributes', () => {
  const setting = connectionsSetting();
  const messages = recordMessages();

  suiteSetup(() => vscode.extensions.getExtension(extensionId)?.activate());
  suiteTeardown(() => run('workbench.action.closeSidebar'));

  test('registers exactly the commands that are declared', async () => {
    const own = (await vscode.commands.getCommands(true)).filter(
      (id) =>
        id.startsWith('resourcePolicies.') &&
        // VS Code makes some for each view, to focus it and the like.
        !Object.values(viewIds).some((view) => id.startsWith(`${view}.`)),
    );
    assert.deepEqual(own.sort(), [...commandIds].sort());
  });

  test('has its views', async () => {
    const all = await vscode.commands.getCommands(true);
    for (const view of Object.values(viewIds)) assert.ok(all.includes(`${view}.focus`), view);
    assert.ok(all.includes('workbench.view.extension.resourcePolicies'));
  });

  test('opens the sample account by its command, once, and its tree reads', async () => {
    await run('resourcePolicies.openSampleAccount');
    await run('resourcePolicies.openSampleAccount');
    assert.deepEqual(setting.value.get(), [{ sample: true }]);
    // As by keyboard: to the first function, into it, to its first statement.
    await eventually(async () => {
      // Each time: what else the workbench shows may have taken the focus since.
      await run('resourcePolicies.resources.focus');
      await openRow(1);
      await openRow(2);
      await focusRow(3);
      messages.length = 0;
      // As the Delete key does.
      await run('resourcePolicies.removePermission', deleteKey.onRow);
      const question =
        'Remove the permission "iot-rule-bike-position" from function bike-telemetry?';
      assert.deepEqual(messages, [question]);
    }, 90_000);
  });
});

async function focusRow(place: number): Promise<void> {
  await run('list.focusFirst');
  for (let row = 0; row < place; row++) await run('list.focusDown');
}

async function openRow(place: number): Promise<void> {
  await focusRow(place);
  await run('list.expand');
  // Until it is drawn: the key would open and close whatever stands in that place before.
  await sleep(1_500);
}
