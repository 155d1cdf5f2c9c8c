import type { FindingRef } from '../audit/findingNodes';
import type { ResourceTarget, StatementTarget } from '../connections/targets';

/** What the buttons of a policy page do. */
export interface PageCommands {
  readonly remove: (targets: readonly StatementTarget[]) => Thenable<unknown>;
  readonly add: (target: ResourceTarget) => Thenable<unknown>;
  readonly edit: (target: ResourceTarget) => Thenable<unknown>;
  readonly fixFinding: (finding: FindingRef) => Thenable<unknown>;
  readonly acceptFinding: (finding: FindingRef) => Thenable<unknown>;
}
