import type { Account, FunctionRecord } from './account';
import { SampleError } from './protocol';
import { validate } from './validation';

/** The function and qualifier that a request is about; the function need not exist. */
export interface FunctionTarget {
  readonly name: string;
  /** `''` for the unqualified function. */
  readonly qualifier: string;
}

// As in the service model, with `$` made explicit where JavaScript wants it.
const namePattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?' +
  '([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';
const nameParts =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:([a-z]{2}(?:-gov)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

const functionNameRule = { field: 'functionName', min: 1, max: 170, pattern: namePattern } as const;
const qualifierRule = {
  field: 'qualifier',
  min: 1,
  max: 128,
  pattern: '(|[a-zA-Z0-9$_-]+)',
} as const;

/**
 * Reads every form of a function name: `name`, `123456789012:function:name`, ARN, each with an
 * optional `:qualifier`.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
export function readTarget(
  account: Account,
  functionName: string,
  qualifierParameter: string | null,
): FunctionTarget {
  validate([
    [functionNameRule, functionName],
    [qualifierRule, qualifierParameter],
  ]);
  const [, region, accountId, name = '', derived] = nameParts.exec(functionName) ?? [];
  validate([[{ field: 'functionName', max: 64 }, name]]);
  if (derived !== undefined && qualifierParameter !== null && derived !== qualifierParameter) {
    throw invalid(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  refuseOtherPlaces(account, functionName, region, accountId);
  return { name, qualifier: derived ?? qualifierParameter ?? '' };
}

function refuseOtherPlaces(
  account: Account,
  functionName: string,
  region: string | undefined,
  accountId: string | undefined,
): void {
  const own = account.identity;
  if (region !== undefined && region !== own.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${own.region}')`);
  }
  if (accountId !== undefined && accountId !== own.accountId) {
    throw new SampleError(
      403,
      'AccessDeniedException',
      `User: ${own.callerArn} is not authorized to access this resource: ${functionName}`,
    );
  }
}

/** Throws for an alias that is not there; tells whether function and version are. */
export function findFunction(
  account: Account,
  { name, qualifier }: FunctionTarget,
): FunctionRecord | undefined {
  const record = account.functions.get(name);
  if (!record || qualifier === '' || qualifier === '$LATEST') return record;
  if (/^\d+$/.test(qualifier)) return record.versions.includes(qualifier) ? record : undefined;
  if (record.aliases.has(qualifier)) return record;
  throw notFound(`Cannot find alias arn: ${account.functionArn(name, qualifier)}`);
}

/** As `findFunction`, with the error of the calls that are not about a policy's absence. */
export function requireFunction(account: Account, target: FunctionTarget): FunctionRecord {
  const record = findFunction(account, target);
  if (record) return record;
  throw notFound(`Function not found: ${account.functionArn(target.name, target.qualifier)}`);
}

export function notFound(message: string): SampleError {
  return new SampleError(404, 'ResourceNotFoundException', message);
}

export function invalid(message: string): SampleError {
  return new SampleError(400, 'InvalidParameterValueException', message);
}
