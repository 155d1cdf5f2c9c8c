import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { openAws } from '../../../src/aws/openAws';
import type { AccountAccess } from '../../../src/core/awsAccess';
import { eventually } from '../eventually';

const own = { ...process.env };
const region = 'eu-west-1';

/** VS Code takes the place of Node's sockets for extensions; the SDK must not go past it. */
suite('a proxy that VS Code is set up for', () => {
  const asked: string[] = [];
  const proxy = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>' +
        '<Type>Sender</Type><Code>AccessDenied</Code><Message>seen by the proxy</Message>' +
        '</Error></ErrorResponse>',
    );
  });
  const http = () => vscode.workspace.getConfiguration('http');
  let access: AccountAccess | undefined;

  suiteSetup(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    await http().update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: 'http://aws.example.invalid',
      AWS_ACCESS_KEY_ID: 'AKIAPROXYEXAMPLE0000',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    });
  });
  suiteTeardown(async () => {
    access?.close();
    await http().update('proxy', undefined, vscode.ConfigurationTarget.Global);
    for (const name of Object.keys(process.env)) {
      if (!(name in own)) Reflect.deleteProperty(process.env, name);
    }
    proxy.closeAllConnections();
    proxy.close();
  });

  test('is what calls to AWS go through', async () => {
    access = openAws(() => undefined).open({ region });
    await eventually(async () => {
      const reading = await access?.identity(new AbortController().signal);
      assert.ok(reading?.state === 'unknown');
      assert.equal(reading.failure.message, 'seen by the proxy');
    });
    assert.deepEqual(asked[0], 'POST http://aws.example.invalid/');
  });
});
