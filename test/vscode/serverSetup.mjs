// Sets up a VS Code server from npm alone: no compiler, no install script, no other download.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installOnce, unpackPackage } from './installOnce.mjs';
import { spdlogStandIn, watchdogStandIn } from './nativeStandIns.mjs';
import { ensureServerNode } from './serverNode.mjs';
import { cacheRoot } from './paths.mjs';
import { npm } from './processes.mjs';
import { binaries } from './serverVersions.mjs';

/** Part of the stamp: raise it when this file changes what it makes. */
const recipe = 1;
const platform = `${process.platform}-${process.arch}`;

/**
 * @typedef {object} InstalledServer
 * @property {string} version of VS Code
 * @property {string} directory holds out/server-main.js
 * @property {string} node the Node that runs it
 */

/**
 * @param {import('./serverVersions.mjs').ServerVersion} version
 * @returns {Promise<InstalledServer>}
 */
export async function ensureServer(version) {
  const node = await ensureServerNode(version.node);
  const directory = path.join(cacheRoot, `vscode-${version.vscode}`);
  const identity = {
    stamp: `${version.package.integrity} ${platform} recipe ${recipe}`,
    what: `Setting up VS Code ${version.vscode} (once, about 15 s)`,
  };
  await installOnce(directory, identity, async (building) => {
    await unpackPackage(version.package, building, {
      strip: 3,
      members: ['package/lib/vscode'],
      exclude: ['*.map', '*/lib/vscode/extensions/copilot'],
    });
    await installModules(building);
    replaceNativeModules(path.join(building, 'node_modules'));
    await addBinaries(path.join(building, 'node_modules'));
    prune(building);
  });
  return { version: version.vscode, directory, node };
}

/**
 * `--legacy-peer-deps`: without it npm finds the packages' lock files incomplete ("Missing: tslib").
 * @param {string} server
 */
async function installModules(server) {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', ...quiet];
  await npm(args, server);
  await npm(args, path.join(server, 'extensions'));
}

/** @param {string} modules */
function replaceNativeModules(modules) {
  writeFileSync(path.join(modules, '@vscode/spdlog/index.js'), spdlogStandIn);
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    const directory = path.join(modules, name);
    if (existsSync(directory)) writeFileSync(path.join(directory, 'index.js'), watchdogStandIn);
  }
}

/** @param {string} modules */
async function addBinaries(modules) {
  const ripgrep = path.join(modules, '@vscode/ripgrep');
  if (existsSync(ripgrep)) {
    const members = [`package/bin/${platform}/${process.platform === 'win32' ? 'rg.exe' : 'rg'}`];
    await unpackPackage(binaries.ripgrep, path.join(ripgrep, 'bin'), { strip: 3, members });
  }
  const pty = path.join(modules, 'node-pty');
  if (!existsSync(path.join(pty, 'prebuilds'))) {
    const members = ['package/lib', 'package/prebuilds'];
    await unpackPackage(binaries.pty, pty, { strip: 1, members });
  }
}

/**
 * Drops what no test and no start needs: AI back ends, other platforms' binaries.
 * @param {string} server
 */
function prune(server) {
  const unused = [
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    'extensions/node_modules/typescript',
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@parcel/watcher-linux-x64-musl',
    'node_modules/@vscode/ripgrep/node_modules',
    'node_modules/@vscode/sqlite3/deps',
    'node_modules/@vscode/vscode-languagedetection/model',
  ];
  for (const folder of [
    'node_modules/@vscode/ripgrep-universal/bin',
    'node_modules/node-pty/prebuilds',
  ]) {
    if (!existsSync(path.join(server, folder))) continue;
    const others = readdirSync(path.join(server, folder)).filter((name) => name !== platform);
    unused.push(...others.map((name) => `${folder}/${name}`));
  }
  for (const name of unused) rmSync(path.join(server, name), { recursive: true, force: true });
}
