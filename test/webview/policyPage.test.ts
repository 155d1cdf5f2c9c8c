import assert from 'node:assert/strict';
import type { Page } from '@playwright/test';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { PageFinding } from '../../src/policyPage/protocol';
import type { ThemeName } from './themes';
import { themes } from './themes';
import { labels, lambdaPolicy, policyView, view } from './pageViews';
import { pageState, PolicyPageHarness, sent, show } from './policyPageHarness';

const nastyTexts: Readonly<Record<string, string>> = {
  'CRLF, tabs and odd spacing':
    '{\r\n\t"Statement" :  [\r\n\r\n { "Sid":"a" ,"Effect":"Allow"} ,\r\n\t{"Sid" : "b"}\t]\r\n}\r\n',
  'lone carriage returns': '{"Statement":[\r{"Sid":"a"},\r{"Sid":"b"}\r]}',
  'unicode, line separators, bidi and invisible characters':
    '{"Statement":[{"Sid":"ü 漢字 👩‍👩‍👧 \u2028 \u2029 \u202e gnp \u2066x\u2069 \u200b \ufeff \u00a0 \u0301"}]}',
  markup: `{"Statement":[{"Sid":"<img src=x onerror=alert(1)></script><script>alert(1)</script>&lt;&amp;<!--"}]}`,
  'repeated names and number forms':
    '{"Version":1.50e+02,"Statement":{"Sid":"a","Sid":"b","n":-0.0,"t":true,"z":null}}',
  'blank lines at the end': '{"Statement":[]}\n\n\n',
  'one line of 24 KB': lambdaPolicy(70),
};

