// VS Code as a server of this machine, shown in the person's browser.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { logsRoot } from './paths.mjs';
import { PlainError } from './processes.mjs';
import { startServer } from './server.mjs';
import { ensureServer } from './serverSetup.mjs';
import { linkExtensions, makeStartFolders, sampleConnection } from './startFolders.mjs';

/**
 * Returns when the person ends it.
 * @param {import('./serverVersions.mjs').ServerVersion} version
 * @param {{ open: boolean }} options
 */
export async function startInBrowser(version, { open }) {
  const installed = await ensureServer(version);
  const folders = makeStartFolders(version.vscode);
  linkExtensions(folders);
  const logFile = path.join(logsRoot, 'start.log');
  const server = await startServer(installed, {
    dataDirectory: folders.data,
    extensionsDirectory: folders.extensions,
    logFile,
    env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
    machineSettings: sampleConnection,
  });
  const url = server.url({ folder: folders.workspace });
  console.log(
    `\nVS Code ${version.vscode} with the sample account:\n\n  ${url}\n\nCtrl+C ends it.`,
  );
  if (open) openInBrowser(url);
  const signals = new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.once(signal, () => resolve(undefined));
    }
  });
  const code = await Promise.race([signals, server.ended]);
  if (code !== undefined)
    throw new PlainError(`The VS Code server ended (${code}); see ${logFile}.`);
  await server.close();
}

/**
 * Never fails: the address is printed, and many machines have no browser.
 * @param {string} url
 */
function openInBrowser(url) {
  /** @type {[string, string[]]} */
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
