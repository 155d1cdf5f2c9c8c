/** The six parts of an Amazon Resource Name. `resource` keeps its own colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/**
 * Takes an ARN apart; `undefined` when the text is none. Parts may be empty, as in `arn:aws:s3:::bucket`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text);
  if (!match) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

export function formatArn(arn: Arn): string {
  return ['arn', arn.partition, arn.service, arn.region, arn.accountId, arn.resource].join(':');
}
