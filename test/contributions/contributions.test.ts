import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  commandIds,
  contextKeys,
  policyPageType,
  schemes,
  settingIds,
  viewIds,
} from '../../src/contributions';
import { l10nCalls, root, sources } from './l10nCalls';

interface Command {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly (Command & { title: string; category: string })[];
    readonly menus: Readonly<Record<string, readonly Command[]>>;
    readonly keybindings: readonly (Command & { args?: unknown })[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string }[] };
    readonly viewsWelcome: readonly { view: string; contents: string; when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { scope?: string }>> };
    readonly walkthroughs: readonly {
      steps: readonly {
        id: string;
        description: string;
        completionEvents: readonly string[];
        media: { image: string };
      }[];
    }[];
  };
}

const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const strings = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const { contributes } = manifest;
const sorted = (items: Iterable<string>) => [...new Set(items)].sort();
const declared = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat().map(({ id }) => id); // prettier-ignore
const menuItems = Object.values(contributes.menus).flat();

suite('Contributions: package.json says what the code says', () => {
  test('commands', () => {
    assert.deepEqual([...declared].sort(), [...commandIds].sort());
  });

  test('views', () => {
    assert.deepEqual([...views].sort(), Object.values(viewIds).sort());
  });

  test('settings, each of the machine alone, so that no workspace can set one', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), Object.values(settingIds).sort());
    for (const [id, { scope }] of Object.entries(properties)) assert.equal(scope, 'machine', id);
  });

  test('it activates by itself for a page or a document that is restored, and for what was interrupted', () => {
    assert.deepEqual(manifest.activationEvents, [
      `onWebviewPanel:${policyPageType}`,
      `onFileSystem:${schemes.policy}`,
      `onFileSystem:${schemes.readonlyPolicy}`,
      'onStartupFinished',
      'onUri',
    ]);
  });

  test('everything carries the prefix of the extension', () => {
    const ids = [...declared, ...views, ...Object.keys(contributes.configuration.properties)];
    for (const id of [...ids, ...Object.values(contextKeys), policyPageType]) {
      assert.match(id, /^resourcePolicies\.[a-zA-Z]+$/);
    }
  });

  test('every view stands in a container that is there', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    for (const id of Object.keys(contributes.views)) assert.ok(containers.includes(id), id);
  });

  test('every view that is empty at first has a welcome', () => {
    const welcomed = contributes.viewsWelcome.map(({ view }) => view);
    assert.ok(welcomed.includes(viewIds.resources));
    for (const view of welcomed) assert.ok(views.includes(view), view);
  });
});

suite('Contributions: texts', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => String(key));

  test('every %key% has a text', () => {
    assert.deepEqual(
      sorted(used).filter((key) => !(strings[key] ?? '').trim()),
      [],
    );
  });

  test('every text is used', () => {
    const keys = new Set(used);
    assert.deepEqual(
      Object.keys(strings).filter((key) => !keys.has(key)),
      [],
    );
  });

  test('no title, name or description is written into package.json itself', () => {
    const plain =
      /"(title|displayName|description|markdownDescription|category|contents|altText|name)": "(?!%)/g;
    const found = [...manifestText.matchAll(plain)].map(([text]) => text);
    // The package's own name is an ID.
    assert.deepEqual(found, ['"name": "']);
  });

  test('every command is in the palette under the category of the extension', () => {
    for (const { category, command } of contributes.commands) {
      assert.equal(category, '%category%', command);
    }
  });
});

