import { expect, test } from './fixtures/accountTest';
import { accountId, region } from './fixtures/testAccount';

const lambda = `arn:aws:lambda:${region}:${accountId}`;
const console = `https://${region}.console.aws.amazon.com`;

/** What is typed, what it is taken for, the tab that opens, and the row that is shown. */
const forms: readonly (readonly [text: string, says: string, tab: RegExp, row: RegExp])[] = [
  ['shop', 'Function shop', /: shop$/, /^shop/],
  ['shop:live', 'Function shop, qualifier live', /: shop:live$/, /^live/],
  [`${accountId}:function:shop:2`, 'Function shop, qualifier 2', /: shop:2$/, /^Version 2/],
  [`${lambda}:function:shop:live`, 'Function shop, qualifier live', /: shop:live$/, /^live/],
  [`${lambda}:layer:common:2`, 'Layer common, version 2', /: common:2$/, /^Version 2/],
  [`arn:aws:sqs:${region}:${accountId}:jobs`, 'Queue jobs', /: jobs$/, /^jobs/],
  [`https://sqs.${region}.amazonaws.com/${accountId}/idle`, 'Queue idle', /: idle$/, /^idle/],
  [
    `${console}/lambda/home?region=${region}#/functions/odd?tab=configuration`,
    'Function odd',
    /: odd$/,
    /^odd/,
  ],
  [
    `${console}/sqs/v3/home?region=${region}#/queues/${encodeURIComponent(
      `https://sqs.${region}.amazonaws.com/${accountId}/jobs`,
    )}`,
    'Queue jobs',
    /: jobs$/,
    /^jobs/,
  ],
];

test('every form of a name leads to its policy, and shows its row', async ({ workbench }) => {
  await workbench.openView('Resource Policies');
  await expect(workbench.row(/default credentials/)).toContainText(accountId);
  for (const [text, says, tab, row] of forms) {
    await test.step(text, async () => {
      await workbench.runCommand('Resource Policies: Go to Resource…');
      await workbench.quickBox.fill(text);
      await expect(workbench.quickOptions.first()).toContainText(says);
      await workbench.press('Enter');
      await expect(workbench.tab(tab)).toBeVisible();
      await expect(workbench.focusedRow).toHaveText(row);
      await workbench.runCommand('View: Close Editor');
    });
  }
  await workbench.treeAtRest();
  await expect(workbench.row('shop')).toBeVisible();
});

test('says why a text is no name, and what is not there', async ({ workbench, wire }) => {
  await workbench.openView('Resource Policies');
  await expect(workbench.row(/default credentials/)).toContainText(accountId);
  await workbench.runCommand('Resource Policies: Go to Resource…');
  const wrong = [
    ['arn:aws:s3:::bucket', 'This is of s3, not of Lambda or SQS.'],
    [`${lambda}:function:orders-*`, 'is a pattern: it can mean many resources. Name one.'],
    ['https://example.com/functions/x', 'example.com is neither AWS nor an emulator of it.'],
    [`arn:aws:lambda:${region}:`, 'Go on: the account ID is missing.'],
  ] as const;
  for (const [text, says] of wrong) {
    await workbench.quickBox.fill(text);
    await expect(workbench.quickOptions.first()).toContainText(says);
    await workbench.press('Enter');
    await expect(workbench.quickInput).toBeVisible();
  }
  // Another region: a connection to it is offered.
  await workbench.quickBox.fill('arn:aws:lambda:us-east-1:210987654321:function:theirs');
  await expect(workbench.quickOptions.first()).toContainText('Connect to us-east-1…');
  await workbench.quickBox.fill('nowhere');
  await workbench.press('Enter');
  await workbench.readToast(/^Function nowhere is not there/);
  expect(wire.requests.some(({ path }) => path.includes('nowhere'))).toBe(true);
  // What was typed is there to be mended.
  await expect(workbench.quickBox).toHaveValue('nowhere');
  await workbench.quickBox.fill('orders');
  await expect(workbench.quickOptions.first()).toContainText('Function orders');
});
