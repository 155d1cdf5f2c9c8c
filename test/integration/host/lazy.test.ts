import assert from 'node:assert/strict';
import { lazy } from '../../../src/host/lazy';

suite('lazy', () => {
  test('starts when first asked, once for all', async () => {
    let starts = 0;
    const start = lazy(() => Promise.resolve(++starts));
    assert.equal(starts, 0);
    assert.deepEqual(await Promise.all([start(), start()]), [1, 1]);
    assert.equal(await start(), 1);
  });

  test('a start that failed is tried again by the next caller', async () => {
    let starts = 0;
    const start = lazy(() =>
      ++starts === 1 ? Promise.reject(new Error('no')) : Promise.resolve(starts),
    );
    await assert.rejects(Promise.all([start(), start()]), /no/);
    assert.equal(await start(), 2);
  });
});
