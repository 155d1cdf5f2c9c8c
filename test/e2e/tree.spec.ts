import { expect, test } from './fixtures/accountTest';
import { functionsOnPages } from './fixtures/testAccount';

/**
 * Rows of resources without what is said behind them: an open one says it itself by its rows, so
 * VS Code is told only when the row is drawn anew anyway.
 */
function withoutCounts(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replace(/^( {4}[\w-]+) · .*$/, '$1'));
}

test('all three kinds, each policy in words', async ({ workbench, wire }) => {
  await workbench.openView('Resource Policies');
  await expect(workbench.row('SQS queues')).toBeVisible();
  await expect(workbench.row(/123456789012/)).toBeVisible();
  expect(wire.requests.map(({ operation }) => operation)).toEqual(['STS.GetCallerIdentity']);
  for (const label of ['Lambda functions', 'shop', 'live', 'Versions', 'Version 2']) {
    await workbench.expand(label);
  }
  await expect
    .poll(async () => withoutCounts(await workbench.rowTexts()))
    .toEqual([
      `default credentials · eu-west-1 · not AWS · 123456789012 · ${new URL(wire.endpoint).host}`,
      '  Lambda functions · 6',
      '    bare',
      '    broken',
      '    empty',
      '    odd',
      '    seasoned',
      '    shop',
      '      AllowS3 · Amazon S3 → InvokeFunction',
      '      AllowEvents · Amazon EventBridge → InvokeFunction',
      '      DenyStranger · Deny: Account 999988887777 → InvokeFunction',
      '      live · → version 2 · 2 statements',
      '        AllowApi · Amazon API Gateway → InvokeFunction',
      '        AllowSns · Amazon SNS → InvokeFunction',
      '      Versions · 3',
      '        Version 3 · no policy',
      '        Version 2 · 3 statements',
      '          AllowLogs · Amazon CloudWatch Logs → InvokeFunction',
      '          AllowPartner · Account 210987654321 → InvokeFunction',
      '          AllowRole · Role caller of 210987654321 → InvokeFunction',
      '        Version 1 · no policy',
      '  Lambda layers',
      '  SQS queues',
    ]);
  await workbench.collapse('Lambda functions');
  for (const label of ['Lambda layers', 'common', 'Version 2', 'SQS queues', 'jobs', 'idle']) {
    await workbench.expand(label);
  }
  await expect
    .poll(async () => withoutCounts(await workbench.rowTexts()).slice(2))
    .toEqual([
      '  Lambda layers · 1',
      '    common',
      '      Version 2 · 2 statements',
      '        Partner · Account 210987654321 → GetLayerVersion',
      '        Organization · Organization o-a1b2c3d4e5 → GetLayerVersion',
      '      Version 1 · no policy',
      '  SQS queues · 2',
      '    idle',
      '      No policy · nobody is let in by the resource itself',
      '    jobs',
      '      Producers · Account 210987654321 → SendMessage',
      '      Consumers · Account 999988887777 → ReceiveMessage',
    ]);
  const tooltip = await workbench.tooltip('Organization');
  await expect(tooltip).toContainText('Allows Organization o-a1b2c3d4e5: lambda:GetLayerVersion');
  await expect(tooltip).toContainText('aws:PrincipalOrgID is "o-a1b2c3d4e5"');
  await expect(tooltip).toContainText('"StringEquals"');
});

test('no policy, an empty one, a broken one and one that could not be read', async ({
  workbench,
  wire,
}) => {
  const end = wire.addFault({
    operation: 'Lambda.GetPolicy',
    match: ({ path }) => path.includes('odd/'),
    answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'not for you' },
  });
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');
  for (const name of ['bare', 'broken', 'empty', 'odd']) await workbench.expand(name);
  await expect
    .poll(async () =>
      withoutCounts(await workbench.rowTexts()).filter((text) => !/Versions/.test(text)),
    )
    .toEqual([
      `default credentials · eu-west-1 · not AWS · 123456789012 · ${new URL(wire.endpoint).host}`,
      '  Lambda functions · 6',
      '    bare',
      '      No policy · nobody is let in by the resource itself',
      '    broken',
      '      The policy is not valid JSON: InvalidSymbol at line 1, column 17 · Open the policy to see its text.',
      '    empty',
      '      Empty policy · a policy without statements',
      '    odd',
      '      Could not be read: access denied to lambda:GetPolicy · Ask for the IAM permission lambda:GetPolicy, then refresh.',
      '    seasoned',
      '    shop',
      '  Lambda layers',
      '  SQS queues',
    ]);
  end();
  await workbench.inlineAction(/Could not be read/, 'Refresh');
  await expect(workbench.row('Odd')).toBeVisible();
  await expect(workbench.row(/Could not be read/)).toBeHidden();

  for (const name of ['bare', 'broken', 'empty']) await workbench.collapse(name);
  await test.step('many versions: those with a policy stand out, none is left out', async () => {
    await workbench.collapse('odd');
    await workbench.expand('seasoned');
    await workbench.expand('Versions');
    await expect
      .poll(async () => (await workbench.rowTexts()).filter((text) => /ersions?\b/.test(text)), {
        timeout: 90_000,
      })
      .toEqual([
        '      Versions · 60',
        '        Version 58 · 1 statement',
        '        Version 7 · 1 statement',
        '        58 versions without a policy',
      ]);
    await workbench.expand('Version 7');
    await expect(workbench.row('Old')).toBeVisible();
  });
});

test.describe('a long list', () => {
  test.use({ seed: functionsOnPages(220) });

  test('appears page by page, and is filtered by name', async ({ workbench, wire }) => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    wire.addFault({
      operation: 'Lambda.ListFunctions',
      skip: 1,
      times: 1,
      answer: { type: 'before', run: () => released },
    });
    await workbench.openView('Resource Policies');
    await workbench.expand('Lambda functions');
    await expect(workbench.row('function-000')).toBeVisible();
    await expect(workbench.row(/Lambda functions/)).toContainText('50…');
    release();
    await expect(workbench.row(/Lambda functions/)).toContainText('220');

    await workbench.runCommand('Resource Policies: Filter by Name…');
    await workbench.enter('Function-21');
    await expect
      .poll(async () => (await workbench.rowTexts()).filter((text) => /function-/.test(text)))
      .toEqual(Array.from({ length: 10 }, (_, index) => `    function-21${index}`));
    await expect(workbench.page.getByText('Filter: Function-21')).toBeVisible();

    await workbench.contextMenu('function-217', 'Copy ARN');
    await expect
      .poll(() => workbench.clipboard())
      .toBe('arn:aws:lambda:eu-west-1:123456789012:function:function-217');
    await workbench.runCommand('Resource Policies: Clear Filter');
    await expect(workbench.row('function-000')).toBeVisible();
  });
});
