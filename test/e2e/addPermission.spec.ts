import type { SampleAccount } from '../../src/sample/sampleAccount';
import type { RecordedRequest } from '../faults/faultProxy';
import { expect, sids, test } from './fixtures/accountTest';
import type { Workbench } from './fixtures/workbench';

const add = 'Add Permission…';

/** Accepts what a box proposes, once it is there. */
async function accept(workbench: Workbench, proposed: string): Promise<void> {
  await expect(workbench.quickBox).toHaveValue(proposed);
  await workbench.press('Enter');
}

/** Takes an addition back by the button of its message. */
async function undoAddition(workbench: Workbench, statementId: string): Promise<void> {
  const toast = workbench.toast(`Added "${statementId}"`);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(workbench.dialog).toContainText(`− ${statementId}`);
  await workbench.answer('Undo');
  await workbench.readToast(/^Undid the change to /);
}

/** The preview shows these; then it is done. */
async function confirmAddition(workbench: Workbench, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(workbench.dialog).toContainText(text);
  await workbench.answer('Add');
}

function fields({ body }: RecordedRequest): unknown {
  return JSON.parse(body);
}

/** The text of a policy of the function `bare` or `shop`, unqualified. */
function functionPolicy(account: SampleAccount, name: string): string | undefined {
  return account.state().functions.find((item) => item.name === name)?.policies['']?.text;
}

function lastStatement(text: string | undefined): unknown {
  const { Statement } = JSON.parse(text ?? '{"Statement":[]}') as { Statement: readonly unknown[] };
  return Statement.at(-1);
}

