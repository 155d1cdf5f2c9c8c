import { isWhole } from '../calls';
import type { Grant } from '../grants';
import { grantOf, grantStatementText } from '../grantStatement';
import { parsePolicy, statementsOf } from '../policy';
import type { PolicyCall } from '../policyStore';
import type { Resource } from '../resource';
import { nameOf } from '../resource';
import type { Statement } from '../statement';

/** What is copied. Policies are texts as AWS gave them. */
export type CopySubject =
  | {
      readonly type: 'statement';
      readonly resource: Resource;
      readonly statement: Statement;
      readonly policy: string;
    }
  | { readonly type: 'policy'; readonly resource: Resource; readonly policy: string }
  /** The calls of a change; `after`: the policy that they lead to, where it is known. */
  | {
      readonly type: 'calls';
      readonly resource: Resource;
      readonly calls: readonly PolicyCall[];
      readonly after?: string;
    };

export interface Copied {
  readonly text: string;
  readonly notes: readonly CopyNote[];
}

/** What a person should know of what was copied. */
export type CopyNote =
  /** It takes the place of every statement that the policy has. */
  | { readonly code: 'replacesPolicy' }
  /** Beside a resource that holds the whole policy there may be none for single permissions. */
  | { readonly code: 'notBesidePermissions' }
  /** The format says what is to be there, so a removal is what is not written. */
  | { readonly code: 'removal'; readonly statementId?: string }
  | { readonly code: 'statementIdNotKept' }
  | { readonly code: 'notExpressible'; readonly statement: Statement }
  | { readonly code: 'notWellFormed' };

/** What subjects come to, for a format to write. */
export type Part = { readonly resource: Resource } & (
  | { readonly type: 'grant'; readonly grant: Grant }
  | { readonly type: 'document'; readonly text: string }
  | { readonly type: 'removal'; readonly statementId?: string }
  | { readonly type: 'inexpressible'; readonly statement: Statement }
);

/**
 * Parts of formats that say what is to be there. A policy that is written whole is there once, and
 * nothing that adds to it.
 */
function declaredParts(subjects: readonly CopySubject[]): readonly Part[] {
  const parts = subjects.flatMap(partsOf);
  const documents = new Map(
    parts.filter(({ type }) => type === 'document').map((part) => [part.resource.arn, part]),
  );
  return parts.filter((part) => {
    const document = documents.get(part.resource.arn);
    return document === undefined || document === part || part.type === 'removal';
  });
}

function partsOf(subject: CopySubject): readonly Part[] {
  const { resource } = subject;
  switch (subject.type) {
    case 'statement':
      return [statementPart(subject.statement, resource, subject.policy)];
    case 'policy':
      return policyParts(resource, subject.policy);
    case 'calls': {
      const { calls, after } = subject;
      const parts = calls.map((call) => callPart(call, resource));
      // A call that adds one statement to a queue: these formats know only the whole policy.
      const isAddition = parts.some(({ type }) => type === 'document') && !calls.some(isWhole);
      return isAddition && after !== undefined
        ? [{ type: 'document', resource, text: after }]
        : parts;
    }
  }
}

/** Queues have one document and no single permissions in these formats. */
function statementPart(statement: Statement, resource: Resource, policy: string): Part {
  const grant = resource.kind === 'sqsQueue' ? undefined : grantOf(statement, resource);
  if (grant) return { type: 'grant', resource, grant };
  return resource.kind === 'layerVersion'
    ? { type: 'inexpressible', resource, statement }
    : { type: 'document', resource, text: policy };
}

function policyParts(resource: Resource, policy: string): readonly Part[] {
  const parts = statementsOf(parsePolicy(policy)).map((statement) =>
    statementPart(statement, resource, policy),
  );
  return parts.length === 0 ? [{ type: 'document', resource, text: policy }] : parts;
}

function callPart(call: PolicyCall, resource: Resource): Part {
  switch (call.type) {
    case 'addStatement':
      return resource.kind === 'sqsQueue'
        ? { type: 'document', resource, text: documentOf(call.grant, resource) }
        : { type: 'grant', resource, grant: call.grant };
    case 'putPolicy':
      return { type: 'document', resource, text: call.text };
    case 'removeStatement':
      return { type: 'removal', resource, statementId: call.statementId };
    case 'deletePolicy':
      return { type: 'removal', resource };
  }
}

function documentOf(grant: Grant, resource: Resource): string {
  return `{"Version":"2012-10-17","Statement":[${grantStatementText(grant, resource.arn)}]}`;
}

/** How a format writes the parts that it can; a part may come to remarks alone. */
export interface Blocks {
  grant(grant: Grant, resource: Resource, name: string): Written;
  document(text: string, resource: Resource, name: string): Written;
}

export interface Written {
  readonly block?: string;
  readonly notes: readonly CopyNote[];
}

/** The blocks of a format for subjects, each under a name of its own. */
export function writeParts(
  subjects: readonly CopySubject[],
  naming: { readonly nameOf: (label: string) => string; readonly separator: string },
  blocks: Blocks,
): { readonly blocks: readonly string[]; readonly notes: readonly CopyNote[] } {
  const parts = declaredParts(subjects);
  const names = uniqueNames(parts.map(labelOf), naming.nameOf, naming.separator);
  const written = parts.map((part, i) => writePart(part, names[i] ?? '', blocks));
  return {
    blocks: written.flatMap(({ block }) => (block === undefined ? [] : [block])),
    notes: distinctNotes(written.flatMap(({ notes }) => notes)),
  };
}

function writePart(part: Part, name: string, blocks: Blocks): Written {
  switch (part.type) {
    case 'grant':
      return blocks.grant(part.grant, part.resource, name);
    case 'document':
      return blocks.document(part.text, part.resource, name);
    case 'removal':
      return { notes: [{ code: 'removal', statementId: part.statementId }] };
    case 'inexpressible':
      return { notes: [{ code: 'notExpressible', statement: part.statement }] };
  }
}

/** A name for each label, none twice: a number makes the difference. */
function uniqueNames(
  labels: readonly string[],
  nameOf: (label: string) => string,
  separator: string,
): readonly string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const name = nameOf(label);
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}${separator}${count}`;
    taken.add(free);
    return free;
  });
}

/** What the resource of a part is named after. */
function labelOf(part: Part): string {
  return part.type === 'grant' ? part.grant.statementId : nameOf(part.resource);
}

/** The same remark for several resources is made once. */
export function distinctNotes(notes: readonly CopyNote[]): readonly CopyNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
