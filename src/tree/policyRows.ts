import { policyOf } from '../connections/policyReadings';
import type { PolicyReading } from '../core/policyStore';
import type { ResourceNode, TreeNode } from './nodes';
import { noteNode, statementNode } from './nodes';

/** The statements of a policy, or why there are none to be shown. */
export function policyRows(node: ResourceNode, reading: PolicyReading): readonly TreeNode[] {
  switch (reading.state) {
    case 'none':
      return [noteNode(node, { type: 'noPolicy' })];
    case 'unreadable':
      return [noteNode(node, { type: 'unreadable', failure: reading.failure })];
    case 'policy': {
      const policy = policyOf(reading);
      if (!policy.wellFormed) {
        return [noteNode(node, { type: 'malformed', problem: policy.problem })];
      }
      if (policy.statements.length === 0) return [noteNode(node, { type: 'noStatements' })];
      return policy.statements.map((statement) => statementNode(node, reading, statement));
    }
  }
}
