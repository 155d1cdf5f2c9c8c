import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { findDefinition, showDefinition } from '../../../src/commands/definition';
import type { Resource } from '../../../src/core/resource';
import type { Statement } from '../../../src/core/statement';
import { findInWorkspace } from '../../../src/host/findInWorkspace';
import { functionNamed, queueNamed } from '../../aws/stores';
import { statementFrom } from '../../core/statements';

const template = `Resources:
  OrderApiLivePermission:
    Type: AWS::Lambda::Permission
`;
const made = statementFrom({ Sid: 'tidewater-shop-OrderApiLivePermission-8JD02LXPQ4RT' });
const shop = functionNamed('order-api');
const of = (resource: Resource, ...statements: readonly Statement[]) =>
  statements.map((statement) => ({ resource, statement }));

suite('the definition of a statement in the workspace', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const root = vscode.Uri.joinPath(folder, 'definitions');

  const write = async (name: string, content: string | Uint8Array) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, name), bytes);
  };
  const nameOf = (uri: vscode.Uri | undefined) => uri && path.posix.relative(root.path, uri.path);

  setup(() => vscode.workspace.fs.createDirectory(root));
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(root, { recursive: true });
  });

  test('is found, and shown with the cursor at it', async () => {
    await write('infra/template.yaml', template);
    await write('infra/other.yaml', template.replaceAll('Live', 'Beta'));
    const place = await findDefinition(of(shop, statementFrom({ Sid: 'other' }), made));
    assert.ok(place);
    assert.equal(nameOf(place.uri), 'infra/template.yaml');
    assert.deepEqual([place.line, place.column, place.why], [2, 3, 'logicalId']);
    assert.equal(place.statement, made);
    await showDefinition(place);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.path, place.uri.path);
    assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [1, 2]);
  });

  test('is shown also when the file has become shorter', async () => {
    await write('template.yaml', template);
    const place = await findDefinition(of(shop, made));
    assert.ok(place);
    await write('template.yaml', '');
    await showDefinition(place);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, place.uri.path);
  });

  test('is not looked for in packages and in what tools make', async () => {
    const folders = [
      'node_modules/x',
      'cdk.out',
      '.aws-sam/build',
      '.serverless',
      '.terraform',
      '.git',
    ];
    for (const name of folders) await write(`${name}/template.yaml`, template);
    assert.equal(await findDefinition(of(shop, made)), undefined);
  });

  test('is not found where nothing speaks of it, nor in what is no text', async () => {
    await write('a.yaml', 'a: b');
    await write(
      'b.json',
      Uint8Array.from({ length: 100_000 }, (_, i) => i % 256),
    );
    await write('c.ts', '');
    assert.equal(await findDefinition(of(shop, made)), undefined);
    assert.equal(await findDefinition([]), undefined);
  });

  test('is the best of several files', async () => {
    await write('a.tf', 'resource "aws_sqs_queue_policy" "jobs" {}');
    await write('z/b.ts', 'const jobs = { sid: "SendFromTopic" };');
    const statement = statementFrom({ Sid: 'SendFromTopic' });
    const place = await findDefinition(of(queueNamed('jobs'), statement));
    assert.deepEqual([nameOf(place?.uri), place?.why], ['z/b.ts', 'sid']);
  });

  test('is not waited for longer than allowed', async () => {
    await write('a.yaml', template);
    const search = { include: ['**/*.yaml'], enough: 90, look: () => ({ score: 50 }) };
    const started = performance.now();
    await findInWorkspace({ ...search, withinMs: 0 });
    assert.ok(performance.now() - started < 1_000);
    assert.equal(nameOf((await findInWorkspace(search))?.uri), 'a.yaml');
  });

  test('a file that breaks the search does not break the command', async () => {
    await write('a.yaml', template);
    const look = () => {
      throw new Error('broken');
    };
    assert.equal(await findInWorkspace({ include: ['**/*.yaml'], enough: 1, look }), undefined);
  });
});
