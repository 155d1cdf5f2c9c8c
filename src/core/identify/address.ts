/** The parts of an address on the web, as they stand there; the host in small letters. */
export interface Address {
  /** Absent where it was left out, as browsers show addresses. */
  readonly scheme?: 'http' | 'https';
  readonly host: string;
  /** With its colon, or empty. */
  readonly port: string;
  readonly path: string;
  readonly query: string;
  /** Absent without a `#`. */
  readonly fragment?: string;
}

// `URL` is not used: it refuses beginnings, and changes what it takes (it drops the port 443 and
// encodes anew).
const pattern = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
const authority = /^(\[[0-9a-f:]*\]?|[a-z0-9._-]+)(:\d{0,5})?$/;

/** `undefined` for what is none: with a user name, another scheme, or letters that no host has. */
export function parseAddress(text: string): Address | undefined {
  const [, named, place = '', path = '', query = '', fragment] = pattern.exec(text) ?? [];
  const scheme = named?.toLowerCase();
  const [, host, port = ''] = authority.exec(place.toLowerCase()) ?? [];
  if (host === undefined || !isScheme(scheme)) return undefined;
  return { scheme, host, port, path, query, fragment };
}

function isScheme(scheme: string | undefined): scheme is Address['scheme'] {
  return scheme === undefined || scheme === 'http' || scheme === 'https';
}
