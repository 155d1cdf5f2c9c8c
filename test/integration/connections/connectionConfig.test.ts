import assert from 'node:assert/strict';
import type { ConnectionConfig } from '../../../src/connections/connectionConfig';
import {
  connectionId,
  readConnectionConfigs,
  toEntry,
} from '../../../src/connections/connectionConfig';

interface Row {
  readonly what: string;
  readonly value: unknown;
  readonly ids: readonly string[];
  readonly invalid?: readonly number[];
}

const region = 'eu-west-1';
const rows: readonly Row[] = [
  { what: 'nothing', value: undefined, ids: [] },
  { what: 'an empty list', value: [], ids: [] },
  { what: 'no list', value: { region }, ids: [] },
  { what: 'a text', value: 'eu-west-1', ids: [] },
  { what: 'the default chain', value: [{ region }], ids: ['aws:@eu-west-1'] },
  {
    what: 'a profile',
    value: [{ profile: 'prod', region }],
    ids: ['aws:profile=prod@eu-west-1'],
  },
  { what: 'the sample account', value: [{ sample: true }], ids: ['sample'] },
  {
    what: 'the order of the setting',
    value: [{ profile: 'b', region }, { sample: true }, { profile: 'a', region }],
    ids: ['aws:profile=b@eu-west-1', 'sample', 'aws:profile=a@eu-west-1'],
  },
  {
    what: 'an entry that is there twice, once',
    value: [{ region }, { sample: true }, { region }, { sample: true, region }],
    ids: ['aws:@eu-west-1', 'sample'],
  },
  {
    what: 'one profile in two regions, and no profile in one of them',
    value: [{ profile: 'p', region }, { profile: 'p', region: 'us-gov-west-1' }, { region }],
    ids: ['aws:profile=p@eu-west-1', 'aws:profile=p@us-gov-west-1', 'aws:@eu-west-1'],
  },
  {
    what: 'odd names of profiles, each for itself',
    value: ['default', 'profile=', 'a b', 'ä@x', '__proto__', '{0}', '$(zap)'].map((profile) => ({
      profile,
      region,
    })),
    ids: ['default', 'profile=', 'a b', 'ä@x', '__proto__', '{0}', '$(zap)'].map(
      (profile) => `aws:profile=${profile}@eu-west-1`,
    ),
  },
  {
    what: 'regions of other partitions, and one that is not known yet',
    value: ['cn-north-1', 'eusc-de-east-1', 'us-isob-east-1', 'xx-moon-12'].map((id) => ({
      region: id,
    })),
    ids: ['aws:@cn-north-1', 'aws:@eusc-de-east-1', 'aws:@us-isob-east-1', 'aws:@xx-moon-12'],
  },
  {
    what: 'a look that cannot be, and fields that are unknown',
    value: [{ region, name: 7, color: 'mauve', other: [] }],
    ids: ['aws:@eu-west-1'],
  },
  {
    what: 'an account that is none: what was to guard it is not passed over',
    value: [
      { region, accountId: '1' },
      { region, accountId: 123456789012 },
    ],
    ids: [],
    invalid: [0, 1],
  },
  {
    what: 'what is no connection, by its place',
    value: [
      null,
      { sample: true },
      'eu-west-1',
      [],
      {},
      { profile: 'p' },
      { region: '' },
      { region: 'Frankfurt' },
      { region: 'eu-west-1.example.org/' },
      { region: ['eu-west-1'] },
      { region, profile: '' },
      { region, profile: 7 },
      { region, profile: null },
      { sample: 'yes' },
      { sample: false },
      7,
    ],
    ids: ['sample'],
    invalid: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
];

suite('readConnectionConfigs', () => {
  for (const { what, value, ids, invalid = [] } of rows) {
    test(what, () => {
      const read = readConnectionConfigs(value);
      assert.deepEqual(
        { ids: read.connections.map(connectionId), invalid: read.invalid },
        { ids, invalid },
      );
    });
  }

  test('an entry that is written reads as the same connection', () => {
    const configs: readonly ConnectionConfig[] = [
      { type: 'sample' },
      { type: 'aws', region },
      { type: 'aws', profile: 'a@b', region },
      { type: 'aws', region: 'us-east-1', accountId: '123456789012', name: 'Shop', color: 'red' },
    ];
    assert.deepEqual(readConnectionConfigs(configs.map(toEntry)).connections, configs);
  });
});
