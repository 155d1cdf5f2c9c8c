import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('the extension in VS Code', () => {
  test('is there under its id and activates', async () => {
    const extension = vscode.extensions.getExtension('resource-policies.aws-resource-policies');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
