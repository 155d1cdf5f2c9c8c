import { isObject } from './policyText';
import { SampleError } from './protocol';

/** What the service model says about one text field of a request. */
export interface FieldRule {
  /** In lower camel case, as the messages name it. */
  readonly field: string;
  readonly min?: number;
  readonly max?: number;
  /** Anchored when it is tested. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  readonly required?: boolean;
}

export type FieldCheck = readonly [rule: FieldRule, value: unknown];

/** Throws one ValidationException that names every field that breaks its rule. */
export function validate(checks: readonly FieldCheck[]): void {
  const faults = checks.flatMap(([rule, value]) => faultsOf(rule, value));
  if (faults.length === 0) return;
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  throw new SampleError(400, 'ValidationException', `${count}: ${faults.join('; ')}`);
}

function faultsOf(rule: FieldRule, value: unknown): readonly string[] {
  if (value === undefined || value === null) {
    if (rule.required !== true) return [];
    return [`Value null at '${rule.field}' failed to satisfy constraint: Member must not be null`];
  }
  if (typeof value !== 'string') {
    return [`Value at '${rule.field}' failed to satisfy constraint: Member must be a string`];
  }
  return constraintsOf(rule, value).map(
    (constraint) =>
      `Value '${value}' at '${rule.field}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

function constraintsOf(rule: FieldRule, value: string): readonly string[] {
  const { min, max, pattern, values } = rule;
  const broken: string[] = [];
  if (min !== undefined && value.length < min) {
    broken.push(`have length greater than or equal to ${min}`);
  }
  if (max !== undefined && value.length > max) {
    broken.push(`have length less than or equal to ${max}`);
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
    broken.push(`satisfy regular expression pattern: ${pattern}`);
  }
  if (values !== undefined && !values.includes(value)) {
    broken.push(`satisfy enum value set: [${values.join(', ')}]`);
  }
  return broken;
}

/** The body of a Lambda request as fields. */
export function bodyFields(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = body === '' ? {} : JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // Answered below, as for a body that is JSON but no object.
  }
  throw new SampleError(
    400,
    'InvalidRequestContentException',
    'Could not parse request body into json.',
  );
}

export function textField(
  fields: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}
