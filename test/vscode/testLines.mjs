// How tests inside an extension host speak to the outside through the stand-in for `code`.

/** Environment variable with a mark: a console line that begins with it comes from the tests. */
export const lineTagVariable = 'VSCODE_TEST_LINE_TAG';
/** Environment variable with a file that gets the counts when Mocha has ended, and only then. */
export const resultsFileVariable = 'VSCODE_TEST_RESULTS';
/** Environment variable with the text that titles of tests must contain. */
export const grepVariable = 'VSCODE_TEST_GREP';
/** Environment variable with an InstalledServer as JSON: which VS Code the stand-in runs. */
export const serverVariable = 'VSCODE_TEST_SERVER';
/** Environment variable with a folder for the logs of one run. */
export const logsVariable = 'VSCODE_TEST_LOGS';
