import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.join(__dirname, '../..');

export interface SourceText {
  /** From the root of the project, with slashes. */
  readonly name: string;
  readonly text: string;
}

export function sources(): readonly SourceText[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.split(path.sep).join('/')}`)
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));
}

/**
 * A call of `l10n.t`, or of the `t` taken out of it, as it is written; `problem` says what a
 * translator or person would stumble on.
 */
export interface L10nCall {
  readonly place: string;
  readonly problem?: string;
}

export function l10nCalls({ name, text }: SourceText): readonly L10nCall[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const calls: L10nCall[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /^((vscode\.)?l10n\.)?t$/.test(node.expression.getText(file))
    ) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      calls.push({ place: `${name}:${line}`, problem: problemOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

function problemOf({ arguments: [first, ...rest] }: ts.CallExpression): string | undefined {
  if (!first) return 'no text';
  const message = messageOf(first);
  if (!message) return 'its text is no literal';
  if (message.inObject) return undefined;
  if (rest.some(ts.isSpreadElement)) return 'spread arguments cannot be counted';
  const used = new Set(
    [...message.text.matchAll(/\{(\d+)\}/g)].map(([, digits]) => Number(digits)),
  );
  const expected = rest.map((_, index) => index);
  const same = used.size === expected.length && expected.every((index) => used.has(index));
  return same ? undefined : `${used.size} placeholders for ${expected.length} arguments`;
}

function messageOf(first: ts.Expression): { text: string; inObject: boolean } | undefined {
  if (ts.isStringLiteral(first) || ts.isNoSubstitutionTemplateLiteral(first)) {
    return { text: first.text, inObject: false };
  }
  // The form with a comment for translators: { message, args, comment }.
  if (!ts.isObjectLiteralExpression(first)) return undefined;
  const message = first.properties.find((each) => each.name?.getText() === 'message');
  if (!message || !ts.isPropertyAssignment(message)) return undefined;
  const value = message.initializer;
  return ts.isStringLiteral(value) ? { text: value.text, inObject: true } : undefined;
}
