// UI tests: Playwright drives the packaged .vsix in a browser, as a person would.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowser } from '../browser.mjs';
import { packageExtension, vsixFile } from '../package.mjs';
import { logsRoot, removeTemporary, repoRoot } from '../paths.mjs';
import { run, runOrThrow } from '../processes.mjs';
import { readResults, sum } from '../results.mjs';
import { ensureServer } from '../serverSetup.mjs';

/** @type {import('../results.mjs').Part} */
export async function ui(selection) {
  const results = await runPlaywright('test/e2e/playwright.config.ts', selection);
  return sum([results, checkSize()]);
}

/** Everyone who installs the extension waits for it. */
const mostBytes = 1024 * 1024;

/** @returns {import('../results.mjs').Results} */
function checkSize() {
  const { size } = statSync(vsixFile());
  if (size <= mostBytes) return { passed: 1, failed: 0 };
  console.error(`✗ The .vsix has ${size} bytes; it may have ${mostBytes}.`);
  return { passed: 0, failed: 1 };
}

/**
 * Packages the extension, installs it and runs what a Playwright configuration names.
 * @param {string} config path in the repository
 * @param {import('../results.mjs').Selection} selection
 */
export async function runPlaywright(config, { versions, grep }) {
  const vsix = await packageExtension();
  const browser = await ensureBrowser();
  const all = [];
  for (const version of versions) all.push(await runOn(version, { vsix, browser, grep, config }));
  return sum(all);
}

/**
 * @param {import('../serverVersions.mjs').ServerVersion} version
 * @param {{
 *   vsix: string,
 *   browser: import('../browser.mjs').BrowserLaunch,
 *   grep: string | undefined,
 *   config: string,
 * }} what
 * @returns {Promise<import('../results.mjs').Results>}
 */
async function runOn(version, { vsix, browser, grep, config }) {
  const server = await ensureServer(version);
  const data = mkdtempSync(path.join(os.tmpdir(), 'ui-'));
  const report = path.join(data, 'report.json');
  const logs = path.join(logsRoot, `ui-${version.vscode}`);
  mkdirSync(logs, { recursive: true });
  console.log(`\nVS Code ${version.vscode}`);
  try {
    const extensionsDirectory = path.join(data, 'extensions');
    await install(server, vsix, { data, extensionsDirectory });
    /** @type {import('../underTest.mjs').UnderTest} */
    const underTest = { version: version.vscode, server, extensionsDirectory, browser, logs };
    const playwright = path.join(repoRoot, 'node_modules/@playwright/test/cli.js');
    const args = [
      playwright,
      'test',
      '--config',
      path.join(repoRoot, config),
      '--reporter',
      'list,json',
    ];
    if (grep !== undefined) args.push('--grep', escapeRegExp(grep));
    const { code } = await run(process.execPath, args, {
      cwd: repoRoot,
      env: {
        ...process.env,
        VSCODE_UNDER_TEST: JSON.stringify(underTest),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    });
    const results = path.join(data, 'results.json');
    if (existsSync(report)) writeFileSync(results, JSON.stringify(counts(report)));
    return readResults(`UI on VS Code ${version.vscode}`, results, code);
  } finally {
    removeTemporary(data);
  }
}

/**
 * @param {import('../serverSetup.mjs').InstalledServer} server
 * @param {string} vsix
 * @param {{ data: string, extensionsDirectory: string }} folders
 */
async function install({ node, directory }, vsix, { data, extensionsDirectory }) {
  await runOrThrow(node, [
    path.join(directory, 'out/server-main.js'),
    ...['--accept-server-license-terms', '--install-extension', vsix],
    ...['--extensions-dir', extensionsDirectory],
    ...['--server-data-dir', path.join(data, 'installer')],
    ...['--user-data-dir', path.join(data, 'installer/data')],
  ]);
}

/**
 * @param {string} report
 * @returns {import('../results.mjs').Results}
 */
function counts(report) {
  const { stats } =
    /** @type {{ stats: { expected: number, unexpected: number, flaky: number } }} */ (
      JSON.parse(readFileSync(report, 'utf8'))
    );
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** @param {string} text */
function escapeRegExp(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
