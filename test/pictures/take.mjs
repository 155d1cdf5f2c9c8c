// Takes the pictures of README and walkthrough anew, from the packaged extension on its sample
// account: `npm run pictures`.
import { ensureDependencies } from '../vscode/dependencies.mjs';
import { runMain } from '../vscode/processes.mjs';

runMain(async () => {
  await ensureDependencies();
  const { runPlaywright } = await import('../vscode/parts/ui.mjs');
  const { serverVersions } = await import('../vscode/serverVersions.mjs');
  const versions = serverVersions.slice(-1);
  const { failed } = await runPlaywright('test/pictures/playwright.config.ts', {
    versions,
    grep: undefined,
  });
  process.exitCode = failed > 0 ? 1 : 0;
});