test('what was entered for each kind is what is sent', async ({ workbench, account, wire }) => {
  const sent = (operation: string) =>
    wire.requests.filter((request) => request.operation === operation);
  await workbench.openView('Resource Policies');

  await test.step('a function: a bucket of an account; what is wrong is said and not taken', async () => {
    await workbench.expand('Lambda functions');
    await workbench.inlineAction('bare', add);
    await workbench.pick('lambda:InvokeFunction');
    await workbench.pick('AWS service');
    await workbench.pick('Amazon S3');
    const objects = 'arn:aws:s3:::uploads/*';
    await workbench.type(objects);
    const reason = 'No call would come from it. Such ARNs look like arn:aws:s3:::my-bucket.';
    await expect(workbench.quickInput).toContainText(reason);
    await workbench.press('Enter');
    await expect(workbench.quickBox).toHaveValue(objects);
    await expect(workbench.quickInput).toContainText('4/7');
    // What was typed is still there after going back, right or wrong.
    const back = workbench.quickInput.getByRole('button', { name: 'Back' });
    await back.click();
    await expect(workbench.quickInput).toContainText('3/7');
    await workbench.pick('Amazon S3');
    await expect(workbench.quickBox).toHaveValue(objects);
    await expect(workbench.quickInput).toContainText(reason);
    await workbench.enter('arn:aws:s3:::uploads');
    await expect(workbench.quickBox).toHaveValue('123456789012');
    await workbench.type('210987654321');
    await back.click();
    await accept(workbench, 'arn:aws:s3:::uploads');
    await expect(workbench.quickBox).toHaveValue('210987654321');
    await workbench.enter('123456789012');
    await expect(workbench.quickOptions.filter({ hasText: 'EventSourceToken' })).toContainText(
      'does not go with SourceArn',
    );
    await back.click();
    await accept(workbench, '123456789012');
    await workbench.pick('Continue');
    await accept(workbench, 's3-uploads');
    await confirmAddition(workbench, 'function bare', 's3-uploads', '123456789012');
    await expect
      .poll(() => lastStatement(functionPolicy(account, 'bare')))
      .toEqual({
        Sid: 's3-uploads',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:bare',
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '123456789012' },
          ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' },
        },
      });
    expect(sent('Lambda.AddPermission').map(fields)).toEqual([
      {
        StatementId: 's3-uploads',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: 'arn:aws:s3:::uploads',
        SourceAccount: '123456789012',
      },
    ]);
    await undoAddition(workbench, 's3-uploads');
    expect(functionPolicy(account, 'bare')).toBeUndefined();
  });

  await test.step('a layer version: an organization', async () => {
    await workbench.collapse('Lambda functions');
    await workbench.expand('Lambda layers');
    await workbench.expand('common');
    await workbench.inlineAction('Version 2', add);
    await workbench.pick('Organization');
    await workbench.enter('o-z9y8x7w6v5');
    await accept(workbench, 'organization-o-z9y8x7w6v5');
    await confirmAddition(workbench, 'layer common, version 2', 'o-z9y8x7w6v5');
    await expect.poll(() => sent('Lambda.AddLayerVersionPermission').length).toBe(1);
    const [request] = sent('Lambda.AddLayerVersionPermission');
    const layer = encodeURIComponent('arn:aws:lambda:eu-west-1:123456789012:layer:common');
    expect(request?.path).toBe(
      `/2018-10-31/layers/${layer}/versions/2/policy?RevisionId=rev-layer`,
    );
    expect(request && fields(request)).toEqual({
      StatementId: 'organization-o-z9y8x7w6v5',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
      OrganizationId: 'o-z9y8x7w6v5',
    });
    const policy = () =>
      account.state().layers[0]?.versions.find(({ version }) => version === 2)?.policy;
    await expect
      .poll(() => sids(policy()?.text))
      .toEqual(['Partner', 'Organization', 'organization-o-z9y8x7w6v5']);
    await undoAddition(workbench, 'organization-o-z9y8x7w6v5');
    expect(sids(policy()?.text)).toEqual(['Partner', 'Organization']);
  });

  await test.step('a queue: two accounts, two actions', async () => {
    await workbench.collapse('Lambda layers');
    await workbench.expand('SQS queues');
    await workbench.inlineAction('jobs', add);
    await workbench.pick('AWS accounts');
    await workbench.enter('210987654321, 111122223333');
    // What most want, sending, is chosen already.
    const rows = workbench.quickInput.locator('.monaco-list-row');
    await rows.filter({ hasText: 'ReceiveMessage' }).click();
    await workbench.quickInput.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(workbench.quickBox).toHaveValue('accounts-210987654321-111122223333');
    await workbench.enter('Partners');
    await confirmAddition(workbench, 'queue jobs', 'Partners');
    await expect.poll(() => sent('SQS.AddPermission').length).toBe(1);
    expect(sent('SQS.AddPermission').map(fields)).toEqual([
      {
        QueueUrl: expect.stringMatching(/\/123456789012\/jobs$/) as unknown,
        Label: 'Partners',
        AWSAccountIds: ['210987654321', '111122223333'],
        Actions: ['SendMessage', 'ReceiveMessage'],
      },
    ]);
    const jobs = () => account.state().queues.find(({ name }) => name === 'jobs')?.policy;
    await expect.poll(() => sids(jobs())).toEqual(['Producers', 'Consumers', 'Partners']);
    await expect(workbench.row('jobs')).toContainText('3 statements');
    await undoAddition(workbench, 'Partners');
    expect(sids(jobs())).toEqual(['Producers', 'Consumers']);
  });
});

