import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { copyDiagnostics } from '../../../src/commands/copyDiagnostics';
import type { CallRecord } from '../../../src/core/awsAccess';
import type { Failure } from '../../../src/core/errors';
import { Recent } from '../../../src/host/recent';
import { accountIds, region } from '../connections/accountsBench';
import { withSetting } from '../connections/withSetting';
import { treeParts } from '../tree/treeParts';
import { commandBench } from './commandBench';

const secrets = {
  profile: 'acme-prod-profile',
  name: 'The Crown Jewels',
  account: '999988887777',
  arn: 'arn:aws:lambda:eu-west-1:999988887777:function:payroll',
  host: 'proxy.acme.example',
  endpoint: 'emulator.acme.example',
  password: 'hunter2',
  key: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  path: '/home/alice/.aws/config',
  resource: 'payroll',
} as const;

const failure: Failure = {
  code: 'accessDenied',
  operation: 'lambda:GetPolicy',
  errorName: 'AccessDeniedException',
  message: `User: ${secrets.arn} at ${secrets.host} with ${secrets.secret} is not authorized`,
  requestId: 'ab12',
  httpStatus: 403,
};

const calls: readonly CallRecord[] = [
  {
    operation: 'lambda:ListFunctions',
    command: `aws lambda list-functions --profile ${secrets.profile}`,
    durationMs: 12,
    attempts: 3,
    requestId: 'cd34',
  },
  {
    operation: 'lambda:GetPolicy',
    command: `aws lambda get-policy --function-name ${secrets.resource}`,
    durationMs: 7,
    failure,
    requestId: 'ab12',
  },
];

suite('diagnostics', () => {
  const at = commandBench({
    profiles: [
      { name: secrets.profile, region, source: 'sso' },
      { name: `${secrets.profile}-2`, source: 'sso' },
      { name: 'x' },
    ],
    problems: [{ path: secrets.path, line: 7, code: 'noEqualsSign', text: secrets.secret }],
    failures: [
      { ...failure, code: 'configUnusable', operation: 'readConfig', errorName: 'EACCES' },
    ],
  });
  withSetting('http.proxy', `http://alice:${secrets.password}@${secrets.host}:8080`);
  const variables = {
    AWS_PROFILE: secrets.profile,
    AWS_SECRET_ACCESS_KEY: secrets.secret,
    AWS_ACCESS_KEY_ID: secrets.key,
    AWS_ENDPOINT_URL: `http://${secrets.endpoint}:4566`,
    HTTPS_PROXY: `http://${secrets.host}`,
  };
  const before = Object.fromEntries(
    Object.keys(variables).map((name) => [name, process.env[name]]),
  );
  let parts: ReturnType<typeof treeParts> | undefined;
  setup(async () => {
    Object.assign(process.env, variables);
    await at.setting.set([
      { profile: secrets.profile, region, name: secrets.name, accountId: secrets.account },
      { region: 'us-east-1' },
      { sample: true },
    ]);
    parts = treeParts(at.connections);
  });
  teardown(() => {
    parts?.dispose();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  async function copied(): Promise<string> {
    const recent = new Recent<CallRecord>(10);
    for (const call of calls) recent.add(call);
    const { guards } = parts ?? assert.fail();
    await copyDiagnostics(at.deps({ calls: recent, guards, version: '1.2.3' }));
    return vscode.env.clipboard.readText();
  }

  test('hold no name of a profile or resource, no account, ARN, host, path or secret', async () => {
    const [first] = at.connections.all;
    const denied = {
      type: 'error',
      status: 403,
      name: 'AccessDenied',
      message: secrets.arn,
    } as const;
    at.proxies.a.addFault({ operation: /Identity/, answer: denied });
    await first?.identity();
    Object.defineProperty(first, 'endpoint', { value: `http://${secrets.endpoint}` });
    const text = await copied();
    for (const [what, secret] of Object.entries(secrets)) {
      assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), `${what}:\n${text}`);
    }
    for (const { accessKeyId, secretAccessKey } of Object.values(at.accounts).map(
      ({ credentials }) => credentials,
    )) {
      assert.ok(!text.includes(accessKeyId) && !text.includes(secretAccessKey));
    }
    assert.ok(!/\d{12}|arn:|https?:\/\//.test(text), text);
    // The tests run on a server whose address stands for the name of the remote.
    assert.ok(!text.includes('127.0.0.1'), text);
    assert.deepEqual(at.told, [
      'Diagnostics are on the clipboard: no names, accounts, resources or secrets.',
    ]);
  });

  test('say what a report needs', async () => {
    const [, second] = at.connections.all;
    await second?.identity();
    const text = await copied();
    for (const line of [
      /^extension 1\.2\.3, VS Code \d+\.\d+\.\d+ \(.*\), Node \d+/m,
      /^\w+ \w+, remote: (none|other)$/m,
      /^http\.proxy set, http\.proxySupport \w+, /m,
      /^variables set: AWS_ACCESS_KEY_ID, AWS_.*HTTPS_PROXY/m,
      /^read-only: false$/m,
      /^1\. profile in eu-west-1, account not asked, protected$/m,
      /^2\. default credentials in us-east-1, account known, protected$/m,
      /^3\. sample account, account not asked$/m,
      /^3 profiles: 2 sso, 1 none$/m,
      /^line 7: noEqualsSign$/m,
      /^not readable: EACCES$/m,
      /^lambda:ListFunctions 12 ms, 3 attempts: ok, request cd34$/m,
      /^lambda:GetPolicy 7 ms: accessDenied \(AccessDeniedException, HTTP 403\), request ab12$/m,
    ]) {
      assert.match(text, line);
    }
    assert.ok(!text.includes(accountIds.a));
  });

  test('are there though the config files cannot be read', async () => {
    const broken = { config: () => Promise.reject(new Error(secrets.path)) };
    const { guards } = parts ?? assert.fail();
    const aws = () => Promise.resolve(broken as never);
    await copyDiagnostics(at.deps({ aws, calls: new Recent<CallRecord>(1), guards, version: '1' }));
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /## AWS config files\ncould not be read\n/);
  });
});
