import type * as vscode from 'vscode';
import type { Connections } from '../../../src/connections/connections';
import { Guards } from '../../../src/connections/guards';
import { Pins } from '../../../src/connections/pins';
import { settingIds } from '../../../src/contributions';
import { ConfigValue } from '../../../src/host/configValue';
import type { ResourcesTreeOptions } from '../../../src/tree/resourcesTree';

/** What a tree needs besides connections: the real settings, and pins that end with the test. */
export function treeParts(connections: Connections): ResourcesTreeOptions & { dispose(): void } {
  const settings = [
    new ConfigValue(settingIds.readOnly),
    new ConfigValue(settingIds.protectedProfiles),
  ] as const;
  const guards = new Guards(...settings);
  const pins = new Pins(memento());
  return {
    connections,
    guards,
    pins,
    dispose: () => {
      for (const part of [guards, pins, ...settings]) part.dispose();
    },
  };
}

/** Storage as VS Code gives it to extensions, in memory. */
export function memento(): vscode.Memento {
  const held = new Map<string, unknown>();
  return {
    keys: () => [...held.keys()],
    get: <T>(key: string, otherwise?: T) => (held.has(key) ? (held.get(key) as T) : otherwise),
    update: (key, value) => {
      held.set(key, value);
      return Promise.resolve();
    },
  };
}
