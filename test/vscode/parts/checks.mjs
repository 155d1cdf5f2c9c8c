// Types and lint: each tool that runs through counts as one test.
import path from 'node:path';
import { repoRoot } from '../paths.mjs';
import { run } from '../processes.mjs';
import { countChecks } from '../results.mjs';

/** @type {import('../results.mjs').Part} */
export function types() {
  const projects = ['.', 'src/webview', 'test'];
  return countChecks(projects.map((project) => () => tool('typescript/bin/tsc', '-p', project)));
}

/** @type {import('../results.mjs').Part} */
export function lint() {
  return countChecks([
    () => tool('eslint/bin/eslint.js', '.', '--max-warnings', '0'),
    () => tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  ]);
}

/**
 * @param {string} script inside node_modules
 * @param {string[]} args
 */
function tool(script, ...args) {
  const file = path.join(repoRoot, 'node_modules', script);
  return run(process.execPath, [file, ...args], { cwd: repoRoot });
}
