// Builds the extension and packs it. Only after dependencies are installed.
import path from 'node:path';
import { readManifest, repoRoot } from './paths.mjs';
import { runOrThrow } from './processes.mjs';

/** @param {{ production?: boolean }} [options] production: small, without source maps */
export async function buildExtension({ production = false } = {}) {
  const args = [path.join(repoRoot, 'esbuild.js'), ...(production ? ['--production'] : [])];
  await runOrThrow(process.execPath, args, { cwd: repoRoot });
}

/** The .vsix, in the root of the repository. */
export function vsixFile() {
  const { name, version } = readManifest();
  return path.join(repoRoot, `${name}-${version}.vsix`);
}

/** @returns {Promise<string>} where it is */
export async function packageExtension() {
  await buildExtension({ production: true });
  const file = vsixFile();
  const vsce = path.join(repoRoot, 'node_modules/@vscode/vsce/vsce');
  // All code is in the bundles; links in the README stay as they are while there is no repository.
  const args = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  await runOrThrow(process.execPath, [vsce, 'package', ...args, '--out', file], { cwd: repoRoot });
  return file;
}
