import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import {
  accountFolder,
  isPolicyPath,
  policyPath,
  policyPaths,
} from '../../../src/core/snapshot/policyPaths';
import type { ReportedResource } from '../../../src/core/report/report';

type Named = Pick<ReportedResource, 'arn' | 'kind' | 'name' | 'qualifier'>;

const aFunction = (name: string, alias?: string): Named => ({
  arn: `arn:function:${name}:${alias ?? ''}`,
  kind: 'lambdaFunction',
  name,
  ...(alias === undefined ? {} : { qualifier: { type: 'alias', name: alias } }),
});
const aQueue = (name: string): Named => ({ arn: `arn:queue:${name}`, kind: 'sqsQueue', name });
const aLayer = (name: string, version: number): Named => ({
  arn: `arn:layer:${name}:${version}`,
  kind: 'layerVersion',
  name,
  qualifier: { type: 'version', name: String(version) },
});
const paths = (...resources: readonly Named[]) => [...policyPaths(resources).values()];

suite('Paths of saved policies', () => {
  test('names as they mostly are stay as they are', () => {
    assert.deepEqual(
      paths(
        ...[aFunction('OrderApi'), aFunction('OrderApi', 'live'), aFunction('OrderApi', '41')],
        ...[aLayer('common-utils', 3), aQueue('returns.fifo')],
      ),
      [
        'lambda/function/OrderApi.json',
        'lambda/function/OrderApi/live.json',
        'lambda/function/OrderApi/41.json',
        'lambda/layer/common-utils/3.json',
        'sqs/queue/returns.fifo.json',
      ],
    );
  });

  test('names that differ in their case alone keep apart, also as folders', () => {
    const found = paths(
      ...[aFunction('orders', 'Live'), aFunction('orders', 'live'), aFunction('orders', 'test')],
      ...[
        aFunction('Shop'),
        aFunction('shop'),
        aFunction('Shop', 'live'),
        aFunction('shop', 'live'),
      ],
    );
    assert.equal(new Set(found.map((file) => file.toLowerCase())).size, found.length, found.join());
    assert.equal(found[2], 'lambda/function/orders/test.json', 'nobody else is touched');
    const again = paths(aFunction('orders', 'live'), aFunction('orders', 'Live'));
    assert.deepEqual(again, [found[1], found[0]], 'whatever their order');
  });

  const odd: readonly (readonly [string, string])[] = [
    ['..', '%2e%2e'],
    ['.', '%2e'],
    ['a/b', 'a%2fb'],
    ['a\\b', 'a%5cb'],
    ['a..', 'a.%2e'],
    ['.git', '%2egit'],
    ['con', '%63on'],
    ['NUL.fifo', '%4eUL.fifo'],
    ['com1', '%63om1'],
    ['console', 'console'],
    ['a b', 'a%20b'],
    ['a%2fb', 'a%252fb'],
    ['ä', '%c3%a4'],
    ['a:b', 'a%3ab'],
    ['', '%'],
    ['orders.json', 'orders%2ejson'],
    ['x\u0000\u202e', 'x%00%e2%80%ae'],
  ];
  for (const [name, expected] of odd) {
    test(`the name ${JSON.stringify(name)}`, () => {
      assert.deepEqual(paths(aQueue(name)), [`sqs/queue/${expected}.json`]);
    });
  }

  test('long names are cut, and stay apart', () => {
    const [one = '', other = ''] = paths(aQueue('q'.repeat(300)), aQueue(`${'q'.repeat(299)}r`));
    assert.notEqual(one, other);
    assert.ok(one.length < 200);
  });

  test('whatever the names: no two are one file, none leads elsewhere, and all are known as ours', function () {
    this.timeout(20_000);
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('..', '.', '', '/', '\\', 'CON', 'con', 'a.', 'A', 'a', 'a.json', '%', '~', '\ud800', '\udfff', 'nul.json'), // prettier-ignore
    );
    const resource = fc.oneof(
      fc.tuple(nasty, fc.option(nasty, { nil: undefined })).map(([name, alias]) => aFunction(name, alias)), // prettier-ignore
      nasty.map(aQueue),
      fc.tuple(nasty, fc.nat(20)).map(([name, version]) => aLayer(name, version)),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(resource, { selector: ({ arn }) => arn, maxLength: 12 }),
        (all) => {
          const files = paths(...all);
          assert.equal(new Set(files.map((file) => file.toLowerCase())).size, all.length);
          for (const file of files) {
            assert.ok(isPolicyPath(file), file);
            assert.ok(path.resolve('/root', file).startsWith('/root/'), file);
            for (const part of file.split('/')) assert.match(part, /^[\w%~-]([\w.%~-]*[\w%~-])?$/);
          }
          // No file is a folder of another.
          for (const file of files) assert.ok(!files.some((other) => other.startsWith(`${file}/`)));
        },
      ),
    );
  });

  for (const bad of [
    '../x.json',
    'lambda/function/../../x.json',
    'lambda/function/..json/../x.json',
    '/lambda/function/x.json',
    'lambda/function/.x.json',
    'lambda\\function\\x.json',
    'lambda/function/x.json/../../y.json',
    'lambda/function/a/b/c.json',
    'inventory.json',
    'src/index.json',
    'lambda/function/x.ts',
    'lambda/function/x\n.json',
    'lambda/function/C:x.json',
  ]) {
    test(`${JSON.stringify(bad)} is no path of ours`, () => assert.ok(!isPolicyPath(bad)));
  }

  test('pairs of two snapshots have the same path, whoever else is there', () => {
    assert.equal(policyPath(aFunction('orders', 'Live')), 'lambda/function/orders/Live.json');
    assert.notEqual(policyPath(aFunction('a/b')), policyPath(aFunction('a', 'b')));
  });

  test('the folder of an account and region, also where these are not known', () => {
    assert.deepEqual(accountFolder('123456789012', 'eu-west-1'), ['123456789012', 'eu-west-1']);
    assert.deepEqual(accountFolder(undefined, undefined), ['unknown-account', 'unknown-region']);
    assert.deepEqual(accountFolder('..', 'a/b'), ['%2e%2e', 'a%2fb']);
  });
});
