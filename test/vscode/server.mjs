// Starts a VS Code server on 127.0.0.1 and says how to open it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from './processes.mjs';
import { quietSettings } from './settings.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDirectory of this server alone: user data, settings, extension storage
 * @property {string} extensionsDirectory
 * @property {string} logFile
 * @property {string} [userDataDirectory] default: inside `dataDirectory`
 * @property {NodeJS.ProcessEnv} [env] what the server, and so the extension host, gets
 * @property {Record<string, unknown>} [userSettings] on top of the quiet ones
 * @property {Record<string, unknown>} [machineSettings] for settings of scope `machine`
 * @property {'info' | 'warn'} [logLevel]
 * @property {boolean} [automation] makes the server obey the payload of a URL. Never for UI tests:
 *   it hides all notifications.
 */

/**
 * @typedef {object} OpenOptions what a URL opens
 * @property {string} [folder]
 * @property {string} [workspace] a .code-workspace file
 * @property {readonly (readonly [string, string])[]} [payload] switches of the workbench
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} authority of vscode-remote: URIs
 * @property {(options: OpenOptions) => string} url
 * @property {() => Promise<void>} close ends it and its extension hosts
 * @property {Promise<number>} ended the exit code, when it has ended for whatever reason
 */

/**
 * @param {import('./serverSetup.mjs').InstalledServer} installed
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(installed, options) {
  const token = randomBytes(20).toString('hex');
  const args = prepare(options, token);
  if (options.automation) args.push('--enable-smoke-test-driver');
  const child = spawn(
    installed.node,
    [path.join(installed.directory, 'out/server-main.js'), ...args],
    {
      // Its own group, so that `close` also ends the extension hosts and Ctrl+C reaches only us.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
    },
  );
  // It is in a group of its own, so it would outlive us if we ended by a signal or an error.
  const end = () => killGroup(child);
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const port = await listeningPort(child, options.logFile);
  const authority = `127.0.0.1:${port}`;
  return {
    port,
    authority,
    url: (open) => urlOf(authority, token, open),
    close: () => close(child),
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))),
  };
}

/**
 * Writes the settings and the token, and returns the server's arguments.
 * @param {ServerOptions} options
 * @param {string} token
 */
function prepare(options, token) {
  const { dataDirectory, extensionsDirectory, logFile } = options;
  const userData = options.userDataDirectory ?? path.join(dataDirectory, 'data');
  for (const folder of [extensionsDirectory, path.join(userData, 'logs'), path.dirname(logFile)]) {
    mkdirSync(folder, { recursive: true });
  }
  writeSettings(path.join(userData, 'User'), { ...quietSettings, ...options.userSettings });
  if (options.machineSettings) {
    writeSettings(path.join(userData, 'Machine'), options.machineSettings);
  }
  // In a file, since every user of the machine can read a command line.
  const tokenFile = path.join(dataDirectory, 'connection-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
    ...['--server-data-dir', dataDirectory, '--user-data-dir', userData],
    ...['--extensions-dir', extensionsDirectory, '--log', options.logLevel ?? 'warn'],
    ...['--accept-server-license-terms', '--disable-telemetry'],
  ];
}

/**
 * @param {string} folder
 * @param {Record<string, unknown>} settings
 */
function writeSettings(folder, settings) {
  const file = path.join(folder, 'settings.json');
  if (existsSync(file)) return; // the person's changes from an earlier start
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {string} logFile
 * @returns {Promise<number>}
 */
function listeningPort(child, logFile) {
  const log = createWriteStream(logFile);
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      killGroup(child);
      reject(new PlainError(`The VS Code server did not listen within two minutes:\n${output}`));
    }, 120_000);
    const read = (/** @type {Buffer} */ data) => {
      log.write(data);
      if (output.length > 100_000) return;
      output += data.toString();
      const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    // At the end of its output, which may come after that of the process.
    child.on('close', () => log.end());
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new PlainError(`The VS Code server ended (${code}) before it listened:\n${output}`));
    });
  });
}

/**
 * @param {string} authority
 * @param {string} token
 * @param {OpenOptions} open
 */
function urlOf(authority, token, { folder, workspace, payload }) {
  const query = new URLSearchParams({ tkn: token });
  if (workspace) query.set('workspace', path.resolve(workspace));
  else if (folder) query.set('folder', path.resolve(folder));
  else query.set('ew', 'true');
  if (payload) query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query.toString()}`;
}

/** @param {import('node:child_process').ChildProcess} child */
async function close(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => killGroup(child), 3000);
    await gone;
    clearTimeout(timer);
  }
  killGroup(child);
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // all of them are gone
  }
}
