import assert from 'node:assert/strict';
import { managedBy } from '../../../src/core/managedBy';
import { managedWords } from '../../../src/words/managedWords';
import { functionNamed } from '../../aws/stores';
import { statementFrom } from '../../core/statements';

suite('words for who made a statement', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      'tidewater-shop-OrderApiLivePermission-8JD02LXPQ4RT',
      'CloudFormation',
      /CloudFormation \(logical ID OrderApiLivePermission\): it comes back at the next update/,
    ],
    [
      'shop-OrderApiFunctionApiPermissionProd-jYLo8ECBABS5',
      'SAM',
      /SAM \(logical ID OrderApiFunctionApiPermissionProd\)/,
    ],
    ['Shop-OrderFnAllowInvokeA1B2C3D4-Q7T5M1YB3C6H', 'CDK', /OrderFnAllowInvokeA1B2C3D4/],
    [
      'test-dev-HelloLambdaPermissionApiGateway-T1A01LP3JK5R',
      'Serverless Framework',
      /serverless\.yml/,
    ],
    ['terraform-20240102030405678900000001', 'Terraform', /comes back at the next apply/],
    ['FunctionURLAllowPublicAccess', 'AWS console', /console/],
    ['7c9e6679-7425-40de-944b-e07fc1f90ae7', 'API Gateway', /API Gateway/],
  ];
  for (const [sid, tool, words] of cases) {
    test(tool, () => {
      const statement = statementFrom({
        Sid: sid,
        Principal: { Service: 'apigateway.amazonaws.com' },
      });
      const by = managedBy(statement, functionNamed('shop'));
      assert.ok(by);
      assert.match(managedWords(by), words);
    });
  }
});
