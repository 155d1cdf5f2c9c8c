// `npm test`: everything, or the parts that are named. Works on a fresh clone.
//   node test/run.mjs [types] [lint] [unit] [integration] [ui] [--vscode 1.104.0] [--grep text]
import { parseArgs } from 'node:util';
import { ensureDependencies } from './vscode/dependencies.mjs';
import { runMain, seconds, UsageError } from './vscode/processes.mjs';
import { findVersion, serverVersions } from './vscode/serverVersions.mjs';

/** In the order they run: the quick ones first. Each loads its tools only when it is its turn. */
const parts = {
  types: async () => (await import('./vscode/parts/checks.mjs')).types,
  lint: async () => (await import('./vscode/parts/checks.mjs')).lint,
  unit: async () => (await import('./vscode/parts/unit.mjs')).unit,
  integration: async () => (await import('./vscode/parts/integration.mjs')).integration,
  ui: async () => (await import('./vscode/parts/ui.mjs')).ui,
};

/** @typedef {keyof typeof parts} PartName */

runMain(async () => {
  const { names, selection } = readCommandLine();
  try {
    await ensureDependencies();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  const summary = [];
  let total = { passed: 0, failed: 0 };
  for (const name of names) {
    const started = Date.now();
    console.log(`\n━━ ${name}`);
    const { passed, failed } = await runPart(name, selection);
    total = { passed: total.passed + passed, failed: total.failed + failed };
    const time = seconds(Date.now() - started).padStart(8);
    const counts = `${passed} passed, ${failed} failed`;
    summary.push(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(12)} ${time}  ${counts}`);
  }
  console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

/**
 * A part that cannot run at all is a failure of this part; the others still run.
 * @param {PartName} name
 * @param {import('./vscode/results.mjs').Selection} selection
 */
async function runPart(name, selection) {
  try {
    const part = await parts[name]();
    return await part(selection);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/** @returns {{ names: PartName[], selection: import('./vscode/results.mjs').Selection }} */
function readCommandLine() {
  const { values, positionals } = parse();
  const known = /** @type {PartName[]} */ (Object.keys(parts));
  const unknown = positionals.find((name) => !known.some((part) => part === name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no part "${unknown}"; the parts are ${known.join(', ')}.`);
  }
  const chosen = known.filter((name) => positionals.includes(name));
  return {
    names: chosen.length > 0 ? chosen : known,
    selection: {
      versions: values.vscode === undefined ? serverVersions : [findVersion(values.vscode)],
      grep: values.grep,
    },
  };
}

function parse() {
  try {
    return parseArgs({
      options: { vscode: { type: 'string' }, grep: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
