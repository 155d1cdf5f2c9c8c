import assert from 'node:assert/strict';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import { policyProblems } from '../../src/core/policyProblems';
import { fromEditable } from '../../src/core/policyStyle';
import type { Resource } from '../../src/core/resource';
import { startingPolicy } from '../../src/core/startingPolicy';
import { layerVersion, qualified, queueNamed } from '../aws/stores';

const resources: readonly Resource[] = [
  qualified('shop:live'),
  layerVersion('tools', 2),
  queueNamed('jobs'),
];

suite('startingPolicy', () => {
  for (const resource of resources) {
    test(`${resource.kind}: complete, in lines, and lets in the own account alone`, () => {
      const text = startingPolicy(resource);
      assert.deepEqual(policyProblems(text, resource.kind, { resourceArn: resource.arn }), []);
      assert.ok(text.split('\n').length > 10);
      assert.ok(!fromEditable(text, undefined).includes('\n'));
      const [statement] = statementsOf(parsePolicy(text));
      assert.deepEqual(statement?.resources, [resource.arn]);
      const accountId = resource.arn.split(':')[4];
      assert.deepEqual(statement.principals, [{ kind: 'account', accountId }]);
    });
  }
});
