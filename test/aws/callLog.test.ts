import assert from 'node:assert/strict';
import { cliCommand, cliLogLine } from '../../src/core/cliCommand';
import { sdkCall } from '../../src/core/copyAs/callInput';
import type { PolicyCall } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import type { PolicyStore } from '../../src/core/policyStore';
import { functionArn, layerArn } from '../conformance/seed';
import { functionNamed, layerVersion, qualified, queueNamed, signal, withStores } from './stores';

suite('the log of calls', () => {
  const at = withStores();
  const place = () => ({ region: at.account.region, endpoint: at.proxy.endpoint });
  const here = () => `--region ${at.account.region} --endpoint-url ${at.proxy.endpoint}`;
  const storeOf = (resource: Resource) => at.all[resource.kind] as unknown as PolicyStore;
  const commands = () => at.calls.map(({ command }) => command);

  test('has the command of each read', async () => {
    await at.all.lambdaFunction.read(qualified('shop:live'), { signal: signal() });
    await at.all.layerVersion.read(layerVersion('common', 1), { signal: signal() });
    const queue = queueNamed('shared');
    await at.all.sqsQueue.read(queue, { signal: signal() });
    await at.access.identity(signal());
    assert.deepEqual(commands().slice(0, 2), [
      `aws lambda get-policy --function-name ${functionArn}:shop --qualifier live ${here()}`,
      `aws lambda get-layer-version-policy --layer-name ${layerArn}:common --version-number 1 ${here()}`,
    ]);
    assert.deepEqual(commands().slice(-2), [
      `aws sqs get-queue-attributes --queue-url ${queue.queueUrl} --attribute-names Policy QueueArn ${here()}`,
      `aws sts get-caller-identity ${here()}`,
    ]);
  });

  test('has the command of each page of a list', async () => {
    const pages = at.all.lambdaFunction.listUnder(functionNamed('shop'), 'versions', signal());
    for await (const page of pages) assert.ok(page.length > 0);
    await at.all.sqsQueue.list(signal())[Symbol.asyncIterator]().next();
    assert.deepEqual(commands(), [
      `aws lambda list-versions-by-function --function-name ${functionArn}:shop --no-paginate ${here()}`,
      `aws sqs list-queues --max-results 1000 --no-paginate ${here()}`,
    ]);
  });

  const secret = 'amzn1.ask.skill.secret';
  const text = '{"Version":"2012-10-17","Statement":[{"Sid":"the policy"}]}';
  const writes: readonly (readonly [Resource, PolicyCall])[] = [
    [qualified('shop:live'), { type: 'removeStatement', statementId: 'one' }],
    [
      qualified('shop:live'),
      {
        type: 'addStatement',
        grant: {
          kind: 'lambdaFunction',
          statementId: 'added',
          action: 'lambda:InvokeFunction',
          principal: 'alexa-appkit.amazon.com',
          eventSourceToken: secret,
        },
      },
    ],
    [
      functionNamed('shop'),
      {
        type: 'addStatement',
        grant: {
          kind: 'lambdaFunction',
          statementId: 'added',
          action: 'lambda:InvokeFunctionUrl',
          principal: '*',
          sourceArn: 'arn:aws:s3:::b',
          sourceAccount: '111122223333',
          principalOrgId: 'o-abcdefghij',
          functionUrlAuthType: 'NONE',
          invokedViaFunctionUrl: false,
        },
      },
    ],
    [functionNamed('shop'), { type: 'putPolicy', text }],
    [functionNamed('shop'), { type: 'deletePolicy' }],
    [layerVersion('common', 1), { type: 'removeStatement', statementId: 'one' }],
    [
      layerVersion('common', 1),
      {
        type: 'addStatement',
        grant: {
          kind: 'layerVersion',
          statementId: 'added',
          principal: '*',
          organizationId: 'o-abcdefghij',
        },
      },
    ],
    [queueNamed('shared'), { type: 'removeStatement', statementId: 'one' }],
    [
      queueNamed('shared'),
      {
        type: 'addStatement',
        grant: {
          kind: 'sqsQueue',
          statementId: 'added',
          accountIds: ['111122223333', '210987654321'],
          actions: ['SendMessage', '*'],
        },
      },
    ],
    [queueNamed('shared'), { type: 'putPolicy', text }],
    [queueNamed('shared'), { type: 'deletePolicy' }],
  ];
  for (const [resource, call] of writes) {
    test(`${resource.kind}: ${call.type} is logged and copied as the same command`, async () => {
      await storeOf(resource).apply(resource, call, undefined, signal());
      const copied = sdkCall(resource, call);
      assert.ok(copied);
      assert.equal(at.calls[0]?.command, cliLogLine(copied.operation, copied.input, place()));
      const logged = commands().join('\n');
      assert.ok(!logged.includes(secret) && !logged.includes('the policy'));
      const whole = cliCommand(copied.operation, copied.input, place());
      if (call.type === 'putPolicy') assert.ok(whole.includes('the policy'));
      if (whole.includes('--event-source-token')) assert.ok(whole.includes(secret));
    });
  }

  test('has the revision that a write is tied to, and the command of what failed', async () => {
    const removal: PolicyCall = { type: 'removeStatement', statementId: 'none' };
    const shop = functionNamed('shop');
    const result = await at.all.lambdaFunction.apply(shop, removal, 'rev-shop', signal());
    assert.equal(result.applied, false);
    assert.equal(at.calls[0]?.failure?.errorName, 'ResourceNotFoundException');
    assert.equal(
      at.calls[0].command,
      `aws lambda remove-permission --function-name ${functionArn}:shop --statement-id none --revision-id rev-shop ${here()}`,
    );
  });

  test('never holds a key', async () => {
    await at.access.identity(signal());
    const { accessKeyId, secretAccessKey } = at.account.credentials;
    const all = JSON.stringify(at.calls);
    assert.ok(!all.includes(accessKeyId) && !all.includes(secretAccessKey));
  });
});
