// The desktop VS Code that the person has installed.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './paths.mjs';
import { PlainError } from './processes.mjs';
import { quietSettings } from './settings.mjs';
import { makeStartFolders, sampleConnection } from './startFolders.mjs';

/** Returns when its window is closed. CODE_PATH names another executable than `code`. */
export async function startDesktop() {
  const folders = makeStartFolders('desktop');
  const user = path.join(folders.data, 'User');
  mkdirSync(user, { recursive: true });
  // On the desktop, settings of scope `machine` are user settings.
  const settings = { ...quietSettings, ...sampleConnection };
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
  await launch(process.env.CODE_PATH ?? 'code', [
    folders.workspace,
    `--extensionDevelopmentPath=${repoRoot}`,
    `--extensionDevelopmentPath=${folders.helper}`,
    `--user-data-dir=${folders.data}`,
    `--extensions-dir=${folders.extensions}`,
    ...['--new-window', '--wait', '--skip-welcome', '--skip-release-notes'],
  ]);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function launch(command, args) {
  return new Promise((resolve, reject) => {
    // On Windows `code` is a .cmd file, which runs only in a shell.
    const shell = process.platform === 'win32';
    const quoted = shell ? args.map((argument) => `"${argument}"`) : args;
    const child = spawn(shell ? `"${command}"` : command, quoted, { stdio: 'inherit', shell });
    const missing = new PlainError(
      `No desktop VS Code was started: "${command}" could not be run. Install it with the ` +
        '"code" command on the PATH, or set CODE_PATH to its executable. ' +
        'Without --desktop, `npm start` needs none.',
    );
    child.on('error', () => reject(missing));
    child.on('close', (code) => {
      if (code === 0 || code === null) resolve();
      else reject(new PlainError(`VS Code ended with code ${code}.`));
    });
    process.once('SIGINT', () => child.kill());
  });
}
