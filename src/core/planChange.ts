import type { ChangeIntent, Planning } from './plan';
import { planGrants, planInsertion } from './planAddition';
import { refuse } from './planning';
import { planRemoval } from './planRemoval';
import { planReplacement } from './planReplacement';
import { planUndo } from './planUndo';
import { parsePolicy, statementsOf } from './policy';
import type { PolicyCapabilities } from './policyStore';
import type { Resource } from './resource';

/**
 * How an intent is carried out on a policy as it is now (`undefined`: there is none): which calls,
 * what becomes of the text, what to warn of; or why it cannot be. Pure, so that it can be shown
 * before it is done, and planned anew when the policy has changed.
 */
export function planChange(
  resource: Resource,
  text: string | undefined,
  intent: ChangeIntent,
  capabilities: PolicyCapabilities,
): Planning {
  const base = { resource, text, capabilities };
  // The one that can mend a text which is no policy.
  if (intent.type === 'replace') return planReplacement(base, intent);
  const policy = text === undefined ? undefined : parsePolicy(text);
  if (intent.type === 'undo') return planUndo(base, policy, intent);
  if (policy && !policy.wellFormed) return refuse({ code: 'malformed', problem: policy.problem });
  const statements = policy ? statementsOf(policy) : [];
  switch (intent.type) {
    case 'remove':
      return planRemoval(base, statements, intent);
    case 'add':
      return planGrants(base, statements, intent);
    case 'insert':
      return planInsertion(base, statements, intent);
  }
}
