import assert from 'node:assert/strict';
import { pickProfile, profileItems } from '../../../src/commands/connection/pickProfile';
import type { ConfigReading } from '../../../src/core/awsAccess';
import { commandBench } from './commandBench';

const place = (line: number) =>
  ({ path: '~/.aws/config', line, code: 'noEqualsSign', text: 'x' }) as const;
const reading: ConfigReading = {
  profiles: [
    { name: '$(zap) [x](command:y)', source: 'process' },
    { name: 'dev', region: 'eu-west-1', source: 'keys' },
    { name: 'later' },
  ],
  problems: [place(3), place(5), place(7), place(9)],
  failures: [
    {
      code: 'configUnusable',
      operation: 'readConfig',
      errorName: 'EACCES',
      message: '',
      cause: { type: 'configFile', path: '~/.aws/credentials', systemCode: 'EACCES' },
    },
  ],
};
const title = 'Connect to AWS (1 of 2): Profile';

suite('the list of profiles', () => {
  const at = commandBench(reading);

  test('begins with what keeps the config files from being read, ends with the default chain', () => {
    const labels = profileItems(reading).map(({ label }) => label);
    assert.equal(labels[0], '$(warning) ~/.aws/credentials cannot be read (EACCES)');
    // Three lines show where to look; all would hide the profiles.
    assert.deepEqual(
      labels.slice(1, 4).map((label) => /^\$\(warning\) .*line (\d)/.exec(label)?.[1]),
      ['3', '5', '7'],
    );
    assert.deepEqual(labels.slice(4), [
      '$\u2060(zap) [x]\u2060(command:y)',
      'dev',
      'later',
      'Default credentials',
    ]);
  });

  test('says of each where its credentials come from', () => {
    const described = profileItems(reading).slice(4);
    assert.deepEqual(
      described.map(({ description }) => description),
      [
        'process',
        'eu-west-1 · access key',
        'no credentials',
        'environment, default profile, container or instance role',
      ],
    );
  });

  test('answers the profile, the default chain, or nothing', async () => {
    at.stub.picks.push(
      'dev',
      'Default credentials',
      '$(warning) ~/.aws/credentials cannot be read (EACCES)',
    );
    assert.deepEqual(await pickProfile(at.deps(), title), { profile: reading.profiles[1] });
    assert.deepEqual(await pickProfile(at.deps(), title), {});
    assert.equal(await pickProfile(at.deps(), title), undefined);
    assert.equal(await pickProfile(at.deps(), title), undefined);
    assert.equal(at.stub.shown[0]?.message, title);
  });
});
