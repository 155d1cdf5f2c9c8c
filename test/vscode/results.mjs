// What a part of the tests reports.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {number} failed
 */

/**
 * @typedef {object} Selection
 * @property {readonly import('./serverVersions.mjs').ServerVersion[]} versions
 * @property {string | undefined} grep text in the titles of the tests to run
 */

/** @typedef {(selection: Selection) => Promise<Results>} Part */

/**
 * Runs checks that are tests by themselves, each of them one.
 * @param {readonly (() => Promise<{ code: number }>)[]} checks
 * @returns {Promise<Results>}
 */
export async function countChecks(checks) {
  const results = { passed: 0, failed: 0 };
  for (const check of checks) {
    const { code } = await check();
    results[code === 0 ? 'passed' : 'failed']++;
  }
  return results;
}

/**
 * Reads the counts of a test process. No file, no test or a bad exit code that no failed test
 * explains is a failure: a run that did not happen must never be green.
 * @param {string} name of the run, for the sentence
 * @param {string} file
 * @param {number} code of the process
 * @returns {Results}
 */
export function readResults(name, file, code) {
  if (!existsSync(file)) {
    console.error(`✗ ${name}: the run ended (code ${code}) before its tests did.`);
    return { passed: 0, failed: 1 };
  }
  const results = /** @type {Results} */ (JSON.parse(readFileSync(file, 'utf8')));
  if (results.passed + results.failed === 0) {
    console.error(`✗ ${name}: no test ran.`);
    return { passed: 0, failed: 1 };
  }
  if (code !== 0 && results.failed === 0) {
    console.error(`✗ ${name}: all tests passed, yet the run ended with code ${code}.`);
    return { ...results, failed: 1 };
  }
  return results;
}

/**
 * @param {readonly Results[]} all
 * @returns {Results}
 */
export function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
  };
}
