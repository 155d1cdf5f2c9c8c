// What the Playwright processes are told about the VS Code that they test.

/**
 * @typedef {object} UnderTest
 * @property {string} version of VS Code
 * @property {import('./serverSetup.mjs').InstalledServer} server
 * @property {string} extensionsDirectory where the packaged extension is installed
 * @property {import('./browser.mjs').BrowserLaunch} browser
 * @property {string} logs folder for the logs of the servers
 */

/** @returns {UnderTest} */
export function readUnderTest() {
  const text = process.env.VSCODE_UNDER_TEST;
  if (!text) throw new Error('Run the UI tests with `npm run test:ui`, which sets VS Code up.');
  return /** @type {UnderTest} */ (JSON.parse(text));
}
