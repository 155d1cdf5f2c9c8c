import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import os from 'node:os';
import { createAwsHome, strippedOfAws, withAwsHome } from './awsHome';

suite('A home with AWS files', () => {
  let before: NodeJS.ProcessEnv = {};
  let folder = '';
  suiteSetup(() => {
    process.env['AWS_PROFILE'] = 'of-the-person';
    before = { ...process.env };
  });

  suite('while a test runs', () => {
    const home = withAwsHome(() => ({ AWS_REGION: 'eu-west-1' }));

    test('nothing of the person’s own AWS environment is there', () => {
      folder = home.folder;
      assert.equal(process.env['AWS_PROFILE'], undefined);
      assert.equal(process.env['AWS_REGION'], 'eu-west-1');
      assert.equal(os.homedir(), folder);
      assert.deepEqual(strippedOfAws(process.env), {
        ...strippedOfAws(before),
        HOME: folder,
        USERPROFILE: folder,
      });
      process.env['AWS_PROFILE'] = process.env['LEFT_BEHIND'] = 'by a test';
    });

    test('nor of the test before', () => {
      assert.notEqual(home.folder, folder);
      assert.equal(process.env['AWS_PROFILE'], undefined);
      assert.equal(process.env['LEFT_BEHIND'], undefined);
    });
  });

  suite('afterwards', () => {
    test('all is as it was', () => {
      assert.deepEqual({ ...process.env }, before);
      assert.equal(existsSync(folder), false);
    });
  });

  test('for another process', () => {
    const home = createAwsHome();
    assert.ok(home.environment['AWS_CONFIG_FILE']?.startsWith(home.folder));
    home.remove();
    assert.equal(existsSync(home.folder), false);
  });

  suiteTeardown(() => {
    delete process.env['AWS_PROFILE'];
  });
});
