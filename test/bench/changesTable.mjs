// What removing statements takes, as a table.
import os from 'node:os';

/** @param {Awaited<ReturnType<typeof import('./changes.mjs').measureChanges>>} measured */
export function printChanges({ rows, cliVersion }) {
  const cores = os.cpus();
  console.log(`\nRemoving statements, on ${cores.length} × ${cores[0]?.model.trim()}`);
  console.log(
    cliVersion === undefined
      ? 'THE AWS CLI IS NOT INSTALLED: compared with one call of the SDK for each statement alone.'
      : `Beside ${cliVersion}, one command after the other (functions only), and one SDK call each.`,
  );
  const cells = ['', 'ours', 'writes', 'requests', 'SDK', 'ratio', 'CLI', 'ratio'];
  console.log(changeLine(cells));
  for (const { what, ours, sdk, cli } of rows) {
    const isReckoned = cli !== undefined && cli.measured < cli.calls;
    console.log(
      changeLine([
        what,
        milliseconds(ours.ms),
        String(ours.writes),
        String(ours.requests),
        milliseconds(sdk.ms),
        `×${(sdk.ms / ours.ms).toFixed(1)}`,
        cli ? `${milliseconds(cli.ms)}${isReckoned ? '*' : ''}` : '',
        cli ? `×${(cli.ms / ours.ms).toFixed(0)}` : '',
      ]),
    );
  }
  console.log('AWS itself takes 15 writes to Lambda a second: 100 calls are at least 6 s there.');
  if (rows.some(({ cli }) => cli !== undefined && cli.measured < cli.calls)) {
    console.log('* reckoned from the first 10 commands');
  }
}

/** @param {readonly string[]} cells */
function changeLine([what = '', ...cells]) {
  return what.padEnd(26) + cells.map((cell) => cell.padStart(11)).join('');
}

/** @param {number} ms */
function milliseconds(ms) {
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}
