import assert from 'node:assert/strict';
import { ESLint } from 'eslint';
import { root } from './l10nCalls';

type Row = readonly [folder: string, imported: string];

const refused: readonly Row[] = [
  ['core', 'vscode'],
  ['core', 'node:fs'],
  ['core/report', 'vscode'],
  ['core/report', 'node:fs'],
  ['core/report', '../../words/reportWords'],
  ['core/snapshot', '../../host/atomicFile'],
  ['core', '@aws-sdk/client-lambda'],
  ['core', '@smithy/core/config'],
  ['core', '../aws/clients'],
  ['core', '../host/report'],
  ['core', '../words/failureWords'],
  ['aws', 'vscode'],
  ['aws', '../sample/sampleAccount'],
  ['aws', '../tree/nodes'],
  ['changes', 'vscode'],
  ['changes', '@aws-sdk/client-sqs'],
  ['changes', '../aws/lambdaFunction'],
  ['sample', 'vscode'],
  ['sample', '../aws/clients'],
  ['sample', '../host/report'],
  ['sample', '@aws-sdk/client-lambda'],
  ['host', '../words/failureWords'],
  ['host', '../tree/nodes'],
  ['words', '../tree/nodes'],
  ['words', '../aws/failures'],
  ['survey', 'vscode'],
  ['survey', 'node:events'],
  ['survey', '../aws/clients'],
  ['audit', '@aws-sdk/client-lambda'],
  ['audit', '../tree/nodes'],
  ['audit', '../policyPage/protocol'],
  ['connections', '../aws/openAws'],
  ['connections', '../tree/nodes'],
  ['tree', '@aws-sdk/client-lambda'],
  ['tree', '../aws/lambdaFunction'],
  ['tree', '../commands/refresh'],
  ['policyPage', '../tree/nodes'],
  ['policyPage', '../aws/sqsQueue'],
  ['commands', '../aws/openAws'],
  ['commands', '../sample/sampleAccount'],
  ['webview', 'vscode'],
  ['webview', '../connections/connection'],
];

const allowed: readonly Row[] = [
  ['core', './policy'],
  ['core', 'jsonc-parser'],
  ['core/report', '../snapshot/policyPaths'],
  ['core/report', '../findings/finding'],
  ['aws', '../core/errors'],
  ['aws', '@aws-sdk/client-lambda'],
  ['aws', 'node:timers/promises'],
  ['changes', '../core/plan'],
  ['sample', '../core/limits'],
  ['sample', 'node:http'],
  ['host', '../core/hiddenCharacters'],
  ['words', 'vscode'],
  ['tree', '../connections/connection'],
  ['survey', '../core/policyStore'],
  ['audit', '../survey/survey'],
  ['policyPage', '../audit/audits'],
  ['commands', '../changes/applyChange'],
  ['webview', '../core/resource'],
];

suite('Import rules', function () {
  this.timeout(120_000);
  // The rule for imports alone: it needs no types, which would have to be computed for each text.
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      languageOptions: { parserOptions: { project: false, projectService: false } },
    },
    ruleFilter: ({ ruleId }) =>
      ruleId === 'no-restricted-imports' || ruleId === 'no-restricted-syntax',
  });

  async function complaints([folder, imported]: Row, form: string): Promise<readonly string[]> {
    const filePath = `${root}/src/${folder}/madeUp.ts`;
    const [result] = await eslint.lintText(form.replace('?', imported), { filePath });
    assert.ok(result);
    assert.equal(result.fatalErrorCount, 0, JSON.stringify(result.messages));
    return result.messages.map(({ ruleId }) => String(ruleId));
  }

  for (const row of refused) {
    test(`src/${row[0]} may not import ${row[1]}`, async () => {
      for (const form of [
        `import { x } from '?';`,
        `import type { x } from '?';`,
        `export { x } from '?';`,
      ]) {
        assert.deepEqual(await complaints(row, form), ['no-restricted-imports'], form);
      }
    });
  }

  for (const folder of ['core', 'tree', 'commands', 'webview']) {
    test(`src/${folder} loads nothing on use, unseen by the rules`, async () => {
      const found = await complaints([folder, '../aws/openAws'], `void import('?');`);
      assert.deepEqual(found, ['no-restricted-syntax']);
    });
  }

  test('of the files beside the folders, app.ts alone sees src/aws and src/sample', async () => {
    for (const [file, rules] of [
      ['extension.ts', ['no-restricted-imports']],
      ['contributions.ts', ['no-restricted-imports']],
      ['app.ts', []],
    ] as const) {
      for (const imported of ['./aws/openAws', './sample/sampleAccount']) {
        const text = `import { x } from '${imported}';`;
        const [result] = await eslint.lintText(text, { filePath: `${root}/src/${file}` });
        const found = result?.messages.map(({ ruleId }) => String(ruleId));
        assert.deepEqual(found, rules, `${file} ${imported}`);
      }
    }
  });

  for (const row of allowed) {
    test(`src/${row[0]} may import ${row[1]}`, async () => {
      assert.deepEqual(await complaints(row, `import { x } from '?';`), []);
    });
  }
});
