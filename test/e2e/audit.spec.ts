import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleRows } from '../audit/sampleFindings';
import { textAt, validSarif } from '../schemas/sarifSchema';
import { audit, filter } from './fixtures/auditing';
import { expect, test } from './fixtures/vscodeTest';
import type { Workbench } from './fixtures/workbench';

test.use({ machineSettings: { 'resourcePolicies.connections': [{ sample: true }] } });

/** Exports in a format, and returns what the file holds. */
async function exported(workbench: Workbench, format: string, file: string): Promise<string> {
  await workbench.runCommand('Resource Policies: Export Findings…');
  await workbench.pick(format);
  await workbench.choosePath('Export Findings', file);
  await workbench.readToast(/^Exported 49 findings to /);
  return readFileSync(file, 'utf8');
}

interface Exported {
  readonly audits: readonly {
    readonly findings: readonly {
      readonly title: string;
      readonly arn: string;
      readonly sid?: string;
      readonly statement?: { readonly index: number };
    }[];
    readonly inventory: readonly {
      readonly arn: string;
      readonly name: string;
      readonly qualifier?: { readonly name: string };
    }[];
  }[];
}

/** As the rows of the view have them. */
function rowsOf({ audits }: Exported): readonly string[] {
  return audits.flatMap(({ findings, inventory }) =>
    findings.map(({ title, arn, sid, statement }) => {
      const resource = inventory.find((one) => one.arn === arn);
      const qualifier = resource?.qualifier ? `:${resource.qualifier.name}` : '';
      const number = statement && `Statement ${statement.index + 1}`;
      const parts = [title, `${resource?.name ?? ''}${qualifier}`, sid ?? number];
      return parts.filter((part) => part !== undefined).join(' · ');
    }),
  );
}

test('every rule finds its own in the sample account and nothing else; exports say so', async ({
  workbench,
  folders,
}) => {
  await audit(workbench);

  await test.step('JSON: all that was found, and nothing else', async () => {
    const file = path.join(folders.home, 'all.json');
    const rows = rowsOf(JSON.parse(await exported(workbench, 'JSON', file)) as Exported);
    const wanted = sampleRows.filter((row) => row.startsWith('  ')).map((row) => row.slice(2));
    expect([...rows].sort()).toEqual([...wanted].sort());
  });

  await test.step('SARIF: by its schema, each place in the policy that it came with', async () => {
    const file = path.join(folders.home, 'all.sarif');
    const { runs } = validSarif(await exported(workbench, 'SARIF', file));
    const [run] = runs;
    expect(run?.results).toHaveLength(49);
    const open = run?.results.find(({ message }) => message.text.startsWith('Everyone may Send'));
    expect(open && run && textAt(run, open)).toBe('"*"');
  });

  await test.step('CSV and HTML', async () => {
    const csv = await exported(workbench, 'CSV of the Findings', path.join(folders.home, 'a.csv'));
    expect(csv.trim().split('\r\n')).toHaveLength(50);
    const html = await exported(workbench, 'HTML Page', path.join(folders.home, 'a.html'));
    expect(html).toContain('partner-inbox');
    expect(html).not.toMatch(/<script|src=|href="http/);
  });

  await test.step('policies saved twice are compared in the diff editor of VS Code', async () => {
    const save = async (name: string) => {
      const folder = path.join(folders.home, name);
      mkdirSync(folder);
      await workbench.runCommand('Resource Policies: Save Policies to Folder…');
      await workbench.choosePath('Save Policies', folder);
      await workbench.readToast(/^Saved \d+ policies to /);
      return path.join(folder, '123456789012', 'eu-west-1');
    };
    const [older, newer] = [await save('older'), await save('newer')];
    const inbox = path.join('sqs', 'queue', 'partner-inbox.json');
    expect(readFileSync(path.join(older, inbox), 'utf8')).toContain('everyone-may-send');
    // As if somebody had changed it in between.
    writeFileSync(path.join(newer, inbox), '{}\n');
    await workbench.runCommand('Resource Policies: Compare Saved Policies…');
    await workbench.choosePath('Which Is the Older?', older);
    await workbench.choosePath('Which Is the Newer?', newer);
    await workbench.readToast(/^1 policy differs/);
    const entry = workbench.page.locator('.multiDiffEntry').first();
    await expect(entry).toContainText('partner-inbox.json/sqs/queue');
    // One policy at two moments, not one that was moved.
    await expect(entry.locator('.header')).not.toContainText(/older|newer/);
  });
});

/** What the findings of a resource are mended by, with what the question says. */
const fixes = [
  {
    resource: 'deploy-helper',
    finding: /Account 567890123456 may UpdateFunctionCode/,
    fix: /Remove the Statement/,
    asks: 'agency-deploys',
    answer: 'Remove',
  },
  {
    resource: 'shipping-labels',
    finding: /Account 456789012345 may ReceiveMessage/,
    fix: /Take Account 456789012345 Out/,
    asks: 'Take Account 456789012345 out of "courier" of queue shipping-labels?',
    answer: 'Take Out',
  },
  {
    resource: 'geo-lookup',
    finding: /The URL is allowed, the call through it is not/,
    fix: /Add the Missing Permission/,
    asks: 'UrlForAnySignedCaller-call',
    answer: 'Add',
  },
  {
    resource: 'secret-rotation',
    finding: /Anybody's resources get in/,
    fix: /Add a Condition/,
    asks: 'Add a condition to "SecretsManagerAccess" of function secret-rotation?',
    answer: 'Add',
  },
] as const;

test('each fix is shown before it is made, takes the finding away, and is undone', async ({
  workbench,
}) => {
  test.slow();
  await audit(workbench);
  await workbench.openPane('History');
  for (const { resource, finding, fix, asks, answer } of fixes) {
    await test.step(`${resource}: ${fix.source}`, async () => {
      await filter(workbench, resource);
      await workbench.contextMenu(finding, 'Fix Finding…');
      await workbench.pick(fix);
      await expect(workbench.dialog).toContainText(asks);
      await workbench.answer(answer);
      await expect(workbench.row(finding)).toHaveCount(0);
      await workbench.runCommand('Resource Policies: Undo Change…');
      await workbench.pick(new RegExp(resource));
      await workbench.answer('Undo');
      await expect(workbench.row(finding)).toBeVisible();
      await workbench.page.keyboard.press('Escape');
    });
  }
});

test('somebody is taken out everywhere, and marks go with what they were about', async ({
  workbench,
}) => {
  await audit(workbench);
  const page = workbench.webview;
  await workbench.expand('Lambda functions');
  const row = workbench.row(/^partner-orders/).first();
  await expect(row.locator('.monaco-icon-label')).toHaveClass(/monaco-decoration/);

  await filter(workbench, '456789012345');
  await workbench.clickRow(/Account 456789012345 may ReceiveMessage/);
  const mark = page.getByTestId('found').filter({ hasText: '456789012345' });
  await expect(mark).toHaveClass(/found-medium/);

  await workbench.runCommand('Resource Policies: Revoke Everywhere…');
  await workbench.pick(/^Account 456789012345/);
  await expect(workbench.dialog).toContainText('Take the access of Account 456789012345 out of 3');
  await expect(workbench.dialog).toContainText('partner-inbox · everyone-may-send: everyone');
  await workbench.answer('Revoke');
  await workbench.readToast(/^Account 456789012345 was taken out of 3 policies/);
  await expect(workbench.row(/456789012345/)).toHaveCount(0);
  await expect(mark).toHaveCount(0);
});
