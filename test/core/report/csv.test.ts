import assert from 'node:assert/strict';
import { findingsCsvOf, inventoryCsvOf } from '../../../src/core/report/csv';
import {
  aFinding,
  anAudit,
  aReport,
  aResource,
  hostileAudit,
  partialAudit,
  policyText,
  statement,
} from './reports';

/** Reads CSV as RFC 4180 says, into a record for each row. */
function read(text: string): readonly Readonly<Record<string, string>>[] {
  assert.ok(text.startsWith('\ufeff'), 'begins with the mark');
  const rows: string[][] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const row: string[] = [];
  cells.lastIndex = 1;
  while (cells.lastIndex < text.length) {
    const [, quoted, plain = '', end] = cells.exec(text) ?? assert.fail('no CSV');
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push(row.splice(0));
  }
  const [head = [], ...rest] = rows;
  for (const cellsOf of rest) assert.equal(cellsOf.length, head.length);
  return rest.map((values) => Object.fromEntries(head.map((name, at) => [name, values[at] ?? '']))); // prettier-ignore
}

suite('CSV', () => {
  test('an audit without anything has a head', () => {
    assert.deepEqual(read(findingsCsvOf(aReport(anAudit()))), []);
    assert.deepEqual(read(inventoryCsvOf(aReport(anAudit()))), []);
    assert.match(findingsCsvOf(aReport()), /^\ufeffseverity,rule,/);
  });

  test('findings, each with where it stands', () => {
    const resource = aResource('orders', policyText('one', 'two'), {
      qualifier: { type: 'alias', name: 'live' },
    });
    const finding = aFinding(resource, statement('two'), {
      sid: undefined,
      statement: { index: 1, offset: 0, length: 0 },
    });
    const [row] = read(
      findingsCsvOf(aReport(anAudit({ resources: [resource], findings: [finding] }))),
    );
    assert.equal(row?.severity, 'high');
    assert.equal(row.resource, 'orders:live');
    assert.equal(row.statement, '2');
    assert.equal(row.line, '1');
    assert.equal(row.column, String(policyText('one', 'two').indexOf(statement('two')) + 1));
    assert.equal(row.audit_complete, 'yes');
    assert.equal(row.new, '', 'nobody knows');
  });

  test('findings of a partial audit: what was not read is a row, and no row is complete', () => {
    const rows = read(findingsCsvOf(aReport(partialAudit())));
    assert.deepEqual(
      rows.map(({ severity, rule }) => `${severity} ${rule}`),
      [
        'high public-access',
        'low locks-owner-out',
        'high public-access',
        'unknown not-read/audit/cutShort',
        'unknown not-read/list/throttled',
        'unknown not-read/policy/accessDenied',
        'unknown not-read/policy/notAskedFor',
      ],
    );
    assert.ok(rows.every(({ audit_complete }) => audit_complete === 'no'));
    assert.deepEqual(
      rows.slice(0, 3).map(({ accepted, accepted_reason }) => `${accepted} ${accepted_reason}`),
      ['no ', 'yes meant to be', 'no was meant'],
    );
  });

  test('the inventory tells policies, none, unreadable and not asked for apart', () => {
    const rows = read(inventoryCsvOf(aReport(partialAudit())));
    assert.deepEqual(
      rows.map(({ kind, name, qualifier, policy, bytes, findings }) =>
        [kind, name, qualifier, policy, bytes, findings].join(' '),
      ),
      [
        `lambdaFunction orders  policy ${policyText('open').length} 3`,
        'lambdaFunction secret live unreadable  ',
        'layerVersion common 3 none  ',
        'sqsQueue inbox.fifo  notAskedFor  ',
        '   auditIncomplete  ',
        'layerVersion   listIncomplete  ',
      ],
    );
    assert.ok(rows.every(({ audit_complete }) => audit_complete === 'no'));
    assert.match(rows[1]?.reason ?? '', /access denied/);
  });

  test('no cell begins like a formula, hides anything or breaks its row', () => {
    for (const text of [findingsCsvOf, inventoryCsvOf].map((of) => of(aReport(hostileAudit())))) {
      const rows = read(text);
      assert.ok(rows.length >= 2);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        assert.doesNotMatch(value, /^[=+\-@\t\r]/);
        // eslint-disable-next-line no-control-regex -- these are looked for
        assert.doesNotMatch(value, /[\u0000-\u001f\u202e]/);
      }
    }
  });

  for (const begin of ['=', '+', '-', '@', ' =', '＝', '\t=', '\r=', '\u00a0@']) {
    test(`a name that begins with ${JSON.stringify(begin)} is no formula`, () => {
      const resources = [aResource(`${begin}1+1`, undefined)];
      const [row] = read(inventoryCsvOf(aReport(anAudit({ resources }))));
      assert.doesNotMatch(row?.name ?? '', /^\s*[=+\-@＝]/);
      assert.ok(row?.name?.endsWith('1+1'));
    });
  }
});
