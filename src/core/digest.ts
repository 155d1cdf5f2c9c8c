/** A short, stable digest of a text (FNV-1a, 32 bit, twice with different starts); not for secrets. */
export function digest(text: string): string {
  const part = (seed: number) => {
    let hash = seed;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return part(0x811c9dc5) + part(0x5bd1e995);
}
