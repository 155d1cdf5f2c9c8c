// Unit tests: Mocha in plain Node, no VS Code.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isolatedEnvironment } from '../environment.mjs';
import { repoRoot } from '../paths.mjs';
import { run } from '../processes.mjs';
import { readResults } from '../results.mjs';
import { grepVariable, resultsFileVariable } from '../testLines.mjs';

/** These folders of test/ need a VS Code or are no tests. */
const others = new Set(['bench', 'e2e', 'integration', 'pictures', 'vscode']);

/** @type {import('../results.mjs').Part} */
export async function unit({ grep }) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'unit-home-'));
  const results = path.join(home, 'results.json');
  const main = path.join(repoRoot, 'test/vscode/unitMain.mjs');
  try {
    const { code } = await run(process.execPath, ['--import', 'tsx', main, ...testFiles()], {
      cwd: repoRoot,
      env: isolatedEnvironment(home, {
        [resultsFileVariable]: results,
        ...(grep === undefined ? {} : { [grepVariable]: grep }),
      }),
    });
    return readResults('unit', results, code);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function testFiles() {
  const root = path.join(repoRoot, 'test');
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !others.has(entry.name))
    .map((entry) => path.join(root, entry.name));
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => path.join(folder, name)),
    )
    .sort();
}
