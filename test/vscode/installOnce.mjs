// Downloads into .vscode-test/: each folder is made once, whole or not at all.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, PlainError, runOrThrow, step } from './processes.mjs';

/**
 * Makes a folder unless it is there with the same stamp. It is built beside its place and renamed at
 * the end, so that an interrupted run leaves nothing half done and two runs do not meet.
 * @param {string} directory
 * @param {{ stamp: string, what: string }} identity `stamp` changes whenever the content would
 * @param {(building: string) => Promise<void>} build
 */
export async function installOnce(directory, { stamp, what }, build) {
  const isInstalled = () => {
    const file = path.join(directory, '.stamp');
    return existsSync(file) && readFileSync(file, 'utf8') === stamp;
  };
  if (isInstalled()) return;
  const building = `${directory}.building-${process.pid}`;
  mkdirSync(building, { recursive: true });
  try {
    await step(what, () => build(building));
    writeFileSync(path.join(building, '.stamp'), stamp);
    if (isInstalled()) return; // another run was faster
    rmSync(directory, { recursive: true, force: true });
    renameSync(building, directory);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/**
 * Unpacks a part of an npm package whose content we know by its sum.
 * @param {{ name: string, integrity: string }} wanted
 * @param {string} target made if missing
 * @param {{ strip: number, members: readonly string[], exclude?: readonly string[] }} selection as
 *   `tar` takes it: leading folders to drop, and paths inside the archive
 */
export async function unpackPackage(wanted, target, { strip, members, exclude = [] }) {
  mkdirSync(target, { recursive: true });
  const args = ['pack', wanted.name, '--json', '--silent', '--ignore-scripts'];
  const [packed] = /** @type {{ filename: string }[]} */ (JSON.parse(await npm(args, target)));
  if (!packed) throw new PlainError(`npm packed nothing for ${wanted.name}.`);
  // A scoped package's reported name may hold a slash where the file's has a dash.
  const archive = path.join(target, packed.filename.replace(/^@/, '').replaceAll('/', '-'));
  const sum = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${sum}` !== wanted.integrity) {
    throw new PlainError(`${wanted.name} is not the package we know: its sum is sha512-${sum}.`);
  }
  const excluded = exclude.map((pattern) => `--exclude=${pattern}`);
  const options = ['-xzf', archive, '-C', target, `--strip-components=${strip}`, ...excluded];
  await runOrThrow('tar', [...options, ...members]);
  rmSync(archive);
}
