// `npm run bench`: what starting the extension costs VS Code, and how big it is to download.
import { ensureDependencies } from '../vscode/dependencies.mjs';
import { runMain } from '../vscode/processes.mjs';

runMain(async () => {
  await ensureDependencies();
  const { packageExtension } = await import('../vscode/package.mjs');
  const { measureLoad } = await import('./loadTime.mjs');
  const { statSync } = await import('node:fs');
  const vsix = statSync(await packageExtension()).size;
  const { bundle, baseline } = measureLoad();
  const ratio = (bundle / baseline).toFixed(1);
  const rows = [
    row(
      'require of the main bundle (median of 10)',
      `${bundle.toFixed(2)} ms`,
      '5 ms',
      bundle <= 5,
    ),
    row('  beside an empty module', `${baseline.toFixed(2)} ms`, `×${ratio}`, true),
    row('.vsix', `${(vsix / 1024).toFixed(0)} KB`, '1024 KB', vsix <= 1024 * 1024),
  ];
  console.log(rows.map(({ text }) => text).join('\n'));
  process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
});

/**
 * @param {string} what
 * @param {string} measured
 * @param {string} budget
 * @param {boolean} ok
 */
function row(what, measured, budget, ok) {
  const note = ok ? '' : '  over its budget';
  return { ok, text: `${what.padEnd(42)}${measured.padStart(10)}${budget.padStart(10)}${note}` };
}
