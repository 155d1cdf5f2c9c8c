/** A policy taken apart; `fields` keeps everything else that stood in the document. */
export interface PolicyDocument {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly statements: readonly Statement[];
}

export type Statement = Readonly<Record<string, unknown>>;

/** `undefined` when the text is not a policy: the account may hold any text. */
export function parsePolicy(text: string): PolicyDocument | undefined {
  const fields = parseObject(text);
  if (!fields) return undefined;
  const { Statement: statement } = fields;
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  return list.every(isObject) ? { fields, statements: list } : undefined;
}

/** Compact, as AWS writes a policy that it has changed. */
export function printPolicy({ fields, statements }: PolicyDocument): string {
  return JSON.stringify({ ...fields, Statement: statements });
}

export function parseObject(text: string): Statement | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** The principals of a statement as texts, whatever their type (`AWS`, `Service`, …). */
export function principalsOf(statement: Statement): readonly unknown[] {
  const { Principal: principal } = statement;
  return isObject(principal) ? Object.values(principal).flatMap(listed) : listed(principal);
}

/** IDs of users and roles that no longer resolve to a name: AWS refuses to store them. */
export function hasUnresolvedPrincipal({ statements }: PolicyDocument): boolean {
  return statements.some((statement) =>
    principalsOf(statement).some((value) => /^A[IR][DO]A[A-Z0-9]{10,}$/.test(String(value))),
  );
}

/** Whether a statement lets everyone in: conditions other than the kind of function URL narrow it. */
export function isPublic({ statements }: PolicyDocument): boolean {
  return statements.some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      principalsOf(statement).includes('*') &&
      conditionKeys(statement).every((key) => /^lambda:(functionurl|invokedvia)/i.test(key)),
  );
}

export function conditionKeys(statement: Statement): readonly string[] {
  const { Condition: condition } = statement;
  return isObject(condition)
    ? Object.values(condition).flatMap((operator) =>
        isObject(operator) ? Object.keys(operator) : [],
      )
    : [];
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
