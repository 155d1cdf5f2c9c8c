import assert from 'node:assert/strict';
import type { GrantProblem } from '../../../src/core/grantRules';
import type { SourceProblem } from '../../../src/core/grantTemplates';
import { templatesFor } from '../../../src/core/grantTemplates';
import { grantProblemWords, sourcePrompt } from '../../../src/words/grantWords';

type Problem = GrantProblem | SourceProblem;

/** One of each: a code without a row does not compile. */
const problems: {
  readonly [C in Problem['code']]: readonly [Extract<Problem, { code: C }>, RegExp];
} = {
  missing: [{ code: 'missing' }, /needed/],
  tooLong: [{ code: 'tooLong', length: 101, most: 100 }, /^101 characters .* at most 100\.$/],
  illegalCharacter: [
    { code: 'illegalCharacter', character: '.', allowed: '-_' },
    /^"\." cannot stand here: only letters, digits, "-" and "_"\.$/,
  ],
  statementIdTaken: [{ code: 'statementIdTaken', sid: 'a' }, /ID "a" already/],
  notAnAction: [{ code: 'notAnAction', text: 'x' }, /^"x" is not an action of Lambda/],
  notAnAccountId: [{ code: 'notAnAccountId', text: '1' }, /^"1" is not an account ID: 12 digits/],
  notAnOrganizationId: [{ code: 'notAnOrganizationId', text: 'x' }, /^"x" is not an organization/],
  notAService: [{ code: 'notAService', text: 's3' }, /^"s3" is not a service principal/],
  notAnIdentityArn: [{ code: 'notAnIdentityArn', text: 'x' }, /^"x" is not the ARN of a role/],
  notAnArn: [{ code: 'notAnArn', text: 'x' }, /^"x" is not an ARN/],
  notAnAuthType: [{ code: 'notAnAuthType', text: 'x' }, /^"x" is neither NONE nor AWS_IAM/],
  repeated: [{ code: 'repeated', text: 'x' }, /^"x" stands here twice/],
  tooMany: [{ code: 'tooMany', count: 8, most: 7 }, /^8 are too many: at most 7/],
  everyActionAndMore: [{ code: 'everyActionAndMore' }, /choose it alone/],
  notShareable: [{ code: 'notShareable', text: 'x' }, /^"x" is for the owner/],
  authTypeNeedsUrlAction: [{ code: 'authTypeNeedsUrlAction' }, /lambda:InvokeFunctionUrl/],
  tokenExcludesSource: [{ code: 'tokenExcludesSource' }, /EventSourceToken .* SourceArn/],
  organizationNeedsEveryone: [{ code: 'organizationNeedsEveryone' }, /everyone/],
  wrongPartition: [
    { code: 'wrongPartition', partition: 'aws-cn', expected: 'aws' },
    /partition aws-cn, the resource in aws\.$/,
  ],
  wrongSourceService: [
    { code: 'wrongSourceService', service: 's3', expected: 'sns' },
    /ARN of s3, .* one of sns\.$/,
  ],
  wrongSource: [
    { code: 'wrongSource', text: 'x', example: 'arn:aws:s3:::my-bucket' },
    /look like arn:aws:s3:::my-bucket\.$/,
  ],
  otherAccount: [
    { code: 'otherAccount', accountId: '1', expected: '2' },
    /belongs to account 2, .* from 1\.$/,
  ],
};

suite('The reason why a value cannot be taken', () => {
  for (const [code, [problem, sentence]] of Object.entries(problems)) {
    test(code, () => assert.match(grantProblemWords(problem), sentence));
  }

  test('a token may have a dot', () => {
    const words = grantProblemWords({ code: 'illegalCharacter', character: ' ', allowed: '.-_' });
    assert.match(words, /only letters, digits, "\.", "-" and "_"\.$/);
  });
});

suite('The question for a source', () => {
  for (const template of [...templatesFor('lambdaFunction'), ...templatesFor('functionUrl')]) {
    test(`${template.id}: names the service`, () => {
      assert.match(sourcePrompt(template), /^(Amazon|AWS|Elastic) .*: ARN of the resource/);
    });
  }

  test('of a service that is not known it is asked all the same', () => {
    assert.match(sourcePrompt(undefined), /^ARN of the resource/);
  });
});
