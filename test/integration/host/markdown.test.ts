import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { appendWords } from '../../../src/host/markdown';

suite('text in Markdown', () => {
  const cases: readonly (readonly [what: string, text: string, markdown: string])[] = [
    ['breaks between words', 'a row of words', 'a row of words'],
    ['stays escaped', '[x](command:y) *b* `c`', '\\[x\\]\\(command:y\\) \\*b\\* \\`c\\`'],
    ['makes no code by blanks before it', '    x y', '&nbsp;   x y'],
    ['makes no list of a number', '1. one two', '1.&nbsp;one two'],
    ['nor by a bracket, which is escaped', '12) one', '12\\) one'],
    ['leaves blanks at its end', 'x ', 'x&nbsp;'],
  ];
  for (const [what, text, markdown] of cases) {
    test(what, () => {
      const before = new vscode.MarkdownString('**');
      // Another version may escape more, with a backslash.
      const bare = (value: string) => value.replace(/\\(?=[^[\]()*`])/g, '');
      assert.equal(bare(appendWords(before, text).value), `**${markdown}`);
      assert.ok(!before.isTrusted);
    });
  }
});
