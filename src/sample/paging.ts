import { SampleError } from './protocol';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** One page of a list whose order does not change; the marker names the last item that was sent. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  marker: string | undefined,
  size: number,
): Page<T> | undefined {
  const sent = marker ? decode(marker) : undefined;
  const start = sent === undefined ? 0 : items.findIndex((item) => keyOf(item) === sent) + 1;
  if (sent !== undefined && (start === 0 || encode(sent) !== marker)) return undefined;
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  const more = start + size < items.length && last !== undefined;
  return { items: page, next: more ? encode(keyOf(last)) : undefined };
}

/** A page of a Lambda list: `MaxItems` may ask for more than 50 and gets 50. */
export function lambdaPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  query: URLSearchParams,
): Page<T> {
  const asked = query.get('MaxItems');
  const size = asked === null ? 50 : Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > 10_000) {
    throw new SampleError(
      400,
      'ValidationException',
      `1 validation error detected: Value '${String(asked)}' at 'maxItems' failed to satisfy ` +
        'constraint: Member must have value between 1 and 10000',
    );
  }
  const page = pageOf(items, keyOf, query.get('Marker') ?? undefined, Math.min(size, 50));
  if (page) return page;
  throw new SampleError(400, 'InvalidParameterValueException', 'The marker is not valid.');
}

function decode(marker: string): string {
  return Buffer.from(marker, 'base64url').toString('utf8');
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64url');
}
