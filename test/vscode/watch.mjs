// `npm run watch`, which F5 starts: on a fresh clone, too.
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { repoRoot } from './paths.mjs';
import { run, runMain } from './processes.mjs';

runMain(async () => {
  await ensureDependencies();
  const { code } = await run(process.execPath, [path.join(repoRoot, 'esbuild.js'), '--watch']);
  process.exitCode = code;
});
