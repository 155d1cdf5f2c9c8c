import assert from 'node:assert/strict';
import type { Pins } from '../../../src/connections/pins';
import type { SampleState } from '../../../src/sample/state';
import { ResourcesTree } from '../../../src/tree/resourcesTree';
import type { AwsBench } from './awsBench';
import { awsBench } from './awsBench';
import { treeParts } from './treeParts';

export interface TreeBench extends AwsBench {
  readonly tree: ResourcesTree;
  readonly pins: Pins;
}

/** A tree over the connections of `awsBench`. */
export function treeBench(seed: SampleState): TreeBench {
  const bench = awsBench(seed);
  let tree: ResourcesTree | undefined;
  let parts: ReturnType<typeof treeParts> | undefined;
  setup(() => {
    parts = treeParts(bench.connections);
    tree = new ResourcesTree(parts);
  });
  teardown(() => {
    tree?.dispose();
    parts?.dispose();
  });
  // The getters of the bench go on being getters.
  return Object.defineProperties(bench, {
    tree: { get: () => tree ?? assert.fail('only inside a test') },
    pins: { get: () => parts?.pins ?? assert.fail('only inside a test') },
  }) as TreeBench;
}

export const denied = {
  type: 'error',
  status: 403,
  name: 'AccessDeniedException',
  message: 'User: me is not authorized to perform this',
} as const;
