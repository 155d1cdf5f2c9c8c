// `npm run package`
import { statSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { repoRoot } from './paths.mjs';
import { runMain } from './processes.mjs';

runMain(async () => {
  await ensureDependencies();
  const { packageExtension } = await import('./package.mjs');
  const file = await packageExtension();
  console.log(`${path.relative(repoRoot, file)}: ${Math.round(statSync(file).size / 1024)} KB`);
});
