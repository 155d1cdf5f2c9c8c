// `npm run bench`: what starting the extension costs VS Code, how big it is to download, what listing
// and auditing a large account take under AWS’s quota, and what removing many statements takes beside one call
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
  const { measureLargeAccount } = await import('./largeAccount.mjs');
  const isLargeFine = printLargeAccount(await measureLargeAccount());
  const { measureAudit } = await import('./audit.mjs');
  const isAuditFine = printAudit(await measureAudit());
  process.exitCode = isSmall && isQuick && isListedInTime && isLargeFine && isAuditFine ? 0 : 1;
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
  const milliseconds = (/** @type {number} */ ms) => `${ms.toFixed(0)} ms`;
  const beside = `SDK ${milliseconds(sdk.firstMs)}, a page ${milliseconds(roundTripMs)}`;
  row('  the first rows', milliseconds(ours.firstMs), beside);
  row('  refused by the quota', String(ours.refused), `of ${ours.requests} requests`);
  const end = sdk.failure === undefined ? '' : `${sdk.failure} after ${sdk.functions}; `;
  row('  by the SDK alone', seconds(sdk.wholeMs), `${end}${refusals(sdk)}`);
  return isInTime;
}

/**
 * Answers whether all of it is within the budgets.
 * @param {Awaited<ReturnType<typeof import('./largeAccount.mjs').measureLargeAccount>>} measured
 */
function printLargeAccount({ before, after, pickerMs, filterMs, naiveMs, count, profileCount }) {
  const mb = (/** @type {number} */ bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const ms = (/** @type {number} */ time) => `${time.toFixed(0)} ms`;
  const isLight = after - before <= 60 * 1024 * 1024;
  row(
    `heap for ${count} functions + queues`,
    mb(after - before),
    `${mb(before)} before, in a real host`,
    '60 MB',
    isLight,
  );
  row(
    `filter of ${count} rows`,
    ms(filterMs),
    `×${(filterMs / naiveMs).toFixed(1)} of filter and sort`,
    '50 ms',
    filterMs < 50,
  );
  row(
    `list of ${profileCount} profiles`,
    ms(pickerMs),
    'the slowest of three, in the host',
    '300 ms',
    pickerMs < 300,
  );
  return isLight && filterMs < 50 && pickerMs < 300;
}

/**
 * Answers whether all of it is within the budgets.
 * @param {Awaited<ReturnType<typeof import('./audit.mjs').measureAudit>>} measured
 */
function printAudit({ evaluated, unpaced, unpacedSdk, paced, slow, standard, adaptive, cli }) {
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(2)} s`;
  const { decideMs, findMs, count } = evaluated;
  const isEvaluated = decideMs < 1000;
  row(`a question to ${count} policies`, seconds(decideMs), 'of 5 statements', '1 s', isEvaluated);
  row('  all there is to find in them', seconds(findMs), `×${(findMs / decideMs).toFixed(1)}`);
  const cpuMs = (unpaced.cpuMs / unpaced.read) * 1000;
  const isFast = unpaced.wholeMs <= 2500 && unpaced.lost === 0;
  const isLight = cpuMs <= 1800;
  row(
    `audit of ${unpaced.read} policies, no quota`,
    seconds(unpaced.wholeMs),
    `${unpaced.lost} lost`,
    '2.5 s',
    isFast,
  );
  const sdkCpuMs = (unpacedSdk.cpuMs / unpacedSdk.read) * 1000;
  const beside = `SDK, functions alone: ${seconds(sdkCpuMs)}`;
  row('  CPU for 1000 policies', seconds(cpuMs), beside, '1.8 s', isLight);
  const results = [
    { what: 'audit under 15/s', audit: paced, budget: 1.02, refusals: 5 },
    { what: 'audit under 7.5/s', audit: slow, budget: 1.03 },
    { what: '  SDK, 10 at once, standard', audit: standard },
    { what: '  SDK, 10 at once, adaptive', audit: adaptive },
    { what: '  CLI, one at a time, reckoned', audit: cli },
  ].map(({ what, audit, budget, refusals = Infinity }) => {
    if (!audit) return true;
    const { wholeMs, leastMs, lost, refused } = audit;
    const ratio = wholeMs / leastMs;
    const isIn = budget === undefined || (ratio <= budget && lost === 0 && refused <= refusals);
    const note = `×${ratio.toFixed(3)} of the least, ${lost} lost, ${refused} refused`;
    row(what, seconds(wholeMs), note, budget === undefined ? undefined : `×${budget}`, isIn);
    return isIn;
  });
  return isEvaluated && isFast && isLight && !results.includes(false);
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
