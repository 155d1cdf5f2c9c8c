import assert from 'node:assert/strict';
import { bench, checkFacts } from './harness';
import { functionArn, layerArn, queueArn } from './seed';

type Item = Readonly<Record<string, unknown>>;

suite('Sample account: Lambda lists', () => {
  const at = bench();

  async function pagesOf(path: string, field: string): Promise<readonly (readonly Item[])[]> {
    const pages: (readonly Item[])[] = [];
    let marker: string | undefined;
    do {
      const join = path.includes('?') ? '&' : '?';
      const next = marker === undefined ? '' : `${join}Marker=${encodeURIComponent(marker)}`;
      const { status, json, body } = await at.aws.lambda('GET', `${path}${next}`);
      assert.equal(status, 200, body);
      pages.push(json[field] as readonly Item[]);
      marker = json['NextMarker'] as string | undefined;
    } while (marker !== undefined);
    return pages;
  }

  checkFacts(at, [
    {
      fact: 'versions of a missing function',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/nope/versions'),
      status: 404,
      error: 'ResourceNotFoundException',
    },
    {
      fact: 'aliases of a missing function',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/nope/aliases'),
      status: 404,
      error: 'ResourceNotFoundException',
    },
    {
      fact: 'a marker that is none',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/?Marker=x'),
      status: 400,
      error: 'InvalidParameterValueException',
    },
    {
      fact: 'MaxItems out of range',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/?MaxItems=0'),
      status: 400,
      error: 'ValidationException',
    },
    {
      fact: 'FunctionVersion that is none',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/?FunctionVersion=1'),
      status: 400,
      error: 'ValidationException',
    },
    {
      fact: 'an unknown operation',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/nothing'),
      status: 404,
      error: 'UnknownOperationException',
    },
    {
      fact: 'a path that is no UTF-8',
      ask: (aws) => aws.lambda('GET', '/2015-03-31/functions/%ff/policy'),
      status: 400,
      error: 'SerializationException',
    },
  ]);

  test('functions without versions', async () => {
    const [page] = await pagesOf('/2015-03-31/functions/', 'Functions');
    const found = page?.map((item) => [item['FunctionName'], item['Version'], item['FunctionArn']]);
    assert.equal(found?.length, 9);
    assert.deepEqual(found[0], ['shop', '$LATEST', `${functionArn}:shop`]);
  });

  test('FunctionVersion=ALL lists published versions with them, 50 at most on a page', async () => {
    const pages = await pagesOf(
      '/2015-03-31/functions/?FunctionVersion=ALL&MaxItems=1000',
      'Functions',
    );
    assert.deepEqual(
      pages.map((page) => page.length),
      [50, 50, 33],
    );
    const arns = pages.flat().map((item) => item['FunctionArn']);
    assert.equal(new Set(arns).size, 133);
    assert.deepEqual(arns.slice(0, 2), [`${functionArn}:shop:$LATEST`, `${functionArn}:shop:1`]);
  });

  test('MaxItems makes shorter pages', async () => {
    const pages = await pagesOf('/2015-03-31/functions/?MaxItems=4', 'Functions');
    assert.deepEqual(
      pages.map((page) => page.length),
      [4, 4, 1],
    );
  });

  test('versions come in pages of 50', async () => {
    const pages = await pagesOf('/2015-03-31/functions/many/versions', 'Versions');
    assert.deepEqual(
      pages.map((page) => page.length),
      [50, 50, 21],
    );
    assert.equal(pages[0]?.[0]?.['Version'], '$LATEST');
  });

  test('aliases', async () => {
    const [page] = await pagesOf('/2015-03-31/functions/shop/aliases', 'Aliases');
    const found = page?.map((item) => [item['Name'], item['FunctionVersion'], item['AliasArn']]);
    assert.deepEqual(found, [
      ['live', '2', `${functionArn}:shop:live`],
      ['plain', '3', `${functionArn}:shop:plain`],
    ]);
    const [one] = await pagesOf('/2015-03-31/functions/shop/aliases?FunctionVersion=2', 'Aliases');
    assert.equal(one?.length, 1);
  });

  test('GetFunction, qualified', async () => {
    const { json } = await at.aws.lambda('GET', '/2015-03-31/functions/shop?Qualifier=live');
    const settings = json['Configuration'] as Item;
    assert.deepEqual(
      [settings['FunctionArn'], settings['Version']],
      [`${functionArn}:shop:live`, '2'],
    );
  });

  test('layers with their latest version, and versions newest first', async () => {
    const [layers] = await pagesOf('/2018-10-31/layers', 'Layers');
    const latest = layers?.map(
      (item) => (item['LatestMatchingVersion'] as Item)['LayerVersionArn'],
    );
    assert.deepEqual(latest, [`${layerArn}:tools:2`, `${layerArn}:other:1`]);
    const [versions] = await pagesOf('/2018-10-31/layers/tools/versions', 'LayerVersions');
    assert.deepEqual(
      versions?.map((item) => item['Version']),
      [2, 1],
    );
  });

  test('event source mappings of a function, qualifier included', async () => {
    const path = '/2015-03-31/event-source-mappings';
    const [all] = await pagesOf(path, 'EventSourceMappings');
    assert.deepEqual(
      all?.map((item) => item['State']),
      ['Enabled', 'Disabled'],
    );
    const [live] = await pagesOf(`${path}?FunctionName=shop%3Alive`, 'EventSourceMappings');
    assert.deepEqual(
      live?.map((item) => item['FunctionArn']),
      [`${functionArn}:shop:live`],
    );
    const [bare] = await pagesOf(`${path}?EventSourceArn=${queueArn}:bare`, 'EventSourceMappings');
    assert.deepEqual(
      bare?.map((item) => item['UUID']),
      ['m-2'],
    );
  });
});
