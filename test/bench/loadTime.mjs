// Time of `require` in fresh processes, with the Node that runs us.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repoRoot } from '../vscode/paths.mjs';

const rounds = 10;

/** Prints the milliseconds that requiring argv[2] takes; `vscode` is an object that has anything. */
const probe = `
const Module = require('node:module');
// The bundle copies the names that the module has, some hundreds: so many as the real one.
const names = [...new Set(require('node:fs').readFileSync(process.argv[2], 'utf8').match(/(?<=\\.)([A-Z]\\w+|l10n|window|workspace|commands|env)/g))];
const anything = new Proxy(function () {}.bind(), {
  get: () => anything,
  apply: () => anything,
  construct: () => ({}),
});
const vscode = Object.fromEntries(names.map((name) => [name, anything]));
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
const before = process.hrtime.bigint();
require(process.argv[2]);
console.log(Number(process.hrtime.bigint() - before) / 1e6);
process.exit();
`;

/** @returns {{ bundle: number, baseline: number }} medians in milliseconds */
export function measureLoad() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'load-time-'));
  const script = path.join(directory, 'probe.js');
  const empty = path.join(directory, 'empty.js');
  writeFileSync(script, probe);
  writeFileSync(empty, '');
  const time = (/** @type {string} */ file) =>
    Number(execFileSync(process.execPath, [script, file], { encoding: 'utf8' }));
  try {
    const bundleFile = path.join(repoRoot, 'dist/extension.js');
    const times = Array.from({ length: rounds }, () => [time(bundleFile), time(empty)]);
    return {
      bundle: median(times.map(([bundle]) => bundle ?? NaN)),
      baseline: median(times.map(([, baseline]) => baseline ?? NaN)),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
