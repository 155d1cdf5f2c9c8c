import type { FunctionRecord } from './account';
import { findFunction, invalid, notFound, readTarget, requireFunction } from './functionName';
import { functionStatement } from './functionStatement';
import type { LambdaCall, LambdaOperation } from './lambdaCall';
import { queryText } from './lambdaCall';
import type { PolicyDocument } from './policyText';
import { isPublic } from './policyText';
import { lambdaAnswer, SampleError } from './protocol';
import { appendStatement, removeStatement } from './slotWrites';
import { bodyFields, textField, validate } from './validation';

export const getPolicy: LambdaOperation = (call) => {
  const target = targetOf(call);
  const policy = findFunction(call.account, target)?.policies.get(target.qualifier);
  if (!policy) throw notFound('The resource you requested does not exist.');
  return lambdaAnswer(200, { Policy: policy.text, RevisionId: policy.revisionId });
};

export const addPermission: LambdaOperation = (call) => {
  const fields = bodyFields(call.request.body);
  const target = targetOf(call);
  const arn = call.account.functionArn(target.name, target.qualifier);
  const statement = functionStatement(fields, arn);
  refuseLatest(target.qualifier);
  const record = requireFunction(call.account, target);
  const slot = call.account.functionSlot(record, target.qualifier);
  const revisionId = textField(fields, 'RevisionId') || undefined;
  appendStatement(slot, statement, revisionId, refusePublic(record));
  return lambdaAnswer(201, { Statement: JSON.stringify(statement) });
};

export const removePermission: LambdaOperation = (call) => {
  const target = targetOf(call);
  const sid = call.parameters[1] ?? '';
  validate([[{ field: 'statementId', min: 1, max: 100, pattern: '([a-zA-Z0-9-_.]+)' }, sid]]);
  const record = findFunction(call.account, target);
  if (!record) {
    const arn = call.account.functionArn(target.name, target.qualifier);
    throw notFound(`No policy found for: ${arn}`);
  }
  const slot = call.account.functionSlot(record, target.qualifier);
  removeStatement(slot, sid, queryText(call, 'RevisionId'), refusePublic(record));
  return lambdaAnswer(204);
};

export function refuseLatest(qualifier: string): void {
  if (qualifier === '$LATEST') {
    throw invalid('We currently do not support adding policies for $LATEST.');
  }
}

/** A check for a function whose public access is blocked. */
export function refusePublic(record: FunctionRecord): (document: PolicyDocument) => void {
  return (document) => {
    if (record.blockPublicPolicy !== true || !isPublic(document)) return;
    throw new SampleError(
      400,
      'PublicPolicyException',
      'The policy would let everyone in, and public access to this function is blocked.',
    );
  };
}

function targetOf(call: LambdaCall): ReturnType<typeof readTarget> {
  const [name = ''] = call.parameters;
  return readTarget(call.account, name, call.request.query.get('Qualifier'));
}
