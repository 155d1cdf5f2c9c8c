import assert from 'node:assert/strict';
import type { ComparedSnapshot, Side } from '../../../src/core/snapshot/compareSnapshots';
import {
  comparedFiles,
  comparedInventory,
  comparePairs,
  pairsOf,
} from '../../../src/core/snapshot/compareSnapshots';
import { snapshotOf } from '../../../src/core/snapshot/snapshot';
import type { ReportedAudit, ReportedResource } from '../../../src/core/report/report';
import { anAudit, aResource, madeAt, partialAudit, policyText } from '../report/reports';

type Opened = ComparedSnapshot & { readonly textOf: (file: string) => string | undefined };

function opened(audit: ReportedAudit, without: readonly string[] = []): Opened {
  const { files, inventory } = snapshotOf(audit, madeAt);
  return {
    ...comparedInventory(inventory),
    textOf: (file) => (without.includes(file) ? undefined : files.get(file)),
  };
}

const listing = (...resources: readonly ReportedResource[]) => anAudit({ resources });
const compare = (older: Opened, newer: Opened) => comparePairs(pairsOf(older, newer), older, newer);

const why = (side: Side) => (side.state === 'unknown' ? side.why : side.state);

function brief({ different, unknown, ...counts }: ReturnType<typeof compare>) {
  const words = ({ path, older, newer }: (typeof different)[number]) =>
    `${path}: ${why(older)} → ${why(newer)}`;
  return { different: different.map(words), unknown: unknown.map(words), ...counts };
}

suite('Comparing snapshots', () => {
  test('what changed, came and went; the rest is the same', () => {
    const older = listing(
      aResource('same', policyText('a')),
      aResource('changed', policyText('a')),
      aResource('gone', policyText('a')),
      aResource('emptied', policyText('a')),
      aResource('without', undefined),
      aResource('filled', undefined),
      aResource('leftBare', undefined),
    );
    const newer = listing(
      aResource('same', JSON.stringify(JSON.parse(policyText('a')), undefined, 3)),
      aResource('changed', policyText('b')),
      aResource('emptied', undefined),
      aResource('without', undefined),
      aResource('filled', policyText('a')),
      aResource('made', policyText('a')),
    );
    assert.deepEqual(brief(compare(opened(older), opened(newer))), {
      different: [
        'lambda/function/changed.json: saved → saved',
        'lambda/function/emptied.json: saved → none',
        'lambda/function/filled.json: none → saved',
        'lambda/function/gone.json: saved → none',
        'lambda/function/made.json: none → saved',
      ],
      unknown: [],
      same: 1,
      sameButForPlace: 0,
    });
  });

  test('what was not read in either of the two is never the same, nor gone', () => {
    const whole = listing(
      aResource('orders', policyText('open')),
      aResource('elsewhere', policyText('open')),
      {
        ...aResource('secret', policyText('a')),
        qualifier: { type: 'alias', name: 'live' },
      },
    );
    const { different, unknown, same } = brief(compare(opened(whole), opened(partialAudit())));
    assert.equal(same, 1);
    assert.deepEqual(different, []);
    assert.deepEqual(unknown, [
      'lambda/function/elsewhere.json: saved → notListed',
      'lambda/function/secret/live.json: saved → notRead',
      'sqs/queue/inbox.fifo.json: none → notRead',
    ]);
    const back = brief(compare(opened(partialAudit()), opened(whole)));
    assert.equal(back.unknown.length, 3);
    const both = brief(compare(opened(partialAudit()), opened(partialAudit())));
    assert.deepEqual(both.unknown, [
      'lambda/function/secret/live.json: notRead → notRead',
      'sqs/queue/inbox.fifo.json: notRead → notRead',
    ]);
  });

  test('a file that is gone is not known, whatever the other says', () => {
    const audit = listing(aResource('a', policyText('a')), aResource('b', policyText('a')));
    const spoilt = opened(audit, ['lambda/function/a.json']);
    const missing = 'lambda/function/a.json: noFile → saved';
    assert.deepEqual(brief(compare(spoilt, opened(audit))).unknown, [missing]);
    assert.deepEqual(brief(compare(spoilt, opened(listing()))).unknown, [
      'lambda/function/a.json: noFile → none',
    ]);
  });

  test('two accounts: the own account and region are no difference, another account is one', () => {
    const text = (own: string, region: string, friend: string) =>
      JSON.stringify({
        Statement: [
          {
            Principal: { AWS: `arn:aws:iam::${friend}:root` },
            Resource: `arn:aws:lambda:${region}:${own}:function:f`,
          },
        ],
      });
    const [one, other, third] = ['111111111111', '222222222222', '333333333333'];
    const at = (accountId: string, region: string, ...resources: readonly ReportedResource[]) =>
      opened(anAudit({ accountId, region, resources }));
    const found = compare(
      at(
        ...([one, 'eu-west-1'] as const),
        aResource('alike', text(one, 'eu-west-1', third)),
        aResource('own', text(one, 'eu-west-1', one)),
        aResource('crossed', text(one, 'eu-west-1', other)),
        aResource('fixed', text(one, 'eu-west-1', one)),
        aResource('exactly', policyText('a')),
        aResource('nearRegion', text(one, 'eu-west-10', third)),
      ),
      at(
        ...([other, 'us-east-1'] as const),
        aResource('alike', text(other, 'us-east-1', third)),
        aResource('own', text(other, 'us-east-1', other)),
        aResource('crossed', text(other, 'us-east-1', other)),
        aResource('fixed', text(other, 'us-east-1', one)),
        aResource('exactly', policyText('a')),
        aResource('nearRegion', text(other, 'us-east-10', third)),
      ),
    );
    assert.deepEqual(brief(found), {
      different: [
        'lambda/function/crossed.json: saved → saved',
        'lambda/function/fixed.json: saved → saved',
        'lambda/function/nearRegion.json: saved → saved',
      ],
      unknown: [],
      same: 1,
      sameButForPlace: 2,
    });
  });

  test('aliases that differ in their case are paired with themselves, whoever else is there', () => {
    const alias = (name: string, text: string): ReportedResource => ({
      ...aResource('orders', text),
      arn: `arn:aws:lambda:eu-west-1:123456789012:function:orders:${name}`,
      qualifier: { type: 'alias', name },
    });
    const both = listing(alias('Live', policyText('a')), alias('live', policyText('b')));
    const alone = listing(alias('live', policyText('b')));
    assert.deepEqual(brief(compare(opened(alone), opened(both))), {
      different: ['lambda/function/orders/Live.json: none → saved'],
      unknown: [],
      same: 1,
      sameButForPlace: 0,
    });
  });

  test('plain folders are compared by their files; line ends of Git make no difference', () => {
    const texts = (entries: Readonly<Record<string, string>>): Opened => ({
      ...comparedFiles(Object.keys(entries)),
      textOf: (file) => entries[file],
    });
    const older = texts({ 'a.json': '1\n2\n', 'b.json': '1', 'c.json': '' });
    const newer = texts({ 'a.json': '1\r\n2\r\n', 'b.json': '2', 'd.json': '' });
    assert.equal(compare(newer, older).same, 1);
    assert.deepEqual(brief(compare(older, newer)), {
      different: ['b.json: saved → saved', 'c.json: saved → none', 'd.json: none → saved'],
      unknown: [],
      same: 1,
      sameButForPlace: 0,
    });
  });
});
