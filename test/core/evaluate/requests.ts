import type { AccessRequest, Caller, KeyValues } from '../../../src/core/evaluate/request';

/** What is known of a request: keys that are not named are not in it. */
export type Keys = Readonly<Record<string, string | readonly string[]>>;

export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
export const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:orders';
export const owner = '123456789012';
export const other = '210987654321';

export function role(accountId: string, name: string): Caller {
  return { kind: 'identity', accountId, arn: `arn:aws:iam::${accountId}:role/${name}` };
}

/** A request of which all is known; a key with the value `?` may be there or not. */
export function requestOf(
  caller: Caller,
  parts: { readonly action?: string; readonly resource?: string; readonly keys?: Keys } = {},
): AccessRequest {
  const { action = 'lambda:InvokeFunction', resource = functionArn, keys = {} } = parts;
  const known = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
  const context = (key: string): KeyValues => {
    const value = known.get(key);
    if (value === undefined) return 'absent';
    if (value === '?') return 'unknown';
    return typeof value === 'string' ? [value] : value;
  };
  return { caller, action, resource, context };
}
