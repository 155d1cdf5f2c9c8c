// The environment that an extension under test sees.

/**
 * Ours without what would make a test read the developer's AWS account, and with another home.
 * @param {string} home
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function isolatedEnvironment(home, extra = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    USERPROFILE: home,
    // Without a gallery nothing is looked up on the marketplace.
    EXTENSIONS_GALLERY: '{}',
    // Else the server starts a login shell, whose profile may set what we have just left out.
    VSCODE_CLI: '1',
    // The SDK asks the metadata service of EC2 when it finds no credentials: seconds of waiting.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...extra,
  };
}
