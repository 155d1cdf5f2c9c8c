/** A short, stable digest of a text (FNV-1a, 32 bit, twice with different starts); not for secrets. */
export function digest(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x5bd1e995;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193);
  }
  return hex(one) + hex(other);
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
