// The policy page in a Chromium of its own: the real document, style and script under the real
// Content-Security-Policy, with a stand-in for what VS Code gives a webview.
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from '../vscode/browser.mjs';
import { repoRoot } from '../vscode/paths.mjs';
import { pageHtml } from '../../src/policyPage/pageHtml';
import type { FromPage, PageState, PageView } from '../../src/policyPage/protocol';
import type { ThemeName } from './themes';
import { themes } from './themes';

const origin = 'https://policy-page.test';

export const pageState: PageState = {
  connectionId: 'a"b\'c</script>&amp;',
  resource: { kind: 'queue', name: '<img src=x>' },
  form: 'formatted',
};

/** What the page's stand-in keeps in `window.seen`. */
interface Seen {
  messages: FromPage[];
  states: PageState[];
  violations: string[];
  scripts: number;
}

declare global {
  interface Window {
    seen: Seen;
  }
}

export interface OpenOptions {
  readonly width?: number;
  readonly theme?: ThemeName;
  /** What VS Code kept from before. */
  readonly kept?: PageState;
}

export class PolicyPageHarness {
  private constructor(
    private readonly browser: Browser,
    private readonly script: string,
  ) {}

  static async start(): Promise<PolicyPageHarness> {
    const browser = await chromium.launch(await ensureBrowser());
    const { outputFiles } = await build({
      entryPoints: [path.join(repoRoot, 'src/webview/policyPage.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      mainFields: ['module', 'main'],
      tsconfig: path.join(repoRoot, 'src/webview/tsconfig.json'),
    });
    return new PolicyPageHarness(browser, outputFiles[0]?.text ?? '');
  }

  async open({ width = 1400, theme = 'vscode-dark', kept }: OpenOptions = {}): Promise<Page> {
    const page = await this.browser.newPage({ viewport: { width, height: 900 } });
    const style = readFileSync(path.join(repoRoot, 'media/policyPage.css'), 'utf8');
    const html = pageHtml({
      cspSource: origin,
      scriptUri: `${origin}/page.js`,
      styleUri: `${origin}/page.css`,
      nonce: 'bm9uY2Utb2YtdGVzdHM=',
      language: 'en',
      title: 'orders & <b>more</b>',
      state: pageState,
    });
    const files = new Map([
      ['/', { body: html, contentType: 'text/html' }],
      ['/page.css', { body: style, contentType: 'text/css' }],
      ['/page.js', { body: this.script, contentType: 'text/javascript' }],
    ]);
    await page.route('**/*', (route) => {
      const file = files.get(new URL(route.request().url()).pathname);
      return file ? route.fulfill(file) : route.abort();
    });
    // tsx names functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.addInitScript(standIn, { theme, variables: themes[theme], kept });
    await page.goto(`${origin}/`);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

/** Runs in the page, before its own script. */
function standIn(given: {
  theme: string;
  variables: Readonly<Record<string, string>>;
  kept: PageState | undefined;
}): void {
  const seen: Seen = { messages: [], states: [], violations: [], scripts: 0 };
  window.seen = seen;
  const api = {
    postMessage: (message: FromPage) => seen.messages.push(message),
    getState: () => given.kept,
    setState: (state: PageState) => seen.states.push(state),
  };
  Object.assign(window, {
    acquireVsCodeApi: () => api,
    alert: () => {
      seen.scripts += 1;
    },
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    seen.violations.push(`${violatedDirective} ${blockedURI}`);
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.classList.add(given.theme);
    for (const [name, value] of Object.entries(given.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}

/** Sends what the extension would send, and waits until it is drawn. */
export async function show(page: Page, view: PageView): Promise<void> {
  await page.evaluate(async (data) => {
    window.postMessage({ type: 'show', view: data }, '*');
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }, view);
}

/** What the page sent so far. */
export function sent(page: Page): Promise<FromPage[]> {
  return page.evaluate(() => window.seen.messages);
}
