import type { Connection } from '../connections/connection';
import { parseArn } from '../core/arn';
import type { ChangeRecord } from '../core/changeRecord';
import type { Failure } from '../core/errors';

/** Whether a connection still leads to the account in which a change was made. */
export type AccountCheck =
  | { readonly state: 'same' }
  | { readonly state: 'other'; readonly expected: string; readonly found: string }
  | { readonly state: 'unknown'; readonly failure: Failure };

/** Asks AWS who the caller is: a profile can have the keys of another account by now. */
export async function checkAccount(
  connection: Connection,
  record: ChangeRecord,
): Promise<AccountCheck> {
  const expected = record.connection.accountId ?? parseArn(record.resource.arn)?.accountId;
  const identity = await connection.identity();
  if (identity.state === 'unknown') return { state: 'unknown', failure: identity.failure };
  const found = identity.accountId;
  return expected === undefined || expected === found
    ? { state: 'same' }
    : { state: 'other', expected, found };
}
