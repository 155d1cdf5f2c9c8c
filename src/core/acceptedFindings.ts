import type { FormattingOptions, ParseError } from 'jsonc-parser';
import { applyEdits, modify, parse, parseTree } from 'jsonc-parser';
import { lastMember } from './jsonNodes';
import { withoutItems } from './policyEdit';
import { isRecord } from './resource';

/** That a finding is known and meant. Times in milliseconds since 1970. */
export interface AcceptedFinding {
  /** The finding's key. */
  readonly finding: string;
  readonly reason: string;
  readonly until: number;
  readonly acceptedAt: number;
}

/** What tells a person who reads the file what the key is about. */
export interface AcceptedSubject {
  readonly rule: string;
  readonly resource: string;
  readonly title: string;
}

/** Why something of a file does not count. `index` of an entry, from 0. */
export type AcceptedProblem =
  | { readonly code: 'notJson' | 'noList' }
  | {
      readonly code: 'lacks';
      readonly index: number;
      readonly what: 'finding' | 'reason' | 'until';
    };

export interface AcceptedFile {
  readonly accepted: readonly AcceptedFinding[];
  readonly problems: readonly AcceptedProblem[];
}

/**
 * Reads the file that a team commits: `{ "accepted": [{ "finding", "reason", "until" … }] }`, with
 * comments if they like. What is wrong is told, and does not count. Never throws.
 */
export function readAccepted(text: string): AcceptedFile {
  const list = listIn(text);
  if (typeof list === 'string') return { accepted: [], problems: [{ code: list }] };
  const accepted: AcceptedFinding[] = [];
  const problems: AcceptedProblem[] = [];
  list.forEach((entry, index) => {
    const found = readEntry(entry);
    if (typeof found === 'string') problems.push({ code: 'lacks', index, what: found });
    else accepted.push(found);
  });
  return { accepted, problems };
}

function listIn(text: string): readonly unknown[] | 'notJson' | 'noList' {
  const errors: ParseError[] = [];
  const root = parse(text, errors, { allowTrailingComma: true }) as unknown;
  if (errors.length > 0) return 'notJson';
  const list: unknown = isRecord(root) ? root.accepted : undefined;
  return Array.isArray(list) ? (list as readonly unknown[]) : 'noList';
}

function readEntry(entry: unknown): AcceptedFinding | 'finding' | 'reason' | 'until' {
  const { finding, reason, until, acceptedAt } = isRecord(entry) ? entry : {};
  if (typeof finding !== 'string' || finding === '') return 'finding';
  if (typeof reason !== 'string' || reason.trim() === '') return 'reason';
  const end = timeOf(until);
  if (end === undefined) return 'until';
  return { finding, reason, until: end, acceptedAt: timeOf(acceptedAt) ?? 0 };
}

/** A day, which counts to its end, or a time, as ISO 8601 has them. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T.*)?$/.test(value)) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return undefined;
  return value.includes('T') ? time : time + 24 * 60 * 60 * 1000 - 1;
}

/**
 * The file with one more, in place of an older one of the same finding; all else stays as it is.
 * `undefined`: it is no such file, and must not be written over.
 */
export function withAccepted(
  text: string | undefined,
  { finding, reason, until, acceptedAt }: AcceptedFinding,
  subject: AcceptedSubject,
): string | undefined {
  const entry = { ...subject, reason, until: iso(until), acceptedAt: iso(acceptedAt), finding };
  if (text === undefined || text.trim() === '') {
    return `${JSON.stringify({ accepted: [entry] }, undefined, 2)}\n`;
  }
  const before = withoutAccepted(text, finding);
  const list = before === undefined ? undefined : listIn(before);
  if (before === undefined || list === undefined || typeof list === 'string') return undefined;
  return edited(before, ['accepted', list.length], entry);
}

/** The file without a finding; `undefined`: it is no such file. */
export function withoutAccepted(text: string, finding: string): string | undefined {
  const list = listIn(text);
  if (typeof list === 'string') return undefined;
  const indexes = list.flatMap((entry, index) =>
    isRecord(entry) && entry.finding === finding ? [index] : [],
  );
  if (indexes.length === 0) return text;
  const node = lastMember(parseTree(text), 'accepted');
  const kept = withoutItems(text, node?.children ?? [], new Set(indexes));
  return kept ?? edited(text, ['accepted'], []);
}

function edited(text: string, path: (string | number)[], value: unknown): string {
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
