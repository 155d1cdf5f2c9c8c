// Type-aware lint, and the direction of imports: one rule for each folder (see CONTRIBUTING.md).
import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const builtins = builtinModules.filter((name) => !name.startsWith('_'));
const sdk = ['@aws-sdk/*', '@smithy/*'];
const folders = [
  'audit',
  'aws',
  'changes',
  'commands',
  'connections',
  'core',
  'documents',
  'history',
  'host',
  'policyPage',
  'sample',
  'survey',
  'tree',
  'webview',
  'words',
];

/** What `no-restricted-imports` does not see. */
const loadedOnUse = {
  selector: 'ImportExpression',
  message: 'Only src/extension.ts and src/app.ts load on first use.',
};

/**
 * What the files of a folder of src may import from the rest of it.
 * @param {string} folder
 * @param {{ allow: string[], forbid?: string[] }} rule `allow`: sibling folders; `forbid`: packages
 * @returns {import('eslint').Linter.Config}
 */
function imports(folder, { allow, forbid = [] }) {
  const closed = folders.filter((name) => name !== folder && !allow.includes(name));
  const groups = closed.map((name) => ({
    group: [`../${name}/*`, `../../${name}/*`],
    message: `src/${folder} does not import src/${name}.`,
  }));
  const packages = forbid.map((name) => ({
    group: [name],
    message: `src/${folder} does not import ${name}.`,
  }));
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [...groups, ...packages] }],
      'no-restricted-syntax': ['error', loadedOnUse],
    },
  };
}

const features = { allow: ['core', 'host', 'words'], forbid: sdk };

export default defineConfig(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'test-results/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/tsconfig.json', './test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  imports('core', { allow: [], forbid: ['vscode', 'node:*', ...builtins, ...sdk] }),
  imports('sample', { allow: ['core'], forbid: ['vscode', ...sdk] }),
  imports('aws', { allow: ['core'], forbid: ['vscode'] }),
  imports('changes', { allow: ['core'], forbid: ['vscode', 'node:*', ...builtins, ...sdk] }),
  imports('survey', { allow: ['core'], forbid: ['vscode', 'node:*', ...builtins, ...sdk] }),
  imports('host', { allow: ['core'], forbid: sdk }),
  imports('words', { allow: ['core'], forbid: sdk }),
  imports('connections', features),
  imports('documents', { ...features, allow: [...features.allow, 'connections'] }),
  imports('history', { ...features, allow: [...features.allow, 'changes', 'connections'] }),
  imports('tree', { ...features, allow: [...features.allow, 'connections'] }),
  imports('audit', { ...features, allow: [...features.allow, 'connections', 'survey'] }),
  imports('policyPage', { ...features, allow: [...features.allow, 'audit', 'connections'] }),
  imports('commands', {
    ...features,
    allow: [
      ...features.allow,
      'audit',
      'changes',
      'connections',
      'documents',
      'history',
      'tree',
      'policyPage',
    ],
  }),
  imports('webview', { allow: ['core', 'policyPage'], forbid: ['vscode', ...sdk] }),
  {
    files: ['src/*.ts'],
    ignores: ['src/app.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['./aws/*', './sample/*'], message: 'Only src/app.ts sees these.' }],
        },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,mjs,js}', '*.{js,mjs}'],
    rules: {
      // The compiler knows the globals of each file; this rule would have to be told them.
      'no-undef': 'off',
      'no-console': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
  {
    files: ['test/**/*.mjs'],
    rules: {
      // These do not see a cast in a JSDoc comment; the compiler does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
