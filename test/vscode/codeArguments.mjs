// The part of desktop VS Code's command line that our stand-in understands.

/** Options that may have their value in the next argument. */
const valued = new Set(['extensions-dir', 'user-data-dir', 'log', 'folder-uri', 'file-uri']);

/**
 * @typedef {object} CodeArguments
 * @property {string | undefined} workspace a folder or a .code-workspace file
 * @property {string | undefined} testsPath
 * @property {readonly string[]} developmentPaths
 * @property {string | undefined} userDataDirectory
 * @property {string | undefined} extensionsDirectory
 * @property {boolean} disableExtensions those that are installed, not the one under development
 */

/**
 * @param {readonly string[]} argv
 * @returns {CodeArguments}
 */
export function parseCodeArguments(argv) {
  /** @type {Map<string, string[]>} */
  const options = new Map();
  const positional = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) {
      positional.push(argument);
      continue;
    }
    const value = inline ?? (valued.has(name) ? rest.shift() : '') ?? '';
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  const first = (/** @type {string} */ name) => options.get(name)?.[0];
  const uri = first('folder-uri') ?? first('file-uri');
  return {
    workspace: uri === undefined ? positional[0] : decodeURI(new URL(uri).pathname),
    testsPath: first('extensionTestsPath'),
    developmentPaths: options.get('extensionDevelopmentPath') ?? [],
    userDataDirectory: first('user-data-dir'),
    extensionsDirectory: first('extensions-dir'),
    disableExtensions: options.has('disable-extensions'),
  };
}
