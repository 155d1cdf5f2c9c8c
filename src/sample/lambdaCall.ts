import type { Account } from './account';
import type { Answer, SampleRequest } from './protocol';

/** One Lambda request: `parameters` are the decoded parts of its path, in order. */
export interface LambdaCall {
  readonly account: Account;
  readonly request: SampleRequest;
  readonly parameters: readonly string[];
}

export type LambdaOperation = (call: LambdaCall) => Answer;

/** A query parameter; an empty one counts as not sent. */
export function queryText({ request }: LambdaCall, name: string): string | undefined {
  return request.query.get(name) || undefined;
}
