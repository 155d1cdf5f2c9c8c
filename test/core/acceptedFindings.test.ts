import assert from 'node:assert/strict';
import { readAccepted, withAccepted, withoutAccepted } from '../../src/core/acceptedFindings';

const subject = { rule: 'public-access', resource: 'arn:aws:sqs:x', title: 'Everyone' };
const entry = (finding: string) => ({
  finding,
  reason: 'a test',
  until: Date.UTC(2027, 0, 2),
  acceptedAt: Date.UTC(2026, 0, 2),
});

suite('Findings accepted by a team', () => {
  test('written, read, replaced and withdrawn', () => {
    const one = withAccepted(undefined, entry('one'), subject) ?? assert.fail();
    assert.deepEqual(readAccepted(one), { accepted: [entry('one')], problems: [] });
    const two = withAccepted(one, entry('two'), subject) ?? assert.fail();
    assert.deepEqual(
      readAccepted(two).accepted.map(({ finding }) => finding),
      ['one', 'two'],
    );
    const again = { ...entry('one'), reason: 'another' };
    const three = withAccepted(two, again, subject) ?? assert.fail();
    assert.deepEqual(readAccepted(three).accepted, [entry('two'), again]);
    assert.deepEqual(readAccepted(withoutAccepted(three, 'one') ?? '').accepted, [entry('two')]);
    assert.deepEqual(readAccepted(withoutAccepted(one, 'one') ?? ''), {
      accepted: [],
      problems: [],
    });
    assert.equal(withoutAccepted(two, 'other'), two);
    const compact = JSON.stringify(JSON.parse(two));
    assert.deepEqual(JSON.parse(withoutAccepted(compact, 'two') ?? ''), JSON.parse(one));
    assert.deepEqual(readAccepted(withoutAccepted(compact, 'one') ?? '').accepted, [entry('two')]);
    const trailing = one.replace(/\}\s*\]/, '},]');
    assert.deepEqual(readAccepted(withoutAccepted(trailing, 'one') ?? ''), {
      accepted: [],
      problems: [],
    });
    // People can tell what it is about.
    assert.match(one, /"title": "Everyone"/);
    assert.match(one, /"until": "2027-01-02T00:00:00.000Z"/);
  });

  test('what people wrote beside it stays: comments, other members, their own indentation', () => {
    const text = '// ours\r\n{\r\n\t"note": "keep", // why\r\n\t"accepted": []\r\n}\r\n';
    const after = withAccepted(text, entry('one'), subject) ?? assert.fail();
    assert.match(
      after,
      /^\/\/ ours\r\n\{\r\n\t"note": "keep", \/\/ why\r\n\t"accepted": \[\r\n\t\t\{/,
    );
    assert.deepEqual(readAccepted(after).accepted, [entry('one')]);
  });

  test('a day counts to its end', () => {
    const text = '{"accepted":[{"finding":"a","reason":"r","until":"2027-01-02"},]}';
    assert.equal(readAccepted(text).accepted[0]?.until, Date.UTC(2027, 0, 3) - 1);
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['', { code: 'notJson' }],
    ['oops', { code: 'notJson' }],
    ['[]', { code: 'noList' }],
    ['{"accepted":{}}', { code: 'noList' }],
    ['{"accepted":[3]}', { code: 'lacks', index: 0, what: 'finding' }],
    ['{"accepted":[{"finding":"a","reason":" ","until":"2027-01-01"}]}', { code: 'lacks', index: 0, what: 'reason' }],
    ['{"accepted":[{"finding":"a","reason":"r"}]}', { code: 'lacks', index: 0, what: 'until' }],
    ['{"accepted":[{"finding":"a","reason":"r","until":"never"}]}', { code: 'lacks', index: 0, what: 'until' }],
    ['{"accepted":[{"finding":"a","reason":"r","until":"2027-13-01"}]}', { code: 'lacks', index: 0, what: 'until' }],
  ]; // prettier-ignore
  for (const [text, problem] of wrong) {
    test(`does not count: ${text}`, () => {
      assert.deepEqual(readAccepted(text), { accepted: [], problems: [problem] });
    });
  }

  test('a file that is none is not written over', () => {
    assert.equal(withAccepted('oops', entry('one'), subject), undefined);
    assert.equal(withAccepted('[]', entry('one'), subject), undefined);
    assert.equal(withoutAccepted('{"accepted":1}', 'one'), undefined);
  });
});
