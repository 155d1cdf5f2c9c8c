import assert from 'node:assert/strict';
import { policyProblems } from '../../../src/core/policyProblems';
import { fixWords, policyProblemWords } from '../../../src/words/policyProblemWords';

const arn = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
const say = (text: string) =>
  policyProblems(text, 'sqsQueue', { resourceArn: arn, actions: ['sqs:SendMessage'] });

/** One of everything that can be wrong. */
const texts: readonly string[] = [
  '{"Version":"1","Version":"2012-10-17","Statment":[],"Statement":[7,{},{"Sid":"a b"}]}',
  '{"Statement":[{"Sid":1,"Effect":"allow","Principal":{"AWS":[1,"1","x","AIDAEXAMPLEEXAMPLE12"]}}]}',
  `{"Version":"x","Statement":[{"Sid":"a","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"${arn}"}]}`,
  '{"Statement":[{"Sid":"a","Effect":"Allow","NotPrincipal":{"AWS":[]},"Principal":"x","Action":["Send","SendMessage","sns:a","sqs:SendMesage"],"Resource":"x"},{"Sid":"a"}]}',
  '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::1:root","Service":"s3","Aws":1},"Condition":{"StringEqual":{},"Bool":1}}]}',
  '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111122223333:role/*"},"Action":7,"Condition":1}]}',
  `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"${arn}","Condition":{"StringNotEquals":{"aws:SourceVpc":"x"}}}]}`,
  '{"Statement":[]}',
  '{"Statement":7}',
  '[]',
  '',
  '{"a":1,}',
  '{"a" 1}',
  '{"a":1 "b"}',
  '{ // no',
  '[1',
  '{} {}',
  '['.repeat(100_000),
  JSON.stringify({
    Statement: Array.from({ length: 21 }, (_, n) => ({ Sid: `${n}`.repeat(300) })),
  }),
];

suite('what is said of a problem', () => {
  test('is a sentence for each, with nothing left unsaid', () => {
    const codes = new Set<string>();
    for (const issue of texts.flatMap(say)) {
      codes.add(issue.code);
      const words = policyProblemWords(issue);
      assert.match(words, /^[A-Z"0-9].*[.?]$/s, words);
      assert.ok(!/\{\d\}|undefined/.test(words), words);
      if (issue.fix) assert.match(fixWords(issue.fix), /^(Insert|Change to) "/);
    }
    assert.equal(codes.size, 30, [...codes].join(' '));
  });

  test('tells the rule of the kind for an ID', () => {
    const text = '{"Statement":[{"Sid":"a b"}]}';
    const rules = (['lambdaFunction', 'layerVersion', 'sqsQueue'] as const).map((kind) => {
      const issues = policyProblems(text, kind, { resourceArn: arn });
      const issue = issues.find(({ code }) => code === 'sidNotRemovable') ?? assert.fail();
      return policyProblemWords(issue).replace(/^.*: letters, digits, /, '');
    });
    assert.deepEqual(rules, [
      '"-", "_" and ".", at most 100.',
      '"-" and "_", at most 100.',
      '"-" and "_", at most 80.',
    ]);
  });

  test('names what was probably meant', () => {
    const words = say('{"Statment":[]}').map(policyProblemWords);
    assert.ok(
      words.includes('Policies have no element "Statment". Did you mean "Statement"?'),
      words.join('\n'),
    );
  });
});
