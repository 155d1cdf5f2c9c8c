import assert from 'node:assert/strict';
import type { Answer, Place, Step } from '../../../src/host/steps';
import { mapAnswer, runSteps } from '../../../src/host/steps';

interface Known {
  readonly first?: string;
  readonly more?: string;
  readonly last?: string;
}

type Reply = (known: Known, place: Place) => Answer<Known>;

/** Steps that answer from a list, and take down where they were asked and what was known. */
function scripted(replies: readonly Reply[]) {
  const asked: string[] = [];
  const left = [...replies];
  const step =
    (name: string): Step<Known> =>
    (known, place) => {
      const back = place.canGoBack ? ', back' : '';
      asked.push(`${name} ${place.step}/${place.totalSteps}${back} ${JSON.stringify(known)}`);
      return Promise.resolve(left.shift()?.(known, place) ?? { type: 'cancelled' });
    };
  const stepsOf = (known: Known) =>
    known.first === 'long'
      ? [step('first'), step('more'), step('last')]
      : [step('first'), step('last')];
  return { asked, stepsOf };
}

const say =
  (value: Known): Reply =>
  (known) => ({ type: 'next', value: { ...known, ...value } });

suite('Steps of a form', () => {
  test('one after the other, as many as the answers make them', async () => {
    const { asked, stepsOf } = scripted([
      say({ first: 'long' }),
      say({ more: 'm' }),
      say({ last: 'l' }),
    ]);
    const result = await runSteps('T', {}, stepsOf);
    assert.deepEqual(result, { first: 'long', more: 'm', last: 'l' });
    assert.deepEqual(asked, [
      'first 1/2 {}',
      'more 2/3, back {"first":"long"}',
      'last 3/3, back {"first":"long","more":"m"}',
    ]);
  });

  test('going back keeps what was answered, and another answer changes the steps', async () => {
    const { asked, stepsOf } = scripted([
      say({ first: 'long' }),
      () => ({ type: 'back' }),
      say({ first: 'short' }),
      say({ last: 'l' }),
    ]);
    assert.deepEqual(await runSteps('T', {}, stepsOf), { first: 'short', last: 'l' });
    assert.deepEqual(asked, [
      'first 1/2 {}',
      'more 2/3, back {"first":"long"}',
      'first 1/3 {"first":"long"}',
      'last 2/2, back {"first":"short"}',
    ]);
  });

  test('a step can keep what was answered within it when it is left by going back', async () => {
    const { asked, stepsOf } = scripted([
      say({ first: 'a' }),
      (known) => ({ type: 'back', value: { ...known, last: 'half' } }),
    ]);
    assert.equal(await runSteps('T', {}, stepsOf), undefined);
    assert.equal(asked[2], 'first 1/2 {"first":"a","last":"half"}');
  });

  test('cancelling ends it', async () => {
    const { asked, stepsOf } = scripted([say({ first: 'long' }), () => ({ type: 'cancelled' })]);
    assert.equal(await runSteps('T', {}, stepsOf), undefined);
    assert.equal(asked.length, 2);
  });

  test('what an answer means is asked only of answers', () => {
    const double = (value: number) => value * 2;
    assert.deepEqual(mapAnswer({ type: 'next', value: 2 }, double), { type: 'next', value: 4 });
    assert.deepEqual(mapAnswer({ type: 'back', value: 2 }, double), { type: 'back' });
    assert.deepEqual(mapAnswer({ type: 'cancelled' }, double), { type: 'cancelled' });
  });
});
