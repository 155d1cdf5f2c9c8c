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
const anything = new Proxy(function () {}.bind(), {
  get: () => anything,
  apply: () => anything,
  construct: () => ({}),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const before = process.hrtime.bigint();
require(process.argv[2]);
console.log(Number(process.hrtime.bigint() - before) / 1e6);
process.exit();
`;

/**
 * Median milliseconds to load each bundle in a process of its own, and an empty module beside them;
 * the rounds take turns, so that what else the machine does falls on all alike.
 * @returns {{ extension: number, app: number, aws: number, empty: number }}
 */
export function measureLoad() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'load-time-'));
  const script = path.join(directory, 'probe.js');
  const files = {
    extension: path.join(repoRoot, 'dist/extension.js'),
    app: path.join(repoRoot, 'dist/app.js'),
    aws: path.join(repoRoot, 'dist/aws/openAws.js'),
    empty: path.join(directory, 'empty.js'),
  };
  writeFileSync(script, probe);
  writeFileSync(files.empty, '');
  const time = (/** @type {string} */ file) =>
    Number(execFileSync(process.execPath, [script, file], { encoding: 'utf8' }));
  try {
    const times = Array.from({ length: rounds }, () => ({
      extension: time(files.extension),
      app: time(files.app),
      aws: time(files.aws),
      empty: time(files.empty),
    }));
    return {
      extension: median(times.map(({ extension }) => extension)),
      app: median(times.map(({ app }) => app)),
      aws: median(times.map(({ aws }) => aws)),
      empty: median(times.map(({ empty }) => empty)),
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