test('every other parameter of a function is set in the form and arrives as it was entered', async ({
  workbench,
  wire,
}) => {
  const { quickInput } = workbench;
  const option = (name: string) =>
    quickInput.getByRole('option', { name: new RegExp(`^${name},`) });
  const lastSent = () => {
    const sent = wire.requests.filter(({ operation }) => operation === 'Lambda.AddPermission');
    return {
      ...(fields(sent.at(-1) ?? ({ body: '{}' } as RecordedRequest)) as object),
      RevisionId: undefined,
    };
  };
  const added = async (statementId: string, expected: object) => {
    await accept(workbench, statementId);
    await confirmAddition(workbench, statementId);
    await workbench.readToast(`Added "${statementId}"`);
    expect(lastSent()).toEqual({ StatementId: statementId, RevisionId: undefined, ...expected });
  };
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');

  await test.step('a service of its own name, and a token: set, cleared, set again', async () => {
    await workbench.inlineAction('bare', add);
    await workbench.pick('lambda:InvokeFunction');
    await workbench.pick('AWS service');
    await workbench.pick('Another Service…');
    await workbench.enter('alexa-appkit');
    await expect(quickInput).toContainText('"alexa-appkit" is not a service principal');
    await workbench.enter('alexa-appkit.amazon.com');
    await expect(quickInput).toContainText('4/');
    await workbench.enter('');
    await expect(workbench.quickBox).toHaveValue('123456789012');
    await workbench.enter('');
    await expect(option('EventSourceToken')).toBeVisible();
    await option('EventSourceToken').click();
    await workbench.enter('amzn1 ask');
    await expect(quickInput).toContainText('" "');
    await workbench.enter('amzn1.ask.skill.1');
    await expect(option('EventSourceToken')).toContainText('amzn1.ask.skill.1');
    await option('EventSourceToken').hover();
    await option('EventSourceToken')
      .getByRole('button', { name: 'Clear EventSourceToken' })
      .click();
    await expect(option('EventSourceToken')).toContainText('not set');
    await option('EventSourceToken').click();
    await workbench.enter('amzn1.ask.skill.2');
    await workbench.pick('Continue');
    await added('alexa-appkit', {
      Action: 'lambda:InvokeFunction',
      Principal: 'alexa-appkit.amazon.com',
      EventSourceToken: 'amzn1.ask.skill.2',
    });
  });

  await test.step('everyone, of an organization, through a URL that asks for a signature', async () => {
    await workbench.inlineAction('bare', add);
    await workbench.pick('lambda:InvokeFunctionUrl');
    // The list before it speaks of everyone, too.
    await expect(quickInput).toContainText('(2/');
    await workbench.pick('Everyone');
    await workbench.pick('PrincipalOrgID');
    await workbench.enter('o-1');
    await expect(quickInput).toContainText('"o-1"');
    await workbench.enter('o-z9y8x7w6v5');
    await workbench.pick('FunctionUrlAuthType');
    await workbench.pick(/^AWS_IAM/);
    await expect(option('FunctionUrlAuthType')).toContainText('AWS_IAM');
    await workbench.pick('Continue');
    await added('everyone', {
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      PrincipalOrgID: 'o-z9y8x7w6v5',
      FunctionUrlAuthType: 'AWS_IAM',
    });
  });

  await test.step('a role, only through the URL', async () => {
    const role = 'arn:aws:iam::210987654321:role/caller';
    await workbench.inlineAction('bare', add);
    await workbench.pick('lambda:InvokeFunction');
    await workbench.pick('Role or user');
    await workbench.enter(role);
    await expect(option('FunctionUrlAuthType')).toContainText('lambda:InvokeFunctionUrl');
    await workbench.pick('InvokedViaFunctionUrl');
    await workbench.pick(/^true/);
    await workbench.pick('Continue');
    await added('role-caller', {
      Action: 'lambda:InvokeFunction',
      Principal: role,
      InvokedViaFunctionUrl: true,
    });
  });

  await test.step('an account, an action that is typed', async () => {
    await workbench.inlineAction('bare', add);
    await workbench.quickBox.fill('lambda:GetAlias');
    await workbench.pick('Another Action…');
    await workbench.pick('AWS account');
    await workbench.enter('210987654321');
    await workbench.pick('Continue');
    await added('account-210987654321', { Action: 'lambda:GetAlias', Principal: '210987654321' });
  });
});

