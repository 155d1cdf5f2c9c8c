// Runs Mocha and leaves the counts in a file. Used in plain Node and inside the extension host.
import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { grepVariable, lineTagVariable, resultsFileVariable } from './testLines.mjs';

/**
 * The file is written after the last test and nowhere else, so a process that dies leaves none.
 * @param {readonly string[]} files
 * @returns {Promise<number>} how many failed
 */
export async function runMocha(files) {
  const tag = process.env[lineTagVariable];
  if (tag) {
    Mocha.reporters.Base.consoleLog = (/** @type {unknown[]} */ ...args) =>
      console.log(tag + format(...args));
  }
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 120_000,
    color: Boolean(process.env.FORCE_COLOR),
    // One test alone is asked for with --grep; a forgotten `only` would hide all others.
    forbidOnly: true,
  });
  const text = process.env[grepVariable];
  if (text) mocha.fgrep(text);
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const passed = runner.stats?.passes ?? 0;
      const file = process.env[resultsFileVariable];
      if (file) writeFileSync(file, JSON.stringify({ passed, failed }));
      resolve(failed);
    });
  });
}
