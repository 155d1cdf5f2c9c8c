import type { Node } from 'jsonc-parser';
import { parseArn } from './arn';
import { serviceProblem } from './grantRules';
import { members } from './jsonNodes';
import { nearestName } from './nearestName';
import type { PolicyIssue } from './policyIssue';
import { errorAt, replaceBy, warningAt } from './policyIssue';

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/**
 * What is wrong with the value of `Principal` or `NotPrincipal`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalProblems(node: Node, name: string): readonly PolicyIssue[] {
  if (node.type === 'string') {
    const value = String(node.value);
    if (value === '*') return [];
    return [errorAt(node, { code: 'barePrincipal', value })];
  }
  if (node.type !== 'object')
    return [errorAt(node, { code: 'wrongType', name, expected: 'object' })];
  if ((node.children ?? []).length === 0) return [errorAt(node, { code: 'emptyElement', name })];
  return [...unknownTypes(node), ...members(node).flatMap(([type, value]) => ofType(type, value))];
}

function unknownTypes(node: Node): readonly PolicyIssue[] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [key] = children ?? [];
    const name = String(key?.value);
    if (!key || principalTypes.includes(name)) return [];
    const known = nearestName(name, principalTypes);
    const fix = known === undefined ? undefined : replaceBy(key, known);
    return [errorAt(key, { code: 'unknownElement', name, known }, fix)];
  });
}

function ofType(type: string, node: Node): readonly PolicyIssue[] {
  const values = node.type === 'array' ? (node.children ?? []) : [node];
  if (values.length === 0) return [errorAt(node, { code: 'emptyElement', name: type })];
  return values.flatMap((value) => {
    if (value.type === 'string') {
      if (type === 'AWS') return awsPrincipal(value);
      return type === 'Service' ? servicePrincipal(value) : [];
    }
    if (type === 'AWS' && value.type === 'number') return [numericAccount(value)];
    return [errorAt(value, { code: 'wrongType', name: type, expected: 'texts' })];
  });
}

function numericAccount(node: Node): PolicyIssue {
  const value = String(node.value);
  // JSON has no numbers that begin with a zero: what is too short has lost it.
  const fix = /^\d{1,12}$/.test(value) ? replaceBy(node, value.padStart(12, '0')) : undefined;
  return errorAt(node, { code: 'numericAccount', value }, fix);
}

const unresolvedId = /^A[A-Z]{2}A[A-Z0-9]{12,}$/;

function awsPrincipal(node: Node): readonly PolicyIssue[] {
  const value = String(node.value);
  if (value === '*' || /^\d{12}$/.test(value)) return [];
  if (unresolvedId.test(value)) return [warningAt(node, { code: 'unresolvedPrincipal', value })];
  const arn = parseArn(value);
  if (!arn) {
    const code = /^[\d\s-]+$/.test(value) ? 'invalidAccount' : 'invalidPrincipalArn';
    const digits = value.replace(/\D/g, '');
    const fix =
      code === 'invalidAccount' && digits.length === 12 ? replaceBy(node, digits) : undefined;
    return [errorAt(node, { code, value }, fix)];
  }
  if (/[*?]/.test(arn.accountId + arn.resource)) {
    return [errorAt(node, { code: 'principalWildcard', value })];
  }
  if (arn.service === 'iam' && !/^(\d{12}|cloudfront)$/.test(arn.accountId)) {
    return [errorAt(node, { code: 'invalidAccount', value })];
  }
  return isIdentity(arn.service, arn.resource)
    ? []
    : [errorAt(node, { code: 'invalidPrincipalArn', value })];
}

function isIdentity(service: string, resource: string): boolean {
  if (service === 'iam') return resource === 'root' || /^(user|role)\/./.test(resource);
  return service === 'sts' && /^(assumed-role|federated-user)\/./.test(resource);
}

function servicePrincipal(node: Node): readonly PolicyIssue[] {
  const value = String(node.value);
  if (!serviceProblem(value)) return [];
  const fix = /^[a-z0-9-]+$/.test(value) ? replaceBy(node, `${value}.amazonaws.com`) : undefined;
  return [warningAt(node, { code: 'notAService', value }, fix)];
}
