// `npm run bench`: what starting the extension costs VS Code, how big it is to download, what listing
// a large account takes under AWS's quota, and what removing many statements takes beside one call
// for each.
import { ensureDependencies } from '../vscode/dependencies.mjs';
import { runMain } from '../vscode/processes.mjs';

runMain(async () => {
  await ensureDependencies();
  const { packageExtension } = await import('../vscode/package.mjs');
  const { measureLoad } = await import('./loadTime.mjs');
  const { statSync } = await import('node:fs');
  const vsix = statSync(await packageExtension()).size;
  const { extension, app, aws, empty } = measureLoad();
  const isSmall = vsix <= 1024 * 1024;
  const isQuick = extension <= 5;
  const beside = (/** @type {number} */ time) => `×${(time / empty).toFixed(1)} of an empty module`;
  row(
    'require of the main bundle',
    `${extension.toFixed(2)} ms`,
    beside(extension),
    '5 ms',
    isQuick,
  );
  row('  of the rest, on first use', `${app.toFixed(2)} ms`, beside(app));
  row('  of the AWS SDK, on first call', `${aws.toFixed(2)} ms`, beside(aws));
  row('  of an empty module', `${empty.toFixed(2)} ms`, 'all are medians of 10 processes');
  row('.vsix', `${(vsix / 1024).toFixed(0)} KB`, '', '1024 KB', isSmall);
  const { measureListing } = await import('./listing.mjs');
  const isListedInTime = printListing(await measureListing());
  process.exitCode = isSmall && isQuick && isListedInTime ? 0 : 1;
  const { measureChanges } = await import('./changes.mjs');
  const { printChanges } = await import('./changesTable.mjs');
  printChanges(await measureChanges());
});

/**
 * Answers whether it is within the budget.
 * @param {Awaited<ReturnType<typeof import('./listing.mjs').measureListing>>} measured
 */
function printListing({ ours, sdk, roundTripMs, leastMs, count }) {
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(2)} s`;
  const refusals = (/** @type {{ refused: number, requests: number }} */ of) =>
    `${of.refused} of ${of.requests} requests refused`;
  const ratio = ours.wholeMs / leastMs;
  const isInTime = ratio <= 1.05;
  row(
    `list ${count} functions at 15/s`,
    seconds(ours.wholeMs),
    `×${ratio.toFixed(3)} of the quota's least`,
    '×1.05',
    isInTime,
  );
  row(
    '  the first rows',
    `${ours.firstMs.toFixed(0)} ms`,
    `a page takes ${roundTripMs.toFixed(0)} ms`,
  );
  row('  refused by the quota', String(ours.refused), refusals(ours));
  const end = sdk.failure === undefined ? '' : `${sdk.failure} after ${sdk.functions}; `;
  row('  by the SDK alone', seconds(sdk.wholeMs), `${end}${refusals(sdk)}`);
  return isInTime;
}

/**
 * @param {string} what
 * @param {string} measured
 * @param {string} note
 * @param {string} [budget]
 * @param {boolean} [ok]
 */
function row(what, measured, note, budget, ok = true) {
  const limit = budget === undefined ? '' : `  budget ${budget}${ok ? '' : ': OVER IT'}`;
  console.log(`${what.padEnd(34)}${measured.padStart(11)}  ${note.padEnd(32)}${limit}`);
}
