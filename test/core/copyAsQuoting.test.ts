import assert from 'node:assert/strict';
import { copyAsCloudFormation } from '../../src/core/copyAs/cloudFormation';
import { copyAsTerraform, hclString } from '../../src/core/copyAs/terraform';
import { yamlString } from '../../src/core/copyAs/yaml';
import { queueNamed } from '../aws/stores';

/** Texts that mean something in one of the languages. */
const nasty: readonly string[] = [
  '',
  '"',
  '\\',
  '\\"',
  '${aws:username}',
  '$${x}',
  '$$${x}',
  '%{ if true }',
  '%%{x}',
  '$%{x}',
  '%${x}',
  '$$',
  '100%',
  '#{x}',
  'a\nb\r\tc',
  '\u0000\u0007\u001b[31m\u007f\u0085',
  '\u2028\u2029\ufeff\u202e',
  'é€😀',
  'POLICY',
  '\nPOLICY\n',
  '!Sub ${AWS::Region}',
  '- a: b # c',
  "it's",
  '{{resolve:secretsmanager:x}}',
];

suite('hclString', () => {
  for (const text of nasty) {
    test(`${JSON.stringify(text)} is read as it was`, () => {
      assert.equal(readHcl(hclString(text)), text);
    });
  }
});

suite('yamlString', () => {
  for (const text of nasty) {
    test(`${JSON.stringify(text)} is read as it was`, () => {
      const written = yamlString(text);
      assert.equal(JSON.parse(written), text);
      assert.doesNotMatch(written, /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ud800-\ufefe]/);
    });
  }
});

suite('a policy of nasty texts', () => {
  const resource = queueNamed('jobs');
  const document = { Statement: nasty.map((text) => ({ Sid: text, [text]: [text] })) };
  const policy = JSON.stringify(document);

  test('comes back from a document of Terraform', () => {
    const { text } = copyAsTerraform([{ type: 'policy', resource, policy }]);
    const [, mark = '', body = ''] = /<<(\w+)\n([^]*?)\n\1\n\}$/.exec(text) ?? [];
    assert.notEqual(mark, 'POLICY');
    assert.deepEqual(JSON.parse(readTemplate(body)), document);
  });

  test('stays on its lines in YAML', () => {
    const { text } = copyAsCloudFormation([{ type: 'policy', resource, policy }]);
    const sids = [...text.matchAll(/^ {10}- Sid: (.*)$/gm)].map(([, sid = '']) => sid);
    assert.deepEqual(
      sids.map((sid): unknown => JSON.parse(sid)),
      nasty,
    );
  });

  test('that is nested deeply is still written', () => {
    const deep = `{"Statement":[{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}]}`;
    const { text } = copyAsCloudFormation([{ type: 'policy', resource, policy: deep }]);
    assert.equal(text.match(/[[\]]/g)?.length, 2 * (1_000 - (text.match(/- /g)?.length ?? 0) + 2));
  });
});

/** A string of HCL as Terraform's scanner takes it apart: left to right, a sign and what follows. */
function readHcl(written: string): string {
  assert.match(written, /^"[^]*"$/);
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return readTemplate(
    written.slice(1, -1),
    /\\u([0-9a-f]{4})|\\(.)/g,
    (_, code: string | undefined, character: string) =>
      code === undefined
        ? (escapes[character] ?? character)
        : String.fromCharCode(parseInt(code, 16)),
  );
}

function readTemplate(
  text: string,
  escapes?: RegExp,
  unescape?: (found: string, code: string | undefined, character: string) => string,
): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const doubled = /^(\$\$|%%)\{/.exec(rest);
    assert.doesNotMatch(rest, /^[$%]\{/, 'a template begins');
    // A sign takes the character after it along, so three in a row would be misread.
    assert.doesNotMatch(rest, /^[$%][$%]+[$%]\{/, 'signs before a doubled one');
    const piece = doubled?.[0] ?? /^(\\u[0-9a-f]{4}|\\.|[^])/.exec(rest)?.[0] ?? '';
    pieces.push(
      doubled ? piece.slice(1) : piece.replace(escapes ?? /(?!)/, unescape ?? (() => '')),
    );
    at += piece.length;
  }
  return pieces.join('');
}