suite('policy page', function () {
  this.timeout(60_000);
  let harness: PolicyPageHarness;
  let page: Page;

  suiteSetup(async () => {
    harness = await PolicyPageHarness.start();
  });
  suiteTeardown(async () => {
    await harness.stop();
  });
  teardown(async () => {
    const { violations, scripts } = await page.evaluate(() => window.seen);
    await page.close();
    assert.deepEqual({ violations, scripts }, { violations: [], scripts: 0 });
  });

  const shownText = () => page.getByTestId('policy-text').evaluate((code) => code.textContent);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const focusedName = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });

  suite('text', () => {
    for (const [name, text] of Object.entries(nastyTexts)) {
      test(`raw is what AWS returned: ${name}`, async () => {
        page = await harness.open({ kept: { ...pageState, form: 'raw' } });
        await show(page, policyView(text));
        assert.equal(await shownText(), text);
      });

      test(`formatted differs in blanks only: ${name}`, async () => {
        page = await harness.open();
        await show(page, policyView(text));
        const formatted = await shownText();
        assert.deepEqual(parts(formatted), parts(text));
        assert.ok(/^\{(\r\n|\r|\n) {2}"/.test(formatted), formatted.slice(0, 40));
      });
    }

    test('lines are numbered beside the text', async () => {
      page = await harness.open({ kept: { ...pageState, form: 'raw' } });
      await show(page, policyView('{"Statement":\r\n[\r{"Sid":"a"}\n]}'));
      const numbers = page.locator('.line-number');
      assert.deepEqual(
        await numbers.evaluateAll((all) => all.map((one) => one.getAttribute('data-line'))),
        ['1', '2', '3', '4'],
      );
      const tops = await numbers.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().top),
      );
      assert.deepEqual(
        [...tops].sort((a, b) => a - b),
        tops,
      );
    });

    for (const theme of Object.keys(themes) as ThemeName[]) {
      test(`in ${theme} the size is told from the limit`, async () => {
        page = await harness.open({ theme });
        await show(page, policyView(lambdaPolicy(5)));
        const colour = (part: string) =>
          page.locator(part).evaluate((element) => getComputedStyle(element).backgroundColor);
        assert.notEqual(await colour('.meter'), await colour('.meter-filled'));
      });
    }

    test('of a policy as large as AWS allows, no statement is left out', async () => {
      page = await harness.open();
      await show(page, policyView(lambdaPolicy(60)));
      assert.equal(await page.getByText(/"AllowS3Invoke\d+"/).count(), 60);
    });

    test('a bidi character moves nothing outside itself', async () => {
      page = await harness.open({ kept: { ...pageState, form: 'raw' } });
      await show(page, policyView('{"Statement":[{"Sid":"a\u202eb","Effect":"Allow"}]}'));
      const unseen = page.locator('.code .unseen');
      assert.equal(await unseen.getAttribute('data-code'), 'U+202E');
      const order = await page
        .locator('.token-name, .token-string')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        order,
      );
    });
  });

  suite('messages', () => {
    setup(async () => {
      page = await harness.open();
    });

    test('says that it is ready and keeps its state', async () => {
      assert.deepEqual(await sent(page), [{ type: 'ready' }]);
      assert.deepEqual(await page.evaluate(() => window.seen.states), [pageState]);
    });

    test('ignores messages of another shape', async () => {
      for (const data of [null, 'show', {}, { type: 'show' }, { type: 'show', view: { a: 1 } }]) {
        await page.evaluate((message) => window.postMessage(message, '*'), data);
      }
      await show(page, policyView(lambdaPolicy(1)));
      assert.equal(await page.getByTestId('statement').count(), 1);
    });

    test('asks for copies, removal and a refresh', async () => {
      const shown = policyView(lambdaPolicy(3));
      await show(page, shown);
      await button('Copy Policy').click();
      await button('Refresh').click();
      const row = page.getByTestId('statement').nth(1);
      await row.getByRole('button', { name: /^Copy Statement/ }).click();
      await row.getByRole('button', { name: /^Remove/ }).click();
      await page.getByTestId('statement-text').nth(2).hover();
      await page
        .getByTestId('strip')
        .getByRole('button', { name: /^Remove/ })
        .click();
      const { statements } = shown.content as unknown as { statements: { identity: string }[] };
      assert.deepEqual((await sent(page)).slice(1), [
        { type: 'copyPolicy' },
        { type: 'refresh' },
        { type: 'copyStatement', identity: statements[1]!.identity },
        { type: 'removeStatements', identities: [statements[1]!.identity] },
        { type: 'removeStatements', identities: [statements[2]!.identity] },
      ]);
    });

    test('asks for a new permission and for the editor', async () => {
      await show(page, policyView(lambdaPolicy(1)));
      await button('Add Permission…').click();
      await button('Edit Policy').click();
      assert.deepEqual((await sent(page)).slice(1), [
        { type: 'addPermission' },
        { type: 'editPolicy' },
      ]);
    });

    test('removes what is checked, at once', async () => {
      const shown = policyView(lambdaPolicy(4), [3]);
      await show(page, shown);
      assert.equal(await button('Remove Selected… (1)').count(), 0);
      const box = (name: string) => page.getByRole('checkbox', { name: `Select: ${name}` });
      await box('AllowS3Invoke3').check();
      await box('AllowS3Invoke1').check();
      assert.equal(await box('AllowS3Invoke4').isDisabled(), true);
      await button('Remove Selected… (2)').click();
      const { statements } = shown.content as unknown as { statements: { identity: string }[] };
      const identities = [statements[0]!.identity, statements[2]!.identity];
      assert.deepEqual((await sent(page)).slice(1), [{ type: 'removeStatements', identities }]);
      // Those that are still there stay checked, wherever they stand by then.
      await show(page, policyView(without(lambdaPolicy(4), 0)));
      assert.equal(await box('AllowS3Invoke3').isChecked(), true);
      assert.equal(await box('AllowS3Invoke2').isChecked(), false);
      await button('Remove Selected… (1)').waitFor();
    });

    test('what is checked is checked again after the page was hidden', async () => {
      const shown = policyView(lambdaPolicy(4));
      await show(page, shown);
      const box = (name: string) => page.getByRole('checkbox', { name: `Select: ${name}` });
      await box('AllowS3Invoke2').check();
      await box('AllowS3Invoke4').check();
      const kept = await page.evaluate(() => window.seen.states.at(-1));
      await page.close();
      // Meanwhile the last of them was removed by somebody else.
      page = await harness.open({ kept });
      await show(page, view({ state: 'loading' }));
      await show(page, policyView(without(lambdaPolicy(4), 3)));
      assert.equal(await box('AllowS3Invoke2').isChecked(), true);
      assert.equal(await box('AllowS3Invoke1').isChecked(), false);
      await button('Remove Selected… (1)').waitFor();
      await box('AllowS3Invoke2').uncheck();
      const last = await page.evaluate(() => window.seen.states.at(-1));
      assert.deepEqual(last?.checked, []);
    });

    test('a refused removal says why and asks nothing', async () => {
      await show(page, policyView(lambdaPolicy(2), [0]));
      const remove = button('Remove…: AllowS3Invoke1').first();
      assert.equal(await remove.getAttribute('aria-disabled'), 'true');
      await page.keyboard.press('Tab');
      await remove.focus();
      await page.getByRole('tooltip').waitFor();
      assert.match(await page.getByRole('tooltip').innerText(), /no statement ID/);
      const reason = await remove.getAttribute('aria-describedby');
      assert.match((await page.locator(`#${reason}`).textContent()) ?? '', /no statement ID/);
      await page.keyboard.press('Enter');
      assert.equal((await sent(page)).length, 1);
    });

    test('keeps the form that was chosen', async () => {
      await show(page, policyView(lambdaPolicy(2)));
      await button('Raw').click();
      assert.equal(await shownText(), lambdaPolicy(2));
      assert.equal(await button('Raw').getAttribute('aria-pressed'), 'true');
      assert.equal((await page.evaluate(() => window.seen.states.at(-1)))?.form, 'raw');
    });
  });

  suite('hands and eyes', () => {
    setup(async () => {
      page = await harness.open();
    });

    test('every control is reached by keyboard', async () => {
      await show(page, policyView(lambdaPolicy(3)));
      const reached: string[] = [];
      const press = async (key: string) => {
        await page.keyboard.press(key);
        reached.push(await focusedName());
      };
      for (let i = 0; i < 8; i++) await press('Tab');
      await press('ArrowDown');
      for (let i = 0; i < 3; i++) await press('Tab');
      await press('End');
      for (let i = 0; i < 2; i++) await press('Tab');
      const words = 'Amazon S3 → lambda:InvokeFunction';
      assert.deepEqual(reached, [
        'Formatted',
        'Raw',
        'Add Permission…',
        'Edit Policy',
        'Copy Policy',
        'Refresh',
        'Select: AllowS3Invoke1',
        `AllowS3Invoke1${words}`,
        `AllowS3Invoke2${words}`,
        'Copy Statement: AllowS3Invoke2',
        'Remove…: AllowS3Invoke2',
        `AllowS3Invoke1, ${words}`,
        `AllowS3Invoke3, ${words}`,
        'Copy Statement: AllowS3Invoke3',
        'Remove…: AllowS3Invoke3',
      ]);
    });

    test('a statement and its entry are marked together, and explained', async () => {
      await show(page, policyView(lambdaPolicy(3)));
      await page.getByTestId('statement-text').nth(1).hover();
      assert.match((await page.getByTestId('statement').nth(1).getAttribute('class'))!, /current/);
      await page.getByRole('tooltip').waitFor();
      assert.match(await page.getByRole('tooltip').innerText(), /^AllowS3Invoke2/);
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('tooltip').count(), 0);
      const toggle = page.getByTestId('statement').nth(0).getByRole('button').first();
      await toggle.click();
      assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
      assert.ok(await page.getByText('Amazon S3 may invoke this function.').first().isVisible());
    });

    test('after a removal the next statement has the focus', async () => {
      await show(page, policyView(lambdaPolicy(4)));
      await button('Remove…: AllowS3Invoke2').first().focus();
      await show(page, policyView(without(lambdaPolicy(4), 1)));
      assert.equal(await focusedName(), 'Remove…: AllowS3Invoke3');
      assert.equal(
        await page.getByRole('status').textContent(),
        '3 statements. 1,069 of 20,480 bytes',
      );
      await show(page, policyView(without(lambdaPolicy(4), 0)));
      assert.equal(await focusedName(), 'Remove…: AllowS3Invoke3');
      await show(page, view({ state: 'none', sentence: 'No policy.' }));
      assert.equal(await focusedName(), 'Refresh');
    });

    test('scroll, opened entries and the form survive an update', async () => {
      await show(page, policyView(lambdaPolicy(40)));
      await button('Raw').click();
      await page.getByTestId('statement').nth(5).getByRole('button').first().click();
      await page.evaluate(() => window.scrollTo(0, 300));
      await show(page, view({ state: 'loading' }));
      assert.equal(await page.getByRole('main').getAttribute('aria-busy'), 'true');
      await show(page, policyView(without(lambdaPolicy(40), 0)));
      assert.equal(await page.evaluate(() => window.scrollY), 300);
      assert.equal(await shownText(), without(lambdaPolicy(40), 0));
      const opened = page.getByTestId('statement').nth(4).getByRole('button').first();
      assert.equal(await opened.getAttribute('aria-expanded'), 'true');
    });

    test('what is copied from the text is the text', async () => {
      const text = '{\n  "Statement": [\n    {\n      "Sid": "a"\n    },\n    {}\n  ]\n}';
      await show(page, policyView(text));
      const copied = await page.evaluate(() => {
        const code = document.querySelector('code');
        if (code) window.getSelection()?.selectAllChildren(code);
        return window.getSelection()?.toString();
      });
      assert.equal(copied, text);
    });

    test('opening an entry moves to its text beside the list, and nothing where it is below', async () => {
      await show(page, policyView(lambdaPolicy(9)));
      const open = async (at: number) => {
        await page.getByTestId('statement').nth(at).getByRole('button').first().click();
        return page.evaluate(() => window.scrollY);
      };
      await page.setViewportSize({ width: 1200, height: 700 });
      assert.notEqual(await open(8), 0);
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.setViewportSize({ width: 700, height: 700 });
      assert.equal(await open(2), 0);
    });

    test('nothing is wider than a narrow page', async () => {
      await page.setViewportSize({ width: 320, height: 700 });
      await show(page, policyView(lambdaPolicy(3)));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    });
  });

  suite('findings', () => {
    const text = lambdaPolicy(3);
    const [one, two] = statementsOf(parsePolicy(text));
    const place = (words: string, from = 0) => ({
      offset: text.indexOf(words, from),
      length: words.length,
    });
    const service = '"s3.amazonaws.com"';
    const finding = (parts: Partial<PageFinding>): PageFinding => ({
      key: 'a finding',
      ...place(service),
      severity: 'medium',
      statement: one?.identity,
      title: 'Anybody gets in',
      details: ['Why it matters.', 'What to do.'],
      ...parts,
    });
    const found = [
      finding({}),
      finding({ ...place('{"Service":"s3.amazonaws.com"}'), severity: 'high', title: 'All of it' }),
      finding({
        ...place('"lambda:InvokeFunction"', two?.offset),
        severity: 'low',
        statement: two?.identity,
      }),
      finding({
        offset: two?.offset,
        length: two?.length,
        statement: two?.identity,
        title: 'Twice',
        key: 'twice',
      }),
      finding({
        key: 'the policy',
        offset: 0,
        length: text.length,
        statement: undefined,
        title: 'Nearly full',
      }),
    ];

    async function open(form: 'raw' | 'formatted'): Promise<void> {
      page = await harness.open({ kept: { ...pageState, form } });
      await show(page, policyView(text, [], found));
    }

    for (const form of ['raw', 'formatted'] as const) {
      test(`their places are marked, ${form}`, async () => {
        await open(form);
        const marks = await page
          .getByTestId('found')
          .evaluateAll((all) =>
            all.map(
              (one) =>
                `${one.getAttribute('class')?.replace('found found-', '')} ${one.textContent}`,
            ),
          );
        assert.deepEqual(marks, [
          'high {', 'high "Service"', 'high :', `high ${service}`, 'high }',
          'medium {', 'low "lambda:InvokeFunction"',
        ]); // prettier-ignore
      });
    }

    test('a place says what was found, the gravest first; its statement says it, too', async () => {
      await open('formatted');
      await page.getByTestId('found').filter({ hasText: service }).hover();
      await page.getByRole('tooltip').waitFor();
      assert.deepEqual(await page.getByRole('tooltip').locator('> *').allTextContents(), [
        'High: All of it', 'Why it matters.', 'What to do.',
        'Medium: Anybody gets in', 'Why it matters.', 'What to do.',
      ]); // prettier-ignore
      const rows = page.getByTestId('statement');
      const badges = page.getByTestId('finding-badge');
      assert.equal(await badges.count(), 2);
      assert.equal(
        await rows.nth(0).getByTestId('finding-badge').getAttribute('aria-label'),
        'High: All of it. Medium: Anybody gets in',
      );
      await rows.nth(1).getByRole('button').first().click();
      assert.deepEqual(await rows.nth(1).locator('.finding-title:visible').allTextContents(), [
        'Medium: Twice', 'Low: Anybody gets in',
      ]); // prettier-ignore
      assert.equal(
        await page.locator('.main > .finding-note .finding-title').textContent(),
        'Medium: Nearly full',
      );
    });

    test('each is fixed or accepted from where it is told', async () => {
      await open('formatted');
      const policy = page.locator('.main > .finding-note');
      await policy.getByRole('button', { name: 'Accept…: Nearly full' }).click();
      const row = page.getByTestId('statement').nth(1);
      await row.getByRole('button').first().focus();
      await page.keyboard.press('Enter');
      // Copy and Remove stand between.
      for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
      assert.deepEqual((await sent(page)).slice(-2), [
        { type: 'acceptFinding', key: 'the policy' },
        { type: 'fixFinding', key: 'twice' },
      ]);
    });

    test('marks change nothing of the text, and go with what they are about', async () => {
      await open('raw');
      assert.equal(await page.getByTestId('policy-text').textContent(), text);
      await show(page, policyView(text));
      assert.equal(await page.getByTestId('found').count(), 0);
      assert.equal(await page.getByTestId('finding-badge').count(), 0);
    });
  });

  suite('states', () => {
    setup(async () => {
      page = await harness.open();
    });

    test('malformed: the text as it is, the place marked and in view', async () => {
      const text = `${'\n'.repeat(200)}{"Statement": [ oops </script> ]}`;
      const offset = text.indexOf('oops');
      await show(page, view({ state: 'malformed', text, offset, sentence: 'It is broken.' }, text));
      assert.equal(await shownText(), text);
      const mark = page.getByTestId('break');
      assert.equal(await mark.textContent(), 'oops');
      assert.equal(await mark.getAttribute('aria-label'), labels.breaksHere);
      const top = await mark.evaluate((element) => element.getBoundingClientRect().top);
      assert.ok(top > 0 && top < 900, String(top));
      assert.equal(await page.getByTestId('notice').innerText(), 'It is broken.');
      assert.equal(await page.getByTestId('statement').count(), 0);
    });

    for (const text of ['', '{"Statement": [', '{"a":\n']) {
      test(`malformed at its end: ${JSON.stringify(text)}`, async () => {
        const policy = parsePolicy(text);
        const offset = policy.wellFormed ? -1 : policy.problem.offset;
        await show(page, view({ state: 'malformed', text, offset, sentence: 'Broken.' }, text));
        assert.equal(await shownText(), text);
        assert.equal(await page.getByTestId('break').count(), 1);
      });
    }

    test('no policy, unreadable, loading', async () => {
      await show(page, view({ state: 'loading' }));
      assert.equal(await page.getByTestId('notice').innerText(), labels.loading);
      await show(page, view({ state: 'none', sentence: 'There is no policy.' }));
      assert.equal(await page.getByTestId('notice').innerText(), 'There is no policy.');
      await show(page, view({ state: 'unreadable', sentence: '<b>Denied.</b>', remedy: 'Ask.' }));
      assert.match(await page.getByTestId('notice').innerText(), /^<b>Denied\.<\/b>\s+Ask\./);
      await button('Refresh').click();
      assert.deepEqual((await sent(page)).at(-1), { type: 'refresh' });
    });

    test('the size is a meter that warns', async () => {
      for (const [count, level] of [
        [3, 'normal'],
        [50, 'warning'],
        [59, 'error'],
      ] as const) {
        await show(page, policyView(lambdaPolicy(count)));
        const meter = page.getByRole('meter');
        assert.match((await meter.getAttribute('class'))!, new RegExp(`meter-${level}`));
        assert.match((await meter.getAttribute('aria-valuetext'))!, /of 20,480 bytes$/);
      }
    });
  });
});

/** A JSON text without the blanks between its parts. */
function parts(text: string): readonly string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s"]/gu)].map(([part]) => part);
}

/** A policy's text with one statement less. */
function without(text: string, index: number): string {
  const policy = JSON.parse(text) as { Statement: unknown[] };
  return JSON.stringify({ ...policy, Statement: policy.Statement.filter((_, at) => at !== index) });
}
