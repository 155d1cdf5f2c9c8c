import { parsePolicy } from './policy';
import { fromEditable } from './policyStyle';
import type { ResourceKind } from './resource';

/**
 * What is sent for an edited text that was made from `base`. `undefined`: there is to be no policy,
 * which an empty list stands for where the kind does not refuse one.
 */
export function sentPolicy(
  text: string,
  base: string | undefined,
  kind: ResourceKind,
): string | undefined {
  const sent = fromEditable(text, base);
  const policy = parsePolicy(sent);
  const isEmpty = policy.wellFormed && policy.statements.length === 0;
  return isEmpty && kind !== 'sqsQueue' ? undefined : sent;
}
