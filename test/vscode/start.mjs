// `npm start`: the extension in a real VS Code, with the sample account connected.
//   npm start -- [--vscode 1.104.0] [--no-open]     a VS Code in the browser
//   npm start -- --desktop                          the installed desktop VS Code
import { parseArgs } from 'node:util';
import { ensureDependencies } from './dependencies.mjs';
import { runMain, step, UsageError } from './processes.mjs';
import { startDesktop } from './startDesktop.mjs';
import { startInBrowser } from './startInBrowser.mjs';
import { findVersion, newestVersion } from './serverVersions.mjs';

runMain(async () => {
  const options = readCommandLine();
  await ensureDependencies();
  const { buildExtension } = await import('./package.mjs');
  await step('Building the extension', () => buildExtension());
  if (options.desktop) await startDesktop();
  else await startInBrowser(options.version, { open: options.open });
});

function readCommandLine() {
  const values = parse();
  if (values.desktop && values.vscode !== undefined) {
    throw new UsageError('--vscode chooses a server; --desktop takes the VS Code you installed.');
  }
  return {
    desktop: values.desktop ?? false,
    open: !values['no-open'],
    version: values.vscode === undefined ? newestVersion() : findVersion(values.vscode),
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        desktop: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        vscode: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\nKnown are --desktop, --vscode <version> and --no-open.`);
  }
}