test('pairs, everyone, services of queues, and nothing where it cannot be', async ({
  workbench,
  account,
  wire,
}) => {
  const sent = (operation: string) =>
    wire.requests.filter((request) => request.operation === operation);
  await workbench.openView('Resource Policies');
  await workbench.expand('Lambda functions');

  await test.step('a public function URL: two permissions; a taken statement ID is refused', async () => {
    await workbench.inlineAction('shop', add);
    await workbench.pick('Public function URL');
    await expect(workbench.quickBox).toHaveValue('FunctionURLAllowPublicAccess');
    await workbench.enter('AllowS3');
    await expect(workbench.quickInput).toContainText('a statement with the ID "AllowS3" already');
    await workbench.enter('FunctionURLAllowPublicAccess');
    await accept(workbench, 'FunctionURLInvokeAllowPublicAccess');
    await confirmAddition(workbench, 'FunctionURLAllowPublicAccess', 'function shop');
    await expect.poll(() => sent('Lambda.AddPermission').length).toBe(2);
    const bodies = sent('Lambda.AddPermission').map(
      (request) => fields(request) as Readonly<Record<string, unknown>>,
    );
    expect(bodies.map((body) => ({ ...body, RevisionId: undefined }))).toEqual([
      {
        StatementId: 'FunctionURLAllowPublicAccess',
        Action: 'lambda:InvokeFunctionUrl',
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      },
      {
        StatementId: 'FunctionURLInvokeAllowPublicAccess',
        Action: 'lambda:InvokeFunction',
        Principal: '*',
        InvokedViaFunctionUrl: true,
      },
    ]);
    expect(bodies[0]?.['RevisionId']).toBe('rev-shop');
    await expect.poll(() => sids(functionPolicy(account, 'shop'))?.length).toBe(5);
  });

  await test.step('a policy that cannot be read: nothing is asked', async () => {
    const end = wire.addFault({
      operation: 'Lambda.GetPolicy',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    });
    await workbench.inlineAction('bare', add);
    await workbench.readToast(
      /Nothing can be added: could not read the policy of function bare: access denied to lambda:GetPolicy/,
    );
    await expect(workbench.quickInput).toBeHidden();
    end();
  });

  await test.step('a layer version for everyone is asked twice; no means no', async () => {
    const before = account.state();
    await workbench.collapse('Lambda functions');
    await workbench.expand('Lambda layers');
    await workbench.expand('common');
    await workbench.inlineAction('Version 1', add);
    await expect(workbench.quickBox).toBeFocused();
    const keyboardElsewhere = await workbench.watchKeyboard();
    await workbench.pick('Everyone');
    await expect(workbench.quickBox).toHaveValue('everyone');
    // Not even for a moment: a tree that is refreshed just then would keep it, and take the Enter.
    expect(await keyboardElsewhere()).toEqual([]);
    await accept(workbench, 'everyone');
    await expect(workbench.dialog).toContainText('to every AWS account?');
    await workbench.answer('Open to Every AWS Account');
    await expect(workbench.dialog).toContainText('lambda:GetLayerVersion');
    await workbench.answer('Cancel');
    expect(account.state()).toEqual(before);
  });

  await test.step('a topic that sends to a queue, with the whole policy', async () => {
    await workbench.collapse('Lambda layers');
    await workbench.expand('SQS queues');
    await workbench.inlineAction('idle', add);
    await workbench.pick('AWS service');
    await workbench.pick('Amazon SNS');
    const topic = 'arn:aws:sns:eu-west-1:123456789012:orders';
    await workbench.enter(topic);
    await accept(workbench, 'sns-orders');
    await confirmAddition(workbench, 'queue idle', 'sns-orders', topic);
    const idle = () => account.state().queues.find(({ name }) => name === 'idle')?.policy;
    await expect
      .poll(() => lastStatement(idle()))
      .toEqual({
        Sid: 'sns-orders',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:eu-west-1:123456789012:idle',
        Condition: { ArnEquals: { 'aws:SourceArn': topic } },
      });
    expect(sent('SQS.SetQueueAttributes')).toHaveLength(1);
  });

  await test.step('Escape leaves everything as it was', async () => {
    const before = account.state();
    await workbench.inlineAction('jobs', add);
    await workbench.pick('Role or user');
    await expect(workbench.quickInput).toContainText('ARN of the role or user');
    await workbench.press('Escape');
    await expect(workbench.quickInput).toBeHidden();
    expect(account.state()).toEqual(before);
  });
});
