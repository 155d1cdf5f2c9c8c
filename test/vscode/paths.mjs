// Where things are. `fileURLToPath` and not `import.meta.dirname`, which Node 18 lacks: the sentence
// about a too old Node (see dependencies.mjs) must still be reached there.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything that set-up downloads or a run leaves behind; ignored by git, safe to delete. */
export const cacheRoot = path.join(repoRoot, '.vscode-test');
export const logsRoot = path.join(cacheRoot, 'logs');
/** Bundles of the integration tests. */
export const outRoot = path.join(repoRoot, 'out');

/**
 * Removes a folder that a run made for itself. What a process that is just ending still writes into
 * it must not fail tests that have passed.
 * @param {string} folder
 */
export function removeTemporary(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    console.error(`${folder} is left behind: ${String(error)}`);
  }
}

/** The fields of package.json that tests rely on. */
export function readManifest() {
  const text = readFileSync(path.join(repoRoot, 'package.json'), 'utf8');
  return /** @type {{ name: string, publisher: string, version: string }} */ (JSON.parse(text));
}

/** The folder name VS Code gives an installed copy of this extension, also its id with the version. */
export function extensionFolderName() {
  const { publisher, name, version } = readManifest();
  return `${publisher}.${name}-${version}`;
}
