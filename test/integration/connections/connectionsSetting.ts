import { isDeepStrictEqual } from 'node:util';
import { settingIds } from '../../../src/contributions';
import { ConfigValue } from '../../../src/host/configValue';

/**
 * The real setting, with these entries before each test of the suite around it; empty after the
 * suite. Writing takes VS Code a while, so it is written only when it differs.
 */
export function connectionsSetting(entries: readonly unknown[] = []): {
  readonly value: ConfigValue;
} {
  let value = new ConfigValue(settingIds.connections);
  setup(async () => {
    value = new ConfigValue(settingIds.connections);
    if (!isDeepStrictEqual(value.get(), entries)) await value.set(entries);
  });
  teardown(() => value.dispose());
  suiteTeardown(() => value.set(undefined));
  return {
    get value() {
      return value;
    },
  };
}
