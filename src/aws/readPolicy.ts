import type { Failure } from '../core/errors';
import type { PolicyReading, ReadOptions } from '../core/policyStore';
import { readFailure } from './failures';

interface Answer {
  readonly text?: string;
  readonly revision?: string;
  /** The answer is a whole one, and its having no text means that there is no policy. */
  readonly saysNone?: boolean;
}

interface PolicyCalls {
  get(): Promise<Answer>;
  /** Fails when the resource itself is missing. Absent where `get` already tells. */
  readonly exists?: () => Promise<unknown>;
  readonly existsOperation?: string;
}

/**
 * Reads a policy into one of the three states. The not-found of the read call is the only failure
 * that may mean "no policy"; where it may also mean that the resource is gone, a second call tells,
 * unless the resource was listed a moment ago.
 */
export async function readPolicy(
  operation: string,
  { justListed = false }: Pick<ReadOptions, 'justListed'>,
  calls: PolicyCalls,
): Promise<PolicyReading> {
  try {
    const { text, revision, saysNone } = await calls.get();
    const readAt = Date.now();
    if (text) return { state: 'policy', text, revision, readAt };
    if (saysNone) return { state: 'none', readAt };
    // From a proxy or a wrong endpoint: AWS answers a missing policy with an error.
    return { state: 'unreadable', failure: incomplete(operation), readAt };
  } catch (error) {
    const failure = readFailure(error, operation);
    const gone = failure.code === 'resourceNotFound';
    if (!gone || !calls.exists) return { state: 'unreadable', failure, readAt: Date.now() };
  }
  if (justListed) return { state: 'none', readAt: Date.now() };
  return whetherNone(calls.exists, calls.existsOperation ?? operation);
}

function incomplete(operation: string): Failure {
  return {
    code: 'unexpected',
    operation,
    errorName: 'IncompleteAnswer',
    message: 'the answer lacks what every answer of AWS has; is it AWS that answers?',
  };
}

async function whetherNone(
  exists: () => Promise<unknown>,
  operation: string,
): Promise<PolicyReading> {
  try {
    await exists();
  } catch (error) {
    const failure = readFailure(error, operation);
    // Without the right to look, AWS's own "not found" for the policy is the best there is.
    const unknowable = failure.code === 'accessDenied' || failure.code === 'operationUnknown';
    if (!unknowable) return { state: 'unreadable', failure, readAt: Date.now() };
  }
  return { state: 'none', readAt: Date.now() };
}
