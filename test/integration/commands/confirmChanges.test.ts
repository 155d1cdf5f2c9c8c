import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmChanges } from '../../../src/commands/change/confirmChange';
import type { PlannedChange } from '../../../src/commands/change/plannedChange';
import type { CommandDeps } from '../../../src/commands/deps';
import type { ChangeIntent } from '../../../src/core/plan';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import { functionNamed, queueNamed } from '../../aws/stores';
import { removalOf } from '../../core/planning';
import { place, planFor, policyFor, statementFor } from '../words/plans';

const shop = functionNamed('shop');
const jobs = queueNamed('jobs');

suite('the question before a change', () => {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showWarningMessage } = window;
  let texts: PolicyTexts | undefined;
  /** What was asked, and the buttons that are pressed, in order. */
  let asked: { message: string; detail: string; buttons: readonly unknown[] }[] = [];
  let answers: (string | undefined)[] = [];
  let severalAccounts = false;
  // One for all: VS Code may still hold a document of the same address.
  suiteSetup(() => (texts = new PolicyTexts()));
  suiteTeardown(() => texts?.dispose());
  setup(() => {
    [asked, answers, severalAccounts] = [[], [], false];
    window.showWarningMessage = (message: string, ...rest: readonly unknown[]) => {
      const [options] = rest;
      const isModal = typeof options === 'object' && options !== null;
      const detail = isModal ? (options as { detail: string }).detail : '';
      asked.push({ message, detail, buttons: isModal ? rest.slice(1) : rest });
      return Promise.resolve(answers.shift());
    };
  });
  teardown(async () => {
    window.showWarningMessage = showWarningMessage;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const connection = {
    config: { type: 'aws', name: place.connection, region: 'eu-west-1' },
    currentIdentity: { state: 'known', accountId: place.account },
  };
  const confirm = (planned: readonly PlannedChange[], notes: readonly string[] = []) =>
    confirmChanges(
      {
        texts,
        connections: { haveSeveralAccounts: severalAccounts, all: [connection] },
      } as unknown as CommandDeps,
      planned,
      { notes },
    );

  function planned(resource: typeof shop | typeof jobs, text: string, intent: ChangeIntent) {
    const plan = planFor(resource, text, intent);
    const what = intent.type === 'remove' ? 'remove' : 'add';
    const wanted = { connectionId: 'c', resource, intent, what };
    return { plan, place, wanted, connection } as unknown as PlannedChange;
  }

  const text = policyFor(statementFor(shop, 'one'), statementFor(shop, 'two'));
  const removal = () => planned(shop, text, removalOf(text, 0));

  test('yes is yes, and anything else is no', async () => {
    answers = ['Remove', undefined];
    assert.equal(await confirm([removal()]), true);
    assert.equal(await confirm([removal()]), false);
    assert.deepEqual(asked[0]?.buttons, ['Remove', 'Copy As…']);
  });

  test('among several accounts the one that is meant comes first', async () => {
    severalAccounts = true;
    await confirm([removal()]);
    await confirm([
      removal(),
      planned(
        jobs,
        policyFor(statementFor(jobs, 'a')),
        removalOf(policyFor(statementFor(jobs, 'a')), 0),
      ),
    ]);
    const where = `Account ${place.account} (${place.connection}): `;
    assert.deepEqual(
      asked.map(({ message }) => message.startsWith(where)),
      [true, true],
    );
  });

  test('who looks at all of it first is asked again', async () => {
    const accounts = Array.from(
      { length: 50 },
      (_, at) => `arn:aws:iam::2109876543${10 + at}:root`,
    );
    const added = statementFor(jobs, 'new', { Principal: { AWS: accounts } });
    const old = policyFor(statementFor(jobs, 'old'));
    const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(added)] };
    answers = ['Show All', 'Continue…', 'Add'];
    assert.equal(await confirm([planned(jobs, old, intent)]), true);
    const [question, goOn, again] = asked;
    // Cut where there is no more room: then the rest can be seen, and the end is there.
    assert.match(question?.detail ?? '', /…\n\nRequest: sqs:SetQueueAttributes/);
    assert.equal(goOn?.message, 'Add the permission "new" to queue jobs?');
    assert.equal(again?.detail, question?.detail);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    for (const account of accounts) assert.ok(shown.includes(account), account);
  });

  test('who does not go on after that has said no', async () => {
    answers = ['Show All', undefined];
    assert.equal(await confirm([removal(), removal()]), false);
    assert.equal(asked.length, 2);
  });

  test('what cannot be done takes no room from what can: counted, and all in Show All', async () => {
    const notes = Array.from(
      { length: 6 },
      (_, at) => `Could not remove "x" from f${at}. Because.`,
    );
    answers = ['Show All'];
    await confirm([removal(), removal()], notes);
    const [question] = asked;
    const lines = question?.detail.split('\n') ?? [];
    assert.equal(lines[0], 'Account: 123456789012 · prod-admin · eu-west-1');
    assert.equal(lines[1], '6 more changes cannot be made, or need not be; "Show All" says why.');
    assert.equal(lines.filter((line) => line.includes('− one')).length, 2);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    for (const note of notes) assert.ok(shown.includes(note), note);
  });

  test('what was typed on an edited policy does not push the gravest warning down', async () => {
    const deny = statementFor(shop, 'no', { Effect: 'Deny' });
    const base = policyFor(deny, statementFor(shop, 'two'));
    const change = planned(shop, base, removalOf(base, 0));
    await confirm([change], ['You changed "two", which they removed: it comes back.']);
    assert.match(asked[0]?.detail ?? '', /^This WIDENS access/);
  });
});
