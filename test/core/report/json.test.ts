import assert from 'node:assert/strict';
import type { ReportedAudit } from '../../../src/core/report/report';
import { jsonOf } from '../../../src/core/report/json';
import { anAudit, aReport, hostile, hostileAudit, partialAudit, policyText } from './reports';

interface Exported {
  readonly complete: boolean;
  readonly audits: readonly {
    readonly complete: boolean;
    readonly notRead: readonly { readonly what: string; readonly code: string }[];
    readonly findings: readonly {
      readonly place: { readonly offset: number; readonly length: number };
      readonly title: string;
      readonly arn: string;
    }[];
    readonly inventory: readonly {
      readonly arn: string;
      readonly policy: { readonly state: string; readonly text?: string };
    }[];
  }[];
}

const read = (...audits: readonly ReportedAudit[]) =>
  JSON.parse(jsonOf(aReport(...audits))) as Exported;

suite('JSON', () => {
  test('a whole audit is complete', () => {
    assert.equal(read(anAudit()).complete, true);
    assert.equal(read(anAudit(), partialAudit()).complete, false, 'one of two is not');
  });

  test('a partial audit says what was not read', () => {
    const { complete, audits } = read(partialAudit());
    assert.equal(complete, false);
    assert.deepEqual(
      audits[0]?.notRead.map(({ what, code }) => `${what} ${code}`),
      ['audit cutShort', 'list throttled', 'policy accessDenied', 'policy notAskedFor'],
    );
    assert.deepEqual(
      audits[0].inventory.map(({ policy }) => policy.state),
      ['policy', 'unreadable', 'none', 'notAskedFor'],
    );
  });

  test('policies are as AWS gave them, and places point into them', () => {
    const { audits } = read(partialAudit());
    const text = audits[0]?.inventory[0]?.policy.text ?? '';
    assert.equal(text, policyText('open'));
    const { offset = 0, length = 0 } = audits[0]?.findings[0]?.place ?? {};
    assert.match(text.slice(offset, offset + length), /^\{"Sid":"open".*\}$/);
  });

  test('hidden characters are escapes: nothing is lost, and nothing hides', () => {
    const text = jsonOf(aReport(hostileAudit()));
    // eslint-disable-next-line no-control-regex -- these are looked for
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    const { audits } = JSON.parse(text) as Exported;
    assert.equal(audits[0]?.findings[0]?.title, hostile);
    assert.equal(audits[0].inventory[0]?.policy.text, policyText(hostile));
  });
});
