import assert from 'node:assert/strict';
import type { IdentityServices, IdentityServicesOptions } from './identityServices';
import { startIdentityServices } from './identityServices';

/**
 * Identity services for the suite around it, as good as new before every test. The options are
 * asked for once what was set up before has started: the accounts behind, say.
 */
export function withIdentityServices(options: () => IdentityServicesOptions): IdentityServices {
  let services: IdentityServices | undefined;
  suiteSetup(async () => {
    services = await startIdentityServices(options());
  });
  setup(() => services?.reset());
  suiteTeardown(() => services?.close());
  return new Proxy({} as IdentityServices, {
    get: (_target, name) => {
      assert.ok(services, 'only inside a test');
      return Reflect.get(services, name) as unknown;
    },
  });
}
