// The Node that runs a VS Code server: each version of VS Code wants one major.
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installOnce, unpackPackage } from './installOnce.mjs';
import { cacheRoot } from './paths.mjs';
import { PlainError, run } from './processes.mjs';

/**
 * @param {import('./serverVersions.mjs').ServerVersion['node']} wanted
 * @returns {Promise<string>} the executable
 */
export async function ensureServerNode(wanted) {
  if (majorOf(process.versions.node) === wanted.major) return process.execPath;
  if (process.platform === 'linux' && process.arch === 'x64') return nodeFromNpm(wanted);
  for (const candidate of installedNodes(wanted.major)) {
    const { code, stdout } = await run(candidate, ['--version'], { quiet: true });
    if (code === 0 && majorOf(stdout.replace('v', '')) === wanted.major) return candidate;
  }
  throw new PlainError(
    `This version of VS Code runs on Node ${wanted.major}, which was not found on this machine ` +
      `(looked at VSCODE_SERVER_NODE, the PATH and nvm). Install it, or set VSCODE_SERVER_NODE to ` +
      `its executable.`,
  );
}

/** @param {import('./serverVersions.mjs').ServerVersion['node']} wanted */
async function nodeFromNpm(wanted) {
  const directory = path.join(cacheRoot, `node-${wanted.version}`);
  const identity = { stamp: wanted.integrity, what: `Fetching Node ${wanted.version} (once)` };
  await installOnce(directory, identity, (building) =>
    unpackPackage(wanted, building, { strip: 2, members: ['package/bin/node'] }),
  );
  return path.join(directory, 'node');
}

/** @param {number} major */
function installedNodes(major) {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, executable));
  const nvm = path.join(process.env.NVM_DIR ?? path.join(os.homedir(), '.nvm'), 'versions/node');
  const byNvm = existsSync(nvm)
    ? readdirSync(nvm)
        .filter((name) => name.startsWith(`v${major}.`))
        .map((name) => path.join(nvm, name, 'bin/node'))
    : [];
  const named = process.env.VSCODE_SERVER_NODE ? [process.env.VSCODE_SERVER_NODE] : [];
  return [...named, ...onPath, ...byNvm].filter((file) => existsSync(file));
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split('.')[0]);
}
