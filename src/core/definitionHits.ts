/**
 * The ways of looking for names in files that anyone may have written. Each takes time in proportion
 * to the text and gives back a bounded number of places. Offsets count UTF-16 units.
 */
const mostHits = 500;

export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Where a name stands by itself, not as a part of a longer one. */
export function exactPlaces(text: string, name: string): readonly Place[] {
  const places: Place[] = [];
  if (name === '') return places;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const isWhole = !isNamePart(text[at - 1]) && !isNamePart(text[at + name.length]);
    if (isWhole) places.push({ offset: at, length: name.length });
    if (places.length === mostHits) break;
  }
  return places;
}

function isNamePart(character: string | undefined): boolean {
  return character !== undefined && /[\w-]/.test(character);
}

/** Where a name stands as code writes it: `night-report` as `night_report` or `NightReportFunction`. */
export function loosePlaces(text: string, name: string): readonly Place[] {
  const words = name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const pattern = new RegExp(words.join('[-_. ]?'), 'gi');
  const places: Place[] = [];
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const startsWord = !/[A-Za-z0-9]/.test(text[index - 1] ?? '') || /^[A-Z]/.test(found);
    const endsWord = !/[a-z0-9]/.test(text[index + found.length] ?? '');
    if (startsWord && endsWord) places.push({ offset: index, length: found.length });
    if (places.length === mostHits) break;
  }
  return places;
}

/** Whether what stands in front of a text on its line says that it is the ID of a statement. */
export function isStatementIdAt(text: string, offset: number): boolean {
  const line =
    text
      .slice(Math.max(0, offset - 60), offset)
      .split('\n')
      .at(-1) ?? '';
  return (
    /(^|[^a-z])(sid|statement[_-]?id)["']?\s*[:=]?\s*["'`]?$/i.test(line) ||
    /add_?permission\(\s*["'`]$/i.test(line)
  );
}

export function isQuotedAt(text: string, { offset, length }: Place): boolean {
  const before = text[offset - 1] ?? '';
  return /["'`]/.test(before) && text[offset + length] === before;
}

export interface NamePart extends Place {
  /** Whether it is the logical ID itself. */
  readonly isWhole: boolean;
}

/**
 * Keys of a template that a logical ID is made from: itself, or what a tool put its own words
 * behind (a function with its event). Long IDs are cut off in a Sid.
 */
export function keyPlaces(text: string, logicalId: string): readonly NamePart[] {
  const places: NamePart[] = [];
  const keys = /(?:^[ \t]*|["'])([A-Za-z][A-Za-z0-9]{3,254})(?=["']?[ \t]*:)/gm;
  for (const { 0: found, 1: key = '', index } of text.matchAll(keys)) {
    const isWhole = key === logicalId;
    const isCutOff = logicalId.length >= 20 && key.startsWith(logicalId);
    // Serverless writes the first letter of a function's name as a capital.
    const isBeginning = logicalId.startsWith(key.charAt(0).toUpperCase() + key.slice(1));
    if (!isWhole && !isCutOff && !isBeginning) continue;
    const offset = index + found.length - key.length;
    places.push({ offset, length: Math.min(key.length, logicalId.length), isWhole });
    if (places.length === mostHits) break;
  }
  return places;
}

/** Names in quotes that a logical ID of CDK is made from: the IDs of the constructs on its path. */
export function constructPlaces(text: string, logicalId: string): readonly NamePart[] {
  const places: NamePart[] = [];
  for (const { 0: found, 1: quoted = '', index } of text.matchAll(/["'`]([A-Za-z][\w-]{4,100})/g)) {
    const ends = /["'`]/.test(text[index + found.length] ?? '');
    const id = quoted.replace(/[^A-Za-z0-9]/g, '');
    if (!ends || id.length < 5 || !logicalId.includes(id)) continue;
    places.push({ offset: index + 1, length: id.length, isWhole: false });
    if (places.length === mostHits) break;
  }
  return places;
}

/**
 * How far the closest of these places is; those in front count thrice, since a block names its type
 * first and then what it is for.
 */
export function distanceTo(offset: number, places: readonly Place[]): number {
  let least = Infinity;
  for (const place of places) {
    const distance = place.offset - offset;
    least = Math.min(least, distance < 0 ? -3 * distance : distance);
  }
  return least;
}
