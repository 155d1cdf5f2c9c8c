import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isRecord } from '../../src/core/resource';
import { writeSchemas } from '../../src/documents/schemas/makeSchemas.mjs';

suite('the schemas of policies', () => {
  let folder = '';
  suiteSetup(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'schemas-'));
    await writeSchemas(folder);
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));
  const read = (name: string) =>
    JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as unknown;

  test('are small: they are in the .vsix', () => {
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    assert.equal(sizes.length, 3);
    assert.ok(sizes.reduce((sum, size) => sum + size) < 150_000, String(sizes));
  });

  test('hold the actions of their service, and the names alone for our own problems', () => {
    const names = read('actions') as Record<string, readonly string[]>;
    assert.ok(names.lambda?.includes('lambda:InvokeFunctionUrl'));
    assert.ok(names.sqs?.includes('sqs:SendMessage'));
    for (const [service, actions] of Object.entries(names)) {
      assert.ok(actions.every((name) => name.startsWith(`${service}:`)));
      const text = JSON.stringify(read(service));
      for (const name of actions) assert.ok(text.includes(`"${name}"`), name);
    }
  });

  for (const name of ['lambda', 'sqs']) {
    test(`${name}: explains elements, actions, operators and keys`, () => {
      const described = [...descriptions(read(name))];
      for (const known of ['Effect', 'NotPrincipal', 'StringLike', 'aws:SourceArn', 'AWS']) {
        assert.ok(described.includes(known), known);
      }
      const [enums] = choices(read(name)).filter(({ values }) => values.includes(`${name}:*`));
      assert.equal(enums?.values.length, enums?.words.length);
      assert.ok(enums?.words.every((text) => text.length > 10));
    });

    test(`${name}: proposes, and finds nothing wrong`, () => {
      // Whatever could refuse a value stands beside a choice that takes any.
      for (const { node, free } of refusals(read(name), false)) {
        assert.ok(free, JSON.stringify(node).slice(0, 200));
      }
    });
  }
});

/** The names of the properties that have a description. */
function* descriptions(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const item of node) yield* descriptions(item);
  if (!isRecord(node)) return;
  if (isRecord(node.properties)) {
    for (const [name, schema] of Object.entries(node.properties)) {
      if (isRecord(schema) && typeof schema.description === 'string') yield name;
    }
  }
  for (const value of Object.values(node)) yield* descriptions(value);
}

interface Choice {
  readonly values: readonly string[];
  readonly words: readonly string[];
}

function choices(node: unknown): readonly Choice[] {
  if (Array.isArray(node)) return node.flatMap(choices);
  if (!isRecord(node)) return [];
  const own = Array.isArray(node.enum)
    ? [{ values: node.enum as string[], words: (node.enumDescriptions ?? []) as string[] }]
    : [];
  return [...own, ...Object.values(node).flatMap(choices)];
}

const refusing = ['enum', 'type', 'required', 'pattern', 'not', 'oneOf', 'minItems', 'const'];

function* refusals(node: unknown, free: boolean): Generator<{ node: unknown; free: boolean }> {
  if (Array.isArray(node)) for (const item of node) yield* refusals(item, free);
  if (!isRecord(node)) return;
  if (refusing.some((name) => name in node)) yield { node, free };
  if (node.additionalProperties === false) yield { node, free: false };
  for (const [name, value] of Object.entries(node)) {
    if (name === 'defaultSnippets') continue;
    if (name === 'properties' && isRecord(value)) {
      for (const schema of Object.values(value)) yield* refusals(schema, false);
    } else if (name === 'anyOf' && Array.isArray(value)) {
      const open = value.some((choice) => isRecord(choice) && Object.keys(choice).length === 0);
      yield* refusals(value, open || free);
    } else yield* refusals(value, free);
  }
}
