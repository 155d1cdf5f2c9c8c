// What `npm start` puts around the extension: settings, a workspace, and a helper.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot, extensionFolderName, repoRoot } from './paths.mjs';

/** The sample account is connected from the first second. */
export const sampleConnection = { 'resourcePolicies.connections': [{ sample: true }] };

const readme = `# Resource Policies for AWS

This folder is empty on purpose: the extension lives in the sidebar, under its own icon in the
activity bar. The sample account is connected; nothing you do there leaves this machine.

After a change to the code run \`npm run build\`, then "Developer: Reload Window".
`;

/**
 * @param {string} name of the kind of start; each keeps its own user data
 * @returns {{ data: string, extensions: string, workspace: string, helper: string }}
 */
export function makeStartFolders(name) {
  const root = path.join(cacheRoot, 'start', name);
  const folders = {
    data: path.join(root, 'data'),
    extensions: path.join(root, 'extensions'),
    workspace: path.join(root, 'workspace'),
    helper: path.join(root, 'helper'),
  };
  // Every start begins like the first; the links in `extensions` go, not what they point to.
  rmSync(root, { recursive: true, force: true });
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folders.workspace, 'README.md'), readme);
  writeHelper(folders.helper);
  return folders;
}

/**
 * Installs the repository itself, so that a build and a reload of the window show a change. VS Code
 * lists what it finds in the folder when there is no extensions.json yet.
 * @param {{ extensions: string, helper: string }} folders
 */
export function linkExtensions({ extensions, helper }) {
  // A junction needs no privilege on Windows; elsewhere the type is ignored.
  symlinkSync(repoRoot, path.join(extensions, extensionFolderName()), 'junction');
  symlinkSync(helper, path.join(extensions, 'resource-policies.start-helper-0.0.1'), 'junction');
}

/**
 * A few lines that show our view at the first start: no setting and no URL can say that.
 * @param {string} folder
 */
function writeHelper(folder) {
  const manifest = {
    name: 'start-helper',
    publisher: 'resource-policies',
    version: '0.0.1',
    engines: { vscode: '^1.104.0' },
    main: './main.js',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
  };
  const main = `const { commands } = require('vscode');
exports.activate = () => commands.executeCommand('workbench.view.extension.resourcePolicies');
`;
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(path.join(folder, 'main.js'), main);
}
