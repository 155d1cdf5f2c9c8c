// `npm run bench`: what starting the extension costs VS Code, how big it is to download, and what
// removing many statements takes beside one call for each.
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
  process.exitCode = isSmall && isQuick ? 0 : 1;
  const { measureChanges } = await import('./changes.mjs');
  const { printChanges } = await import('./changesTable.mjs');
  printChanges(await measureChanges());
});

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
