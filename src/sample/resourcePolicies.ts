import type { FunctionRecord, PolicySlot } from './account';
import type { FunctionTarget } from './functionName';
import { findFunction, invalid, notFound, readTarget, requireFunction } from './functionName';
import { refuseLatest, refusePublic } from './functionPolicies';
import type { LambdaCall, LambdaOperation } from './lambdaCall';
import { queryText } from './lambdaCall';
import type { Statement } from './policyText';
import { hasUnresolvedPrincipal, parsePolicy } from './policyText';
import { lambdaAnswer } from './protocol';
import { checkLength, checkRevision, invalidPrincipal } from './slotWrites';
import { bodyFields, textField, validate } from './validation';

// The JSON policy calls of 2026-07-09: whole documents, for functions, versions and aliases only.

const arnRule = {
  field: 'resourceArn',
  min: 1,
  max: 256,
  pattern:
    'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}(-gov)?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+' +
    '(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
} as const;

export const getResourcePolicy: LambdaOperation = (call) => {
  const target = targetOf(call);
  const policy = findFunction(call.account, target)?.policies.get(target.qualifier);
  if (!policy) throw notFound('The resource you requested does not exist.');
  return lambdaAnswer(200, { Policy: policy.text, RevisionId: policy.revisionId });
};

export const putResourcePolicy: LambdaOperation = (call) => {
  const fields = bodyFields(call.request.body);
  const target = targetOf(call);
  validate([[{ field: 'policy', min: 1, required: true }, fields['Policy']]]);
  const text = textField(fields, 'Policy') ?? '';
  refuseLatest(target.qualifier);
  const { record, slot } = slotOf(call, target);
  checkRevision(slot, textField(fields, 'RevisionId') || undefined);
  checkDocument(text, record);
  checkLength(text);
  const revisionId = slot.write(text);
  return lambdaAnswer(200, { Policy: text, RevisionId: revisionId });
};

export const deleteResourcePolicy: LambdaOperation = (call) => {
  const { slot } = slotOf(call, targetOf(call));
  if (!slot.policy) throw notFound('The resource you requested does not exist.');
  checkRevision(slot, queryText(call, 'RevisionId'));
  slot.write(undefined);
  return lambdaAnswer(204);
};

function targetOf(call: LambdaCall): FunctionTarget {
  const [arn = ''] = call.parameters;
  validate([[arnRule, arn]]);
  return readTarget(call.account, arn, null);
}

function slotOf(
  { account }: LambdaCall,
  target: FunctionTarget,
): { readonly record: FunctionRecord; readonly slot: PolicySlot } {
  const record = requireFunction(account, target);
  return { record, slot: account.functionSlot(record, target.qualifier) };
}

function checkDocument(text: string, record: FunctionRecord): void {
  const document = parsePolicy(text);
  if (!document) throw invalid('The policy is not valid JSON of the policy language.');
  if (!document.statements.every(isComplete)) {
    throw invalid('A statement needs Effect, Principal, Action and Resource.');
  }
  if (hasUnresolvedPrincipal(document)) throw invalidPrincipal();
  refusePublic(record)(document);
}

function isComplete(statement: Statement): boolean {
  const { Effect: effect } = statement;
  return (
    (effect === 'Allow' || effect === 'Deny') &&
    ['Principal', 'Action', 'Resource'].every(
      (key) => statement[key] !== undefined || statement[`Not${key}`] !== undefined,
    )
  );
}
