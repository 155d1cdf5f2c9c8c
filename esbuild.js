// Builds dist/. Four bundles, so that starting VS Code reads only the first of them:
// the extension itself, the AWS SDK with our stores, the sample account's server, and the page's script.
// `--production` minifies and drops source maps, `--watch` rebuilds on change.
const esbuild = require('esbuild');
const { rmSync } = require('node:fs');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  outdir: 'dist',
  outbase: 'src',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: [
      'src/extension.ts',
      'src/aws/openAws.ts',
      'src/sample/sampleAccount.ts',
      'src/sample/main.ts',
    ],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    // Loaded by a dynamic import on first use; each stays a bundle of its own.
    external: ['vscode', './aws/openAws', './sample/sampleAccount'],
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
  if (watch) {
    const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}

main().catch((/** @type {unknown} */ error) => {
  console.error(error);
  process.exit(1);
});
