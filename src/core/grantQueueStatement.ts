/** What a statement of a queue says that `sqs:AddPermission` cannot: services, roles, conditions. */
export interface QueueStatement {
  readonly statementId: string;
  readonly principal:
    | { readonly type: 'service'; readonly service: string }
    | { readonly type: 'identity'; readonly arn: string }
    | { readonly type: 'everyone' };
  /** Without the prefix: `SendMessage`, `*`. */
  readonly actions: readonly string[];
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly organizationId?: string;
}

/**
 * Its JSON, to be written with the whole policy.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
 */
export function queueStatementText(statement: QueueStatement, queueArn: string): string {
  const Condition = conditionOf(statement);
  const actions = statement.actions.map((action) => `sqs:${action}`);
  return JSON.stringify({
    Sid: statement.statementId,
    Effect: 'Allow',
    Principal: principalOf(statement),
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: queueArn,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  });
}

function principalOf({ principal }: QueueStatement): unknown {
  switch (principal.type) {
    case 'service':
      return { Service: principal.service };
    case 'identity':
      return { AWS: principal.arn };
    case 'everyone':
      return '*';
  }
}

function conditionOf(statement: QueueStatement): Readonly<Record<string, object>> {
  const { sourceArn, sourceAccount, organizationId } = statement;
  const equals = {
    ...(sourceAccount === undefined ? {} : { 'aws:SourceAccount': sourceAccount }),
    ...(organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId }),
  };
  const operator = sourceArn !== undefined && /[*?]/.test(sourceArn) ? 'ArnLike' : 'ArnEquals';
  return {
    ...(sourceArn === undefined ? {} : { [operator]: { 'aws:SourceArn': sourceArn } }),
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
  };
}
