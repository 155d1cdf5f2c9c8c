// The module that `extensionTestsPath` names: VS Code calls `run` inside the extension host.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../vscode/mochaRun.mjs';
import { lineTagVariable } from '../vscode/testLines.mjs';

export async function run(): Promise<void> {
  const names = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.test.js')).sort();
  const failed = await runMocha(files.map((name) => path.join(__dirname, name))).catch(
    (error: unknown) => {
      // A file that does not load ends the run before its first test; say which, and why.
      console.log((process.env[lineTagVariable] ?? '') + String((error as Error).stack));
      throw error;
    },
  );
  if (failed > 0) throw new Error(`${failed} failed`);
}
