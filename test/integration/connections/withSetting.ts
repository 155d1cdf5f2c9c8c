import { ConfigValue } from '../../../src/host/configValue';

/** The value of a setting during each test of the suite around it, at first this one. */
export function withSetting(id: string, value?: unknown): { set(value: unknown): Promise<void> } {
  const setting = new ConfigValue(id);
  let isChanged = false;
  const set = async (next: unknown) => {
    isChanged = next !== undefined;
    await setting.set(next);
  };
  setup(() => (value === undefined ? undefined : set(value)));
  teardown(() => (isChanged ? set(undefined) : undefined));
  suiteTeardown(() => setting.dispose());
  return { set };
}
