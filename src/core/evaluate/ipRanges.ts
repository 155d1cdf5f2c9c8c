import * as ipaddr from 'ipaddr.js';
import type { Truth } from './truth';

type Range = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Whether an address is in a range of CIDR notation, or is the one address. */
export function inRange(address: string, range: string): Truth {
  const parsed = rangeOf(range);
  if (!parsed || !ipaddr.isValid(address)) return 'unknown';
  const one = ipaddr.process(address);
  if (one.kind() !== parsed[0].kind()) return 'no';
  if (one.match(parsed)) return 'yes';
  // AWS: without a prefix it takes /32, and does not say whether of IPv6 as well.
  const isVague = one.kind() === 'ipv6' && !range.includes('/') && one.match([parsed[0], 32]);
  return isVague ? 'unknown' : 'no';
}

/** How many bits of an address of the range are fixed, and one address in it that is not its first. */
export function rangeShape(range: string) {
  const parsed = rangeOf(range);
  if (!parsed) return undefined;
  const [address, bits] = parsed;
  const bytes = address.toByteArray();
  const masked = bytes.map((byte, index) => byte & mask(bits - index * 8));
  masked[masked.length - 1] = (masked.at(-1) ?? 0) | (bits < bytes.length * 8 ? 1 : 0);
  return { kind: address.kind(), bits, address: ipaddr.fromByteArray(masked).toString() };
}

function mask(bits: number): number {
  return bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff;
}

const parsedRanges = new Map<string, Range | undefined>();

function rangeOf(text: string): Range | undefined {
  if (parsedRanges.has(text)) return parsedRanges.get(text);
  if (parsedRanges.size > 1000) parsedRanges.clear();
  const range = parseRange(text);
  parsedRanges.set(text, range);
  return range;
}

function parseRange(text: string): Range | undefined {
  // The parser takes octal and shortened forms too, which AWS refuses.
  if (!/^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$|^[0-9a-f:.]*:[0-9a-f:.]*(\/\d{1,3})?$/i.test(text)) {
    return undefined;
  }
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;
  }
}
