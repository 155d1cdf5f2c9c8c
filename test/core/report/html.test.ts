import assert from 'node:assert/strict';
import type { ReportedAudit } from '../../../src/core/report/report';
import { html } from '../../../src/core/report/html';
import { htmlOf } from '../../../src/core/report/htmlPage';
import {
  aFinding,
  anAudit,
  aReport,
  aResource,
  hostileAudit,
  hostileShown,
  partialAudit,
  policyText,
  statement,
  words,
} from './reports';

const page = (...audits: readonly ReportedAudit[]) => htmlOf(aReport(...audits), words);

/** Whether every element that is opened is closed, in order. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const [tag, slash, name = ''] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (/^(meta|link|br|img)$/.test(name) || tag.endsWith('/>')) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

suite('HTML page', () => {
  test('a part is nothing but text, also within an attribute', () => {
    const evil = `"><img src=x onerror='alert(1)'>&`;
    const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;';
    assert.equal(html`<a title="${evil}">${[evil]}</a>`.text, `<a title="${escaped}">${escaped}</a>`); // prettier-ignore
    assert.equal(html`<p>${html`<b>${1}</b>`}${undefined}</p>`.text, '<p><b>1</b></p>');
  });

  test('it needs nothing else, and runs nothing', () => {
    const text = page(partialAudit(), hostileAudit());
    const policy = `content="default-src 'none'; style-src 'unsafe-inline'"`;
    assert.ok(text.includes(policy));
    assert.doesNotMatch(text, /<script|<link|<img|<iframe|\bsrc=|@import|url\(|\son\w+=["']/i);
    assert.deepEqual([...text.matchAll(/href="([^#][^"]*)"/g)], []);
  });

  test('it can be read by everyone: language, headings, heads of tables, links that lead somewhere', () => {
    const text = page(partialAudit());
    assert.match(text, /<html lang="en">/);
    assert.ok(isBalanced(text));
    assert.equal(text.match(/<h1>/g)?.length, 1);
    for (const [, attributes] of text.matchAll(/<th\b([^>]*)>/g)) {
      assert.match(attributes ?? '', /scope="(row|col)"/);
    }
    for (const [, id] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(text.includes(`id="${id}"`));
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  test('findings stand by severity, with the lines that they speak of', () => {
    const resource = aResource('orders', policyText('one', 'two'));
    const at = policyText('one', 'two').indexOf(statement('two'));
    const part = { index: 1, offset: at, length: statement('two').length };
    const finding = aFinding(resource, '"two"', { statement: part });
    const text = page(anAudit({ resources: [resource], findings: [finding] }));
    assert.match(text, /<h3 class="high">\s*high \(1\)\s*<\/h3>/);
    const [, shown = ''] = /<pre[^>]*><code>(.*?)<\/code>/s.exec(text) ?? [];
    assert.match(shown, /^ {4}\{\n {6}&quot;Sid&quot;: <mark>&quot;two&quot;<\/mark>,\n/);
    assert.match(shown, /\n {4}\}\n$/);
    assert.match(text, /From line \d+/);
    assert.doesNotMatch(text, /This is not all/);
    assert.doesNotMatch(text, /not-read/);
  });

  test('what is about the policy as a whole shows no lines, and a long statement is cut', () => {
    const text = policyText('one');
    const whole = aResource('orders', text);
    const first = page(anAudit({ resources: [whole], findings: [aFinding(whole, text)] }));
    assert.doesNotMatch(first, /<pre/);
    const long = aResource('orders', `{"a":1,"b":[${Array.from({ length: 90 }, () => '1').join()}]}`); // prettier-ignore
    const list = aFinding(
      long,
      long.policy.state === 'policy' ? long.policy.text.slice(7, -1) : '',
    );
    assert.match(page(anAudit({ resources: [long], findings: [list] })), /5\d more/);
    const far = aFinding(long, '1]', { statement: { index: 0, ...list.place } });
    const last = page(anAudit({ resources: [long], findings: [far] }));
    assert.match(last, / {4}<mark>1<\/mark>/, 'the place is in sight');
  });

  test('a partial audit says so at the top, and lists what was not read', () => {
    const text = page(anAudit(), partialAudit());
    const [head = ''] = text.split('<main>');
    assert.match(head, /role="alert">This is not all/);
    const [, list = ''] = text.split('<h2 id="not-read">');
    for (const { reason } of [
      { reason: 'The audit was cancelled.' },
      { reason: 'The list of Lambda layers.' },
      { reason: 'function secret, alias live: access denied.' },
      { reason: 'The policy of queue inbox.fifo was not asked for.' },
    ]) {
      assert.ok(list.includes(reason), reason);
    }
    assert.match(text, /state unreadable/);
    assert.match(text, /state notAskedFor/);
  });

  test('what was accepted stands apart, and lets somebody in all the same', () => {
    const text = page(partialAudit());
    assert.match(text, /<h3 class="high">\s*high \(2\)/);
    assert.match(text, /<h3 class="accepted">\s*accepted \(1\)/);
    assert.match(text, /It was accepted until \d+: was meant/);
    const [, who = ''] = text.split('<h2 id="who">');
    const ways = who.split('<h2')[0]?.match(/<li>.*?<\/li>/gs) ?? [];
    assert.deepEqual(
      ways.map((way) => way.includes('<span class="mark">accepted</span>')),
      [false, true, false],
    );
  });

  test('text from AWS is text: nothing of it is markup, and nothing hides', () => {
    const text = page(hostileAudit());
    assert.ok(isBalanced(text));
    assert.doesNotMatch(text, /<script|<\/style>(?!\s*<\/head>)/);
    // eslint-disable-next-line no-control-regex -- these are looked for
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const shown of hostileShown) assert.ok(text.includes(shown));
  });

  test('an account without anything says that nothing was found', () => {
    assert.match(page(anAudit()), /noFindings/);
    assert.ok(isBalanced(page()));
  });
});
