import assert from 'node:assert/strict';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { Statement } from '../../../src/core/statement';

export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';

/** The statements of a policy that holds these, as the extension reads them. */
export function readStatements(...sources: readonly object[]): readonly Statement[] {
  return statementsOf(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: sources })));
}

/** One statement; what is not given is as AddPermission writes it, `undefined` leaves it out. */
export function readStatement(source: object): Statement {
  const [statement] = readStatements({ ...granted, ...source });
  assert.ok(statement);
  return statement;
}

const granted = {
  Sid: 'one',
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn,
};
