// Which Chromium tests use. Only after dependencies are installed.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { chromium } from '@playwright/test';
import { installOnce } from './installOnce.mjs';
import { cacheRoot, repoRoot } from './paths.mjs';
import { PlainError } from './processes.mjs';

/**
 * @typedef {object} BrowserLaunch what `chromium.launch` takes
 * @property {string} executablePath
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 */

// No sandbox: it does not work for root, in most containers, and all pages are our own.
// /dev/shm is 64 MB in containers, too small for the workbench.
const launchArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * In this order: CHROMIUM_PATH, the one Playwright downloaded, one of the system, the one in npm.
 * @returns {Promise<BrowserLaunch>}
 */
export async function ensureBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !existsSync(chosen)) {
    throw new PlainError(`CHROMIUM_PATH names ${chosen}, which does not exist.`);
  }
  const candidates = [chosen, chromium.executablePath(), ...systemBrowsers];
  const found = candidates.find((file) => file && existsSync(file));
  if (found) return { executablePath: found, args: launchArguments };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new PlainError(
      'No Chromium was found. Run `npx playwright install chromium`, or set CHROMIUM_PATH.',
    );
  }
  return browserFromNpm();
}

/** @returns {Promise<BrowserLaunch>} */
async function browserFromNpm() {
  const source = path.join(repoRoot, 'node_modules/@sparticuz/chromium');
  const manifest = readFileSync(path.join(source, 'package.json'), 'utf8');
  const { version } = /** @type {{ version: string }} */ (JSON.parse(manifest));
  const directory = path.join(cacheRoot, `chromium-${version}`);
  const identity = { stamp: `${version} recipe 2`, what: `Unpacking Chromium ${version} (once)` };
  await installOnce(directory, identity, async (building) => {
    for (const name of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
      await untar(await decompress(path.join(source, 'bin', name)), building);
    }
    writeFileSync(path.join(building, 'fonts/fonts.conf'), fontConfiguration(directory));
    const executable = path.join(building, 'chromium');
    writeFileSync(executable, await decompress(path.join(source, 'bin/chromium.br')));
    chmodSync(executable, 0o755);
  });
  return {
    executablePath: path.join(directory, 'chromium'),
    args: launchArguments,
    env: {
      .../** @type {Record<string, string>} */ (process.env),
      LD_LIBRARY_PATH: path.join(directory, 'lib'),
      FONTCONFIG_FILE: path.join(directory, 'fonts/fonts.conf'),
    },
  };
}

/** @param {string} file */
function decompress(file) {
  return promisify(zlib.brotliDecompress)(readFileSync(file));
}

/**
 * @param {Buffer} archive
 * @param {string} target
 * @returns {Promise<void>}
 */
function untar(archive, target) {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', ['-xf', '-', '-C', target], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new PlainError(`tar ended with code ${code}.`));
    });
    child.stdin.end(archive);
  });
}

/**
 * This Chromium crashes on the first text it draws when fontconfig finds no font at all. Its own
 * font goes first, so that pictures do not depend on what is installed.
 * @param {string} directory where it will be, not where it is being built
 */
function fontConfiguration(directory) {
  const aliases = ['sans', 'sans-serif', 'system-ui'].map(
    (family) =>
      `  <alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${directory}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${directory}/font-cache</cachedir>
${aliases.join('\n')}
</fontconfig>
`;
}
