#!/usr/bin/env node
// A stand-in for the executable of desktop VS Code: takes the command line that `runTests` of
// @vscode/test-electron makes, and runs it on a VS Code server with a headless Chromium.
import { createWriteStream, mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { parseCodeArguments } from './codeArguments.mjs';
import { isolatedEnvironment } from './environment.mjs';
import { logsRoot, removeTemporary } from './paths.mjs';
import { PlainError, runMain } from './processes.mjs';
import { startServer } from './server.mjs';
import { lineTagVariable, logsVariable, serverVariable } from './testLines.mjs';

/** No suite of ours takes this long; a workbench that hangs must not hang the build. */
const limit = 15 * 60_000;
const tag = '\u0001test\u0001';

runMain(async () => {
  const command = parseCodeArguments(process.argv.slice(2));
  const installed = process.env[serverVariable];
  if (!installed)
    throw new PlainError(`${serverVariable} says which VS Code to run; it is not set.`);
  const logs = process.env[logsVariable] ?? logsRoot;
  mkdirSync(logs, { recursive: true });
  const data = mkdtempSync(path.join(os.tmpdir(), 'vscode-test-'));
  mkdirSync(path.join(data, 'home'));
  try {
    const server = /** @type {import('./serverSetup.mjs').InstalledServer} */ (
      JSON.parse(installed)
    );
    process.exitCode = await runCommand(server, command, { logs, data });
  } finally {
    removeTemporary(data);
  }
});

/**
 * @param {import('./serverSetup.mjs').InstalledServer} installed
 * @param {import('./codeArguments.mjs').CodeArguments} command
 * @param {{ logs: string, data: string }} folders
 * @returns {Promise<number>} the exit code
 */
async function runCommand(installed, command, { logs, data }) {
  const launch = await ensureBrowser();
  const server = await startServer(installed, {
    dataDirectory: data,
    userDataDirectory: command.userDataDirectory,
    extensionsDirectory: command.extensionsDirectory ?? path.join(data, 'extensions'),
    logFile: path.join(logs, 'server.log'),
    logLevel: 'info', // below it, the console of the extension host is not forwarded
    automation: true,
    env: isolatedEnvironment(path.join(data, 'home'), { [lineTagVariable]: tag }),
  });
  /** @type {import('@playwright/test').Browser | undefined} */
  let browser;
  try {
    browser = await chromium.launch(launch);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const ended = waitForEnd(page, path.join(logs, 'workbench.log'));
    await page.goto(server.url(opening(command, server.authority)));
    const code = await ended;
    if (code !== 0)
      await page.screenshot({ path: path.join(logs, 'end.png') }).catch(() => undefined);
    return code;
  } finally {
    await browser?.close();
    await server.close();
  }
}

/**
 * @param {import('./codeArguments.mjs').CodeArguments} command
 * @param {string} authority
 * @returns {import('./server.mjs').OpenOptions}
 */
function opening(command, authority) {
  const uri = (/** @type {string} */ file) =>
    `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
  /** @type {[string, string][]} */
  const payload = command.developmentPaths.map((file) => ['extensionDevelopmentPath', uri(file)]);
  if (command.testsPath) payload.push(['extensionTestsPath', uri(command.testsPath)]);
  if (command.disableExtensions) payload.push(['disableExtensions', 'true']);
  payload.push(['skipWelcome', 'true'], ['skipReleaseNotes', 'true']);
  const kind = command.workspace?.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return { [kind]: command.workspace, payload };
}

/**
 * The workbench hands its log and the result of the tests to two functions of the page. Its exit
 * code alone proves nothing, since a dead extension host ends with 0: whoever runs us must look for
 * the results file that the tests write last.
 * @param {import('@playwright/test').Page} page
 * @param {string} logFile
 * @returns {Promise<number>}
 */
async function waitForEnd(page, logFile) {
  const log = createWriteStream(logFile);
  /** @type {(code: number) => void} */
  let end = () => undefined;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => (end = resolve));
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ level, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      if (line.startsWith(tag)) process.stdout.write(`${line.slice(tag.length)}\n`);
      else log.write(`${level}: ${line}\n`);
    },
  );
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => end(code));
  page.on('crash', () => fail('The page of VS Code crashed.', 70));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => end(130));
  }
  const timer = setTimeout(
    () => fail(`VS Code did not end within ${limit / 60_000} minutes.`, 124),
    limit,
  );
  function fail(/** @type {string} */ why, /** @type {number} */ code) {
    console.error(why);
    end(code);
  }
  void ended.then(() => clearTimeout(timer));
  return ended;
}