suite('Contributions: what is named is there', () => {
  test('commands in menus', () => {
    for (const { command } of menuItems) assert.ok(declared.includes(command), command);
  });

  test('own commands in keybindings, also those that runCommands runs', () => {
    const named = sorted(
      JSON.stringify(contributes.keybindings).match(/"resourcePolicies\.\w+"/g) ?? [],
    );
    assert.ok(named.length > 0);
    for (const text of named) assert.ok(declared.includes(text.slice(1, -1)), text);
  });

  test('commands in welcome and walkthrough texts', () => {
    const links = Object.values(strings).flatMap((text) => [
      ...text.matchAll(/\(command:([^)?]+)/g),
    ]);
    assert.ok(links.length > 0);
    for (const [, command = ''] of links) assert.ok(declared.includes(command), command);
  });

  test('commands that complete a step', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents),
    );
    for (const event of events) {
      assert.ok(declared.includes(event.replace(/^onCommand:/, '')), event);
    }
  });

  test('views and context keys in conditions', () => {
    const conditions = [...menuItems, ...contributes.keybindings, ...contributes.viewsWelcome];
    const known: readonly string[] = [...views, ...Object.values(contextKeys)];
    for (const { when = '' } of conditions) {
      for (const [id] of when.matchAll(/resourcePolicies\.\w+/g)) {
        assert.ok(known.includes(id), `${id} in ${when}`);
      }
    }
  });

  test('every context key is used in a condition', () => {
    const all = menuItems.map(({ when }) => when ?? '').join('\n');
    for (const key of Object.values(contextKeys)) assert.ok(all.includes(key), key);
  });

  test('context values of rows in conditions are those that rows are given', () => {
    const given = sources()
      .filter(({ name }) => /^src\/(tree|history|audit)\//.test(name))
      .map(({ text }) => text)
      .join('\n');
    const named = menuItems.flatMap(({ when = '' }) => [
      ...[...when.matchAll(/viewItem == ([\w.]+)/g)].map(([, value]) => String(value)),
      ...[...when.matchAll(/viewItem =~ \/\^\(?([\w|$.]+)/g)].flatMap(([, values]) =>
        String(values).replaceAll('$', '').split('|'),
      ),
    ]);
    assert.ok(named.length > 0);
    for (const value of sorted(named)) {
      assert.match(given, new RegExp(`['"\`]${value.replaceAll('.', '\\.')}`), value);
    }
  });

  test('icons of commands are icons of VS Code', () => {
    for (const item of contributes.commands) {
      const { icon } = item as { icon?: string };
      if (icon !== undefined) assert.match(icon, /^\$\([a-z-]+\)$/);
    }
  });
});

suite('Source texts', () => {
  test('every l10n.t has a literal, and a placeholder for each argument', () => {
    const calls = sources().flatMap(l10nCalls);
    assert.ok(calls.length > 100, `${calls.length} calls`);
    assert.deepEqual(
      calls.filter(({ problem }) => problem !== undefined),
      [],
    );
  });

  const samples: readonly (readonly [string, string, string | undefined])[] = [
    ['a literal', `l10n.t('a')`, undefined],
    ['a placeholder used twice', `vscode.l10n.t('{0} and {0}', x)`, undefined],
    ['a variable', `l10n.t(text)`, 'its text is no literal'],
    ['a template with a value', 'l10n.t(`a ${b}`)', 'its text is no literal'],
    ['a concatenation', `vscode.l10n.t('a' + b)`, 'its text is no literal'],
    ['an argument too many', `l10n.t('a', b)`, '0 placeholders for 1 arguments'],
    ['a placeholder too many', `l10n.t('{0} {1}', b)`, '2 placeholders for 1 arguments'],
    ['a gap', `l10n.t('{1}', b)`, '1 placeholders for 1 arguments'],
    ['one that was taken out of it', `t('{0}')`, '1 placeholders for 0 arguments'],
  ];
  for (const [name, text, problem] of samples) {
    test(`the check of l10n.t sees ${name}`, () => {
      const found = l10nCalls({ name: 'sample.ts', text });
      assert.deepEqual(found, [{ place: 'sample.ts:1', problem }]);
    });
  }

  test('no file of src is over 250 lines', () => {
    const long = sources()
      .map(({ name, text }) => ({ name, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    assert.deepEqual(long, []);
  });

  test('the composition root is under 60 lines', () => {
    const file = sources().find(({ name }) => name === 'src/app.ts');
    assert.ok(file && file.text.split('\n').length <= 60);
  });
});
