// Pictures of the page to look at: `npx tsx test/webview/screenshots.ts <folder> [theme] [width]`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { lambdaPolicy, policyView, view } from './pageViews';
import { PolicyPageHarness, show } from './policyPageHarness';
import type { ThemeName } from './themes';
import { themes } from './themes';

const [folder = 'test-results/webview', onlyTheme, onlyWidth] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const broken = lambdaPolicy(2).replace(',"Action"', ' "Action"').replaceAll('{', '{\n  ');
const views = {
  three: policyView(lambdaPolicy(3), [2]),
  many: policyView(lambdaPolicy(70)),
  malformed: view(
    {
      state: 'malformed',
      text: broken,
      offset: broken.indexOf('"Action"'),
      sentence: 'This text is not valid JSON: a comma is missing in line 5, column 4.',
    },
    broken,
  ),
  none: view({ state: 'none', sentence: 'This function has no resource-based policy.' }),
  unreadable: view({
    state: 'unreadable',
    sentence: 'The policy of orders-incoming:live could not be read: access was denied.',
    remedy: 'Ask for lambda:GetPolicy on this function, or choose another profile.',
  }),
  loading: view({ state: 'loading' }),
};

async function takeAll(): Promise<void> {
  const harness = await PolicyPageHarness.start();
  try {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      if (onlyTheme && theme !== onlyTheme) continue;
      for (const width of [1400, 900, 500]) {
        if (onlyWidth && String(width) !== onlyWidth) continue;
        for (const [name, content] of Object.entries(views)) {
          const page = await harness.open({ theme, width });
          page.on('pageerror', (error) => console.error(error));
          page.on('console', (message) => console.log(message.text()));
          await show(page, content);
          const file = (what: string) => path.join(folder, `${theme}-${width}-${what}.png`);
          await page.screenshot({ path: file(name) });
          if (name === 'three') {
            await page.getByTestId('statement').nth(2).getByRole('button').first().click();
            await page.getByTestId('statement-text').nth(1).hover();
            await page.waitForTimeout(700);
            await page.screenshot({ path: file('three-hover') });
          }
          if (name === 'many' || name === 'three') {
            await page.getByRole('button', { name: 'Raw' }).click();
            await page.getByTestId('statement-text').nth(1).focus();
            await page.keyboard.press('ArrowDown');
            await page.waitForTimeout(200);
            await page.screenshot({ path: file(`${name}-raw`) });
          }
          await page.close();
        }
      }
    }
  } finally {
    await harness.stop();
  }
}

takeAll().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
