// Integration tests: Mocha inside the extension host, through `runTests` of @vscode/test-electron.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { ensureBrowser } from '../browser.mjs';
import { buildExtension } from '../package.mjs';
import { logsRoot, outRoot, removeTemporary, repoRoot } from '../paths.mjs';
import { readResults, sum } from '../results.mjs';
import { ensureServer } from '../serverSetup.mjs';
import { grepVariable, logsVariable, resultsFileVariable, serverVariable } from '../testLines.mjs';

const bundles = path.join(outRoot, 'integration');

/** @type {import('../results.mjs').Part} */
export async function integration({ versions, grep }) {
  await buildExtension();
  await bundleTests();
  await ensureBrowser();
  const all = [];
  // One after the other: two at once on two cores make each slower and time out.
  for (const version of versions) all.push(await runOn(version, grep));
  return sum(all);
}

async function bundleTests() {
  const source = path.join(repoRoot, 'test/integration');
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const tests = names.filter((name) => name.endsWith('.test.ts'));
  // What was bundled before may have no source any more.
  rmSync(bundles, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map((name) => path.join(source, name)),
    outdir: bundles,
    outbase: source,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    // As the extension is built: the CommonJS form of jsonc-parser requires files beside it.
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/**
 * With VSCODE_TEST_DESKTOP set, on a desktop VS Code that @vscode/test-electron downloads.
 * @param {import('../serverVersions.mjs').ServerVersion} version
 * @param {string | undefined} grep
 * @returns {Promise<import('../results.mjs').Results>}
 */
async function runOn(version, grep) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'integration-'));
  const results = path.join(data, 'results.json');
  console.log(`\nVS Code ${version.vscode}`);
  try {
    const code = await runInHost(version, path.join(bundles, 'index.js'), {
      [resultsFileVariable]: results,
      [grepVariable]: grep,
    });
    return readResults(`integration on VS Code ${version.vscode}`, results, code);
  } finally {
    removeTemporary(data);
  }
}

/**
 * Runs the function `run` of a module in an extension host with the extension; answers 0 when it
 * resolved.
 * @param {import('../serverVersions.mjs').ServerVersion} version
 * @param {string} extensionTestsPath
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export async function runInHost(version, extensionTestsPath, env) {
  const desktop = Boolean(process.env.VSCODE_TEST_DESKTOP);
  const server = desktop ? undefined : await ensureServer(version);
  const data = mkdtempSync(path.join(os.tmpdir(), 'host-'));
  const workspace = path.join(data, 'workspace');
  mkdirSync(workspace);
  try {
    return await runTests({
      ...(desktop
        ? { version: version.vscode }
        : { vscodeExecutablePath: path.join(repoRoot, 'test/vscode/code.mjs') }),
      extensionDevelopmentPath: repoRoot,
      extensionTestsPath,
      // Folders of their own: settings and state of an earlier run would survive in shared ones.
      launchArgs: [
        workspace,
        '--disable-extensions',
        `--user-data-dir=${path.join(data, 'user-data')}`,
        `--extensions-dir=${path.join(data, 'extensions')}`,
      ],
      extensionTestsEnv: {
        ...env,
        [serverVariable]: JSON.stringify(server),
        [logsVariable]: path.join(logsRoot, `integration-${version.vscode}`),
      },
    }).catch((/** @type {unknown} */ error) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    });
  } finally {
    removeTemporary(data);
  }
}
