import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Resource } from '../../../src/core/resource';
import { policyUri } from '../../../src/documents/policyUri';
import { sampleCompany } from '../../../src/sample/company';
import { connectionsSetting } from '../connections/connectionsSetting';
import { eventually } from '../eventually';
import { recordMessages } from '../recordMessages';

// The extension under test itself, on its sample account, in VS Code's own editors.
suite('a policy in an editor', () => {
  connectionsSetting([{ sample: true }]);
  const shown = recordMessages();
  const company = sampleCompany();
  const [first] = company.functions.filter(({ policies }) => policies['']);
  const functionName = first?.name ?? assert.fail();
  const resource: Resource = {
    kind: 'lambdaFunction',
    arn: `arn:aws:lambda:${company.region}:${company.accountId}:function:${functionName}`,
    functionName,
  };
  const target = { connectionId: 'sample', resource };
  const uri = policyUri(target, 'Sample Account');

  const open = async (): Promise<vscode.TextDocument> => {
    await vscode.commands.executeCommand('resourcePolicies.editPolicy', target);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), uri.toString());
    return document;
  };
  const replace = async (document: vscode.TextDocument, from: string, to: string) => {
    const start = document.getText().indexOf(from);
    assert.ok(start >= 0, document.getText());
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(
      document.positionAt(start),
      document.positionAt(start + from.length),
    );
    edit.replace(document.uri, range, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  const problems = () =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Resource Policies')
      .map(({ code }) => code);
  /** Answers questions by one of their buttons, until the end of the test. */
  const answer = (button: string) => {
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showWarningMessage = (message: string) => {
      shown.push(message);
      return Promise.resolve(button);
    };
  };
  const { showWarningMessage } = vscode.window;

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    answer('Discard Draft');
    await vscode.commands.executeCommand('resourcePolicies.discardDraft', target);
    Object.assign(vscode.window, { showWarningMessage });
  });
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('is JSON in lines, and has no problems', async () => {
    const document = await open();
    assert.equal(document.languageId, 'json');
    assert.ok(document.lineCount > 5);
    assert.equal(document.isDirty, false);
    await eventually(() => assert.deepEqual(problems(), []));
  });

  test('is saved as a draft, which is said when it was by hand; Discard brings back the policy', async () => {
    const document = await open();
    const before = document.getText();
    await replace(document, '"Version"', '"Id": "mine",\n  "Version"');
    const edited = document.getText();
    assert.ok(await document.save());
    assert.equal(document.isDirty, false);
    await eventually(() =>
      assert.deepEqual(shown, [
        `Draft of the policy of function ${functionName} saved; nothing was sent to AWS.`,
      ]),
    );
    assert.equal(document.getText(), edited);
    // A second time: VS Code does not take its own write for somebody else's.
    await replace(document, '"mine"', '"mine too, and longer"');
    assert.ok(await document.save());
    answer('Discard Draft');
    await vscode.commands.executeCommand('resourcePolicies.discardDraft', uri);
    await eventually(() => assert.equal(document.getText(), before));
    assert.equal(document.isDirty, false);
    assert.match(shown.at(-1) ?? '', /^Discard the draft of the policy of function /);
  });

  test('shows its problems, and mends what is plain', async () => {
    const document = await open();
    await replace(document, '"Allow"', '"allow"');
    await eventually(() => assert.deepEqual(problems(), ['wrongEffect']));
    const [diagnostic] = vscode.languages.getDiagnostics(uri);
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), '"allow"');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      diagnostic.range,
    );
    const fix = actions.find(({ title }) => title === 'Change to "Allow"');
    assert.ok(fix?.edit, JSON.stringify(actions.map(({ title }) => title)));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await eventually(() => assert.deepEqual(problems(), []));
  });

  test('what only begins a policy says that it is none yet', async () => {
    const bare = company.functions.find(({ policies }) => !policies[''])?.name ?? assert.fail();
    const bareTarget = {
      connectionId: 'sample',
      resource: { ...resource, arn: resource.arn.replace(functionName, bare), functionName: bare },
    };
    await vscode.commands.executeCommand('resourcePolicies.editPolicy', bareTarget);
    const document = vscode.window.activeTextEditor?.document ?? assert.fail();
    const notes = () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'Resource Policies')
        .map(({ message, range, severity }) => [message, range.start.line, severity]);
    const { Information } = vscode.DiagnosticSeverity;
    await eventually(() =>
      assert.deepEqual(notes(), [
        ['There is no policy yet: nothing of this is on AWS.', 0, Information],
      ]),
    );
    await replace(document, 'AllowOwnAccount', 'Mine');
    await eventually(() => assert.deepEqual(notes(), []));
  });

  test('what AWS would refuse is not sent: it is said', async () => {
    const document = await open();
    await replace(document, '"Effect"', '"Efect"');
    await vscode.commands.executeCommand('resourcePolicies.applyPolicy', uri);
    // VS Code tells of the save when it comes to it.
    await eventually(() => assert.equal(document.isDirty, false));
    await eventually(() => assert.match(shown.join('\n'), /^Not sent, for 2 problems/m));
  });

  test('an empty document is not sent: what to do instead is said', async () => {
    const document = await open();
    await replace(document, document.getText(), '');
    await vscode.commands.executeCommand('resourcePolicies.applyPolicy', uri);
    const words = `Not sent: the document is empty. To leave no policy on function ${functionName}, remove its permissions instead.`;
    await eventually(() => assert.ok(shown.includes(words), shown.join('\n')));
  });

  test('proposes what the service knows', async function () {
    if (!vscode.extensions.getExtension('vscode.json-language-features')) this.skip();
    const document = await open();
    const at = document.getText().indexOf('"lambda:InvokeFunction"') + 3;
    await eventually(async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        document.positionAt(at),
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(labels.includes('"lambda:InvokeFunctionUrl"'), labels.slice(0, 5).join());
    });
  });

  test('a layer version is only shown, with the reason', async () => {
    const [layer] = company.layers.filter(({ versions }) => versions.some(({ policy }) => policy));
    const version = layer?.versions.find(({ policy }) => policy)?.version ?? assert.fail();
    const layerName = layer?.name ?? assert.fail();
    const arn = `arn:aws:lambda:${company.region}:${company.accountId}:layer:${layerName}:${version}`;
    await vscode.commands.executeCommand('resourcePolicies.editPolicy', {
      connectionId: 'sample',
      resource: { kind: 'layerVersion', arn, layerName, version },
    });
    const document = vscode.window.activeTextEditor?.document ?? assert.fail();
    assert.equal(document.uri.scheme, 'resource-policy-readonly');
    assert.match(document.getText(), /lambda:GetLayerVersion/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), false);
  });
});
