import type { Locator } from '@playwright/test';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import type { FaultProxy } from '../faults/faultProxy';
import { expect, sids, test } from './fixtures/accountTest';
import type { Workbench } from './fixtures/workbench';

interface Policy {
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

const policyOf = (account: SampleAccount) => account.state().functions[0]?.policies['']?.text ?? '';

/** What was sent that changes a policy. */
const writes = (wire: FaultProxy) =>
  wire.requests
    .map(({ operation }) => operation)
    .filter((operation) => /(Put|Delete)ResourcePolicy|(Add|Remove)Permission/.test(operation));

const draftSaved = 'Draft of the policy of function shop saved; nothing was sent to AWS.';

async function openShop(workbench: Workbench): Promise<Locator> {
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  await workbench.contextMenu('shop', 'Edit Policy');
  await expect(workbench.tab(/shop\.json/)).toBeVisible();
  const editor = workbench.page.locator('.editor-instance .monaco-editor .view-lines').first();
  await expect(editor).toContainText('"Sid": "AllowS3"');
  return editor;
}

/**
 * Puts a text in place of the whole document: pasted, since the editor completes what is typed.
 * `shown` is what of it is seen then; a paste that comes while the editor takes the focus is lost.
 */
async function write(
  workbench: Workbench,
  editor: Locator,
  text: string,
  shown: string,
): Promise<void> {
  await expect(async () => {
    await workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await editor.click({ timeout: 8_000 });
    await workbench.press('Control+A', 'Control+V');
    // Nothing is selected any more: the cursor stands behind what was pasted.
    const place = new RegExp(`^Ln ${text.split('\n').length}, Col \\d+$`);
    await expect(workbench.page.getByText(place)).toBeVisible({ timeout: 8_000 });
    await workbench.press('Control+Home');
    await expect(editor).toContainText(shown, { timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
}

/**
 * Waits until the end of the document shows a text. An editor draws only what it is scrolled to,
 * and a document that is read anew may leave it scrolled to its last line alone.
 */
async function endShows(workbench: Workbench, editor: Locator, text: string): Promise<void> {
  await expect(async () => {
    await editor.click({ timeout: 8_000 });
    await workbench.press('Control+Home', 'Control+End');
    await expect(editor).toContainText(text, { timeout: 4_000 });
  }).toPass({ timeout: 60_000 });
}

/**
 * Saves the draft by hand. A save that meets one by VS Code itself is that one, and nothing is said
 * of it: VS Code shows a tab as saved already while it saves.
 * @returns the message about it
 */
async function saveByHand(workbench: Workbench): Promise<Locator> {
  const said = workbench.toast(draftSaved).first();
  await expect(async () => {
    await workbench.press('Control+S');
    await expect(said).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
  return said;
}

const typing = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.quickSuggestions': { strings: 'off', other: 'off', comments: 'off' },
};

test.describe('saved by VS Code itself', () => {
  test.use({ userSettings: { ...typing, 'files.autoSave': 'afterDelay' } });

  test('a policy is edited, kept as a draft, compared and applied', async ({
    workbench,
    account,
    wire,
  }) => {
    const before = policyOf(account);
    const policy = JSON.parse(before) as Policy;
    const editor = await openShop(workbench);
    const { page } = workbench;

    await test.step('what AWS would refuse is marked, and not sent', async () => {
      const wrong = before.replace('"Effect":"Allow"', '"Effect":"allow"');
      await write(workbench, editor, JSON.stringify(JSON.parse(wrong), undefined, 2), '"allow"');
      await expect(page.locator('.squiggly-error').first()).toBeVisible();
      // It saves itself, and says nothing.
      await expect(page.locator('.tab.active.dirty')).toHaveCount(0);
      await expect(workbench.toasts).toHaveCount(0);
      await editor.click();
      const toast = await saveByHand(workbench);
      await toast.getByRole('button', { name: 'Apply…' }).click();
      await workbench.readToast(/Not sent: "Effect" is "Allow" or "Deny"/);
      expect(writes(wire)).toEqual([]);
    });

    const edited = {
      ...policy,
      Statement: policy.Statement.map((statement) =>
        statement.Sid === 'AllowEvents' ? { ...statement, Sid: 'AllowNightly' } : statement,
      ),
    };

    await test.step('the draft outlives the window', async () => {
      await write(workbench, editor, JSON.stringify(edited, undefined, 2), 'AllowNightly');
      await expect(page.locator('.squiggly-error')).toHaveCount(0);
      await saveByHand(workbench);
      await workbench.reload();
      await expect(editor).toContainText('AllowNightly');
      expect(writes(wire)).toEqual([]);
      expect(policyOf(account)).toBe(before);
    });

    await test.step('both are shown, and one write makes it so', async () => {
      await editor.click();
      await workbench.runCommand('Resource Policies: Apply…');
      await expect(page.locator('.monaco-diff-editor').first()).toBeVisible();
      await expect(workbench.dialog).toContainText('Apply the edited policy to function shop?');
      await workbench.answer('Apply');
      const wrote = workbench.toast(/^Wrote the policy of function shop, and verified it/);
      await expect(wrote).toBeVisible();
      expect(writes(wire)).toEqual(['Lambda.PutResourcePolicy']);
      // In one line, as it was, and nothing else is different.
      expect(policyOf(account)).toBe(JSON.stringify(edited));
      await expect(page.locator('.monaco-diff-editor')).toHaveCount(0);
      await expect(editor).toContainText('AllowNightly');
      // At once: the message goes after some seconds.
      await wrote.getByRole('button', { name: 'Undo' }).click();
      await expect(workbench.dialog).toContainText('Undo the change to function shop?');
      await workbench.answer('Undo');
      await workbench.readToast(/^Undid the change to function shop/);
      await workbench.runCommand('Resource Policies: Open Policy Draft…');
      await workbench.readToast('There are no drafts.');
      // Byte for byte, and the open document follows.
      expect(policyOf(account)).toBe(before);
      await expect(editor).toContainText('AllowEvents');
    });
  });
});

test.describe('saved by hand', () => {
  test.use({ userSettings: { ...typing, 'files.autoSave': 'off' } });

  test('what others changed meanwhile is never overwritten unseen', async ({
    workbench,
    account,
    wire,
  }) => {
    const editor = await openShop(workbench);
    const { page } = workbench;
    /** Somebody else's call, straight to the account. */
    const addElsewhere = async (StatementId: string) => {
      const authorization = wire.requests[0]?.headers.authorization ?? '';
      const answer = await fetch(`${account.endpoint}/2015-03-31/functions/shop/policy`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({
          StatementId,
          Action: 'lambda:InvokeFunction',
          Principal: '999988887777',
        }),
      });
      expect(answer.ok).toBe(true);
    };

    await test.step('it is read anew while there are unsaved changes: saving goes on', async () => {
      const mine = policyOf(account).replace('"Sid":"AllowS3"', '"Sid":"Mine"');
      await write(workbench, editor, JSON.stringify(JSON.parse(mine), undefined, 2), '"Mine"');
      await expect(page.locator('.tab.active.dirty')).toHaveCount(1);
      await addElsewhere('Meanwhile');
      const reads = () => wire.requests.filter(({ path }) => /shop\/policy$/.test(path)).length;
      const before = reads();
      await workbench.contextMenu('shop', 'Refresh');
      await expect.poll(reads).toBeGreaterThan(before);
      await expect(editor).not.toContainText('Meanwhile');
      await editor.click();
      await workbench.press('Control+S');
      await workbench.readToast(draftSaved);
      await expect(page.locator('.tab.active.dirty')).toHaveCount(0);
      expect(writes(wire)).toEqual([]);
    });

    await test.step('theirs can be looked at; the draft stays', async () => {
      await workbench.runCommand('Resource Policies: Apply…');
      await expect(workbench.dialog).toContainText(
        'The policy of function shop was changed since you began to edit it.',
      );
      await expect(workbench.dialog).toContainText('+ Meanwhile: Account 999988887777');
      await workbench.answer('Show Theirs');
      await expect(workbench.tab(/function shop: on AWS ↔ edited/)).toBeVisible();
      await expect(page.locator('.monaco-diff-editor').first()).toContainText('"Mine"');
      expect(writes(wire)).toEqual([]);
    });

    await test.step('mine on top of theirs, seen before it is sent', async () => {
      await workbench.runCommand('Resource Policies: Apply…');
      await workbench.answer('Keep Mine on Top');
      await expect(workbench.dialog).toContainText('Apply the edited policy to function shop?');
      // Once more, while the question is open.
      await addElsewhere('AtTheLastMoment');
      await workbench.answer('Apply');
      await expect(workbench.dialog).toContainText('+ AtTheLastMoment');
      await workbench.answer('Keep Mine on Top');
      await expect(workbench.dialog).toContainText('Apply the edited policy to function shop?');
      await workbench.answer('Apply');
      await workbench.readToast(/^Wrote the policy of function shop/);
      expect(sids(policyOf(account))).toEqual([
        'Mine',
        'AllowEvents',
        'DenyStranger',
        'Meanwhile',
        'AtTheLastMoment',
      ]);
      await expect(page.locator('.tab.active.dirty')).toHaveCount(0);
    });

    await test.step('an open document without changes follows when all is read anew', async () => {
      await addElsewhere('WhileItWasOpen');
      await workbench.runCommand('Resource Policies: Refresh');
      await endShows(workbench, editor, 'WhileItWasOpen');
    });

    await test.step('and when the list that its row is in is read anew', async () => {
      await addElsewhere('AfterThat');
      await workbench.contextMenu('Lambda functions', 'Refresh');
      await endShows(workbench, editor, 'AfterThat');
    });
  });
});
