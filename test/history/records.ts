import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ChangeRecord } from '../../src/core/changeRecord';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';

/** A policy with one statement for each Sid. */
export function policyWith(...sids: readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: sids.map((sid) => statementOf(sid)) });
}

export function statementOf(sid: string | undefined, extra: object = {}): object {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: functionArn,
    ...extra,
  };
}

/** A removal of `gone` from a function, that was made. */
export function recordOf(id: string, parts: Partial<ChangeRecord> = {}): ChangeRecord {
  const startedAt = Date.UTC(2026, 2, 3, 14, 5);
  return {
    format: 1,
    id,
    startedAt,
    endedAt: startedAt + 700,
    connection: {
      id: 'aws:@eu-west-1',
      title: 'default credentials · eu-west-1',
      accountId: '123456789012',
      callerArn: 'arn:aws:sts::123456789012:assumed-role/Tester/me',
    },
    resource: { kind: 'lambdaFunction', arn: functionArn, functionName: 'shop' },
    what: 'remove',
    calls: [{ type: 'removeStatement', statementId: 'gone' }],
    before: policyWith('gone', 'kept'),
    after: policyWith('kept'),
    seen: { text: policyWith('kept') },
    state: 'applied',
    owner: { window: 'another window', heartbeatAt: startedAt + 700 },
    removed: ['gone'],
    added: [],
    ...parts,
  };
}

/** A folder of its own for each test of the suite around it. */
export function temporaryFolder(): { readonly path: string } {
  let folder = '';
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'history-'));
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get path() {
      return folder;
    },
  };
}
