import type { PolicySlot } from './account';
import { invalid, notFound } from './functionName';
import type { PolicyDocument, Statement } from './policyText';
import { byteLength, hasUnresolvedPrincipal, parsePolicy, printPolicy } from './policyText';
import { SampleError } from './protocol';

const lambdaPolicyLimit = 20_480;

/** Appends a statement as AddPermission and AddLayerVersionPermission do; answers the revision ID. */
export function appendStatement(
  slot: PolicySlot,
  statement: Statement,
  revisionId: string | undefined,
  check: (document: PolicyDocument) => void = () => undefined,
): string {
  checkRevision(slot, revisionId);
  const document = readForAppend(slot);
  const sid = String(statement['Sid']);
  if (document.statements.some((other) => other['Sid'] === sid)) {
    throw new SampleError(
      409,
      'ResourceConflictException',
      `The statement id (${sid}) provided already exists. Please provide a new statement id, or ` +
        'remove the existing statement.',
    );
  }
  // AWS checks the whole policy anew: a principal deleted since then blocks every add.
  if (hasUnresolvedPrincipal(document)) throw invalidPrincipal();
  const next = { ...document, statements: [...document.statements, statement] };
  check(next);
  const text = printPolicy(next);
  checkLength(text);
  return slot.write(text);
}

/** Takes one statement away; the policy goes with its last one. */
export function removeStatement(
  slot: PolicySlot,
  sid: string,
  revisionId: string | undefined,
  check: (document: PolicyDocument) => void = () => undefined,
): void {
  if (!slot.policy) throw notFound('No policy is associated with the given resource.');
  checkRevision(slot, revisionId);
  const document = parsePolicy(slot.policy.text);
  const found = document?.statements.filter((statement) => statement['Sid'] === sid) ?? [];
  if (!document || found.length === 0) {
    throw notFound(`Statement ${sid} is not found in resource policy.`);
  }
  if (found.length > 1) throw invalid(`The statement id (${sid}) is not unique in the policy.`);
  const statements = document.statements.filter((statement) => statement['Sid'] !== sid);
  const next = { ...document, statements };
  check(next);
  slot.write(statements.length === 0 ? undefined : printPolicy(next));
}

export function checkRevision(slot: PolicySlot, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === slot.revisionId) return;
  throw new SampleError(
    412,
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to ' +
      'retrieve the latest Revision Id',
  );
}

export function checkLength(text: string): void {
  const size = byteLength(text);
  if (size <= lambdaPolicyLimit) return;
  throw new SampleError(
    400,
    'PolicyLengthExceededException',
    `The final policy size (${size}) is bigger than the limit (${lambdaPolicyLimit}).`,
  );
}

export function invalidPrincipal(): SampleError {
  return invalid('The provided principal was invalid. Please check the principal and try again.');
}

function readForAppend(slot: PolicySlot): PolicyDocument {
  if (!slot.policy) return { fields: { Version: '2012-10-17', Id: 'default' }, statements: [] };
  const document = parsePolicy(slot.policy.text);
  if (document) return document;
  throw invalid('The existing policy of the resource could not be read.');
}
