import type { PolicyReading, ReadOptions } from '../core/policyStore';
import { readFailure } from './failures';

interface PolicyCalls {
  get(signal: AbortSignal): Promise<{ readonly text?: string; readonly revision?: string }>;
  /** Fails when the resource itself is missing. Absent where `get` already tells. */
  readonly exists?: (signal: AbortSignal) => Promise<unknown>;
  readonly existsOperation?: string;
}

/**
 * Reads a policy into one of the three states. The not-found of the read call is the only failure
 * that may mean "no policy"; where it may also mean that the resource is gone, a second call tells,
 * unless the resource was listed a moment ago.
 */
export async function readPolicy(
  operation: string,
  { signal, justListed = false }: ReadOptions,
  calls: PolicyCalls,
): Promise<PolicyReading> {
  try {
    const { text, revision } = await calls.get(signal);
    const readAt = Date.now();
    return text ? { state: 'policy', text, revision, readAt } : { state: 'none', readAt };
  } catch (error) {
    const failure = readFailure(error, operation);
    const gone = failure.code === 'resourceNotFound';
    if (!gone || !calls.exists) return { state: 'unreadable', failure, readAt: Date.now() };
  }
  if (justListed) return { state: 'none', readAt: Date.now() };
  return whetherNone(calls.exists, calls.existsOperation ?? operation, signal);
}

async function whetherNone(
  exists: (signal: AbortSignal) => Promise<unknown>,
  operation: string,
  signal: AbortSignal,
): Promise<PolicyReading> {
  try {
    await exists(signal);
  } catch (error) {
    const failure = readFailure(error, operation);
    // Without the right to look, AWS's own "not found" for the policy is the best there is.
    const unknowable = failure.code === 'accessDenied' || failure.code === 'operationUnknown';
    if (!unknowable) return { state: 'unreadable', failure, readAt: Date.now() };
  }
  return { state: 'none', readAt: Date.now() };
}
