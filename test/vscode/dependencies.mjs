// Makes a fresh clone ready. Only Node's own modules here: this runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './paths.mjs';
import { npm, PlainError, step } from './processes.mjs';

/** What the tools of the lock file ask for. */
const minimumNode = [20, 19];
const modules = path.join(repoRoot, 'node_modules');
const lockFile = path.join(repoRoot, 'package-lock.json');
const stampFile = path.join(modules, '.installed-lock');

/** `npm ci` when node_modules is not what package-lock.json says. Throws a sentence on an old Node. */
export async function ensureDependencies() {
  checkNode();
  // A link to the modules of another checkout: `npm ci` would empty that one.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!existsSync(stampFile) && installedByHand()) {
    writeFileSync(stampFile, stamp);
    return;
  }
  // No install script is needed: Playwright's browser comes from elsewhere (see browser.mjs), and
  // esbuild's binary is an optional package of its own.
  await step('Installing dependencies (npm ci)', () =>
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], repoRoot),
  );
  writeFileSync(stampFile, stamp);
}

/** Whether the person ran `npm install` or `npm ci` after the lock file last changed. */
function installedByHand() {
  const written = path.join(modules, '.package-lock.json');
  return existsSync(written) && statSync(written).mtimeMs >= statSync(lockFile).mtimeMs;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = minimumNode;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new PlainError(
      `This needs Node ${minimumNode.join('.')} or newer; you run Node ${process.versions.node}. ` +
        'Get a newer one from https://nodejs.org and try again.',
    );
  }
}
