import type { Node } from 'jsonc-parser';
import type { ResourceKind } from './resource';

/** What AWS would refuse or a person may not want in an edited policy. */
export type PolicyIssueDetail =
  /** `detail`: the parser's own name of the error. */
  | { readonly code: 'syntax'; readonly detail: string }
  | { readonly code: 'tooDeep' | 'notAnObject' }
  | { readonly code: 'duplicateName'; readonly name: string }
  | { readonly code: 'unknownElement'; readonly name: string; readonly known?: string }
  | { readonly code: 'missingElement'; readonly name: string }
  | { readonly code: 'emptyElement'; readonly name: string }
  | { readonly code: 'wrongType'; readonly name: string; readonly expected: ExpectedType }
  /** `Action` and `NotAction`, and their like. */
  | { readonly code: 'bothForms'; readonly name: string }
  | { readonly code: 'wrongVersion' | 'wrongEffect'; readonly value: string }
  /** For some kinds an empty list stands for "no policy". */
  | { readonly code: 'emptyStatements'; readonly deletes: boolean }
  | { readonly code: 'otherResource'; readonly value: string; readonly arn: string }
  | { readonly code: 'sidNotRemovable'; readonly sid: string; readonly kind: ResourceKind }
  | { readonly code: 'sharedSid'; readonly sid: string; readonly count: number }
  | { readonly code: PrincipalIssueCode; readonly value: string }
  /** `Allow` with `NotPrincipal`. */
  | { readonly code: 'allowsAllBut' }
  | { readonly code: 'unknownAction' | 'bareAction'; readonly action: string; known?: string }
  | { readonly code: 'foreignAction'; readonly action: string; readonly service: string }
  | { readonly code: 'unknownOperator'; readonly operator: string; readonly known?: string }
  /** `may`: where its conditions spare only some callers. */
  | { readonly code: 'locksOwnerOut' | 'mayLockOwnerOut' }
  | {
      readonly code: 'overLimit';
      readonly what: 'bytes' | 'statements' | 'principals' | 'actions' | 'conditions';
      readonly count: number;
      readonly limit: number;
    };

export type ExpectedType = 'text' | 'texts' | 'object' | 'statements';

export type PrincipalIssueCode =
  | 'numericAccount'
  | 'invalidAccount'
  | 'invalidPrincipalArn'
  | 'principalWildcard'
  /** A text where only `*` may stand alone. */
  | 'barePrincipal'
  | 'notAService'
  | 'unresolvedPrincipal';

/** A problem of a policy that is being edited. Offsets count UTF-16 units. */
export type PolicyIssue = PolicyIssueDetail & {
  /** An error is refused before anything is sent. */
  readonly severity: 'error' | 'warning';
  readonly offset: number;
  readonly length: number;
  readonly fix?: PolicyFix;
};

/** What would mend it. `put` is what it puts into the text, without blanks. */
export interface PolicyFix {
  readonly type: 'replace' | 'insert';
  readonly put: string;
  readonly edit: { readonly offset: number; readonly length: number; readonly text: string };
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

export function errorAt(place: Place, detail: PolicyIssueDetail, fix?: PolicyFix): PolicyIssue {
  return { ...detail, severity: 'error', offset: place.offset, length: place.length, fix };
}

export function warningAt(place: Place, detail: PolicyIssueDetail, fix?: PolicyFix): PolicyIssue {
  return { ...detail, severity: 'warning', offset: place.offset, length: place.length, fix };
}

export function replaceBy({ offset, length }: Place, value: string): PolicyFix {
  const text = JSON.stringify(value);
  return { type: 'replace', put: text, edit: { offset, length, text } };
}

/** Puts a member into an object, in the layout of the others: `first`, or behind the last. */
export function insertMember(
  text: string,
  object: Node,
  { name, value, first = false }: { name: string; value: string; first?: boolean },
): PolicyFix {
  const put = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const neighbour = first ? object.children?.[0] : object.children?.at(-1);
  if (!neighbour) {
    return { type: 'insert', put, edit: { offset: object.offset + 1, length: 0, text: put } };
  }
  const { offset, length } = neighbour;
  const blank = /[\r\n]([ \t]*)$/.exec(text.slice(0, offset));
  const between = blank ? `\n${blank[1] ?? ''}` : ' ';
  const edit = first
    ? { offset, length: 0, text: `${put},${between}` }
    : { offset: offset + length, length: 0, text: `,${between}${put}` };
  return { type: 'insert', put, edit };
}
