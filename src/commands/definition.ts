import * as vscode from 'vscode';
import type { DefinitionHit } from '../core/definitionSearch';
import { searchDefinition, sureScore } from '../core/definitionSearch';
import { managedBy } from '../core/managedBy';
import type { Resource } from '../core/resource';
import type { Statement } from '../core/statement';
import { findInWorkspace } from '../host/findInWorkspace';

/** Where the workspace seems to define a statement. */
export interface DefinitionPlace extends DefinitionHit {
  readonly uri: vscode.Uri;
  readonly statement: Statement;
}

/** How many statements are looked for; in each file for all of them. */
const mostStatements = 20;

/** Templates first: files of code are many, and few of them are about AWS. */
const include = ['**/*.{tf,tf.json,template,yaml,yml}', '**/*.{json,ts,js,py}'];

/**
 * Looks in the files of the workspace for what makes these statements, as a deployment would do
 * again. Ends within about two seconds, with the best place by then. Never throws.
 */
export async function findDefinition(
  resource: Resource,
  statements: readonly Statement[],
  signal?: AbortSignal,
): Promise<DefinitionPlace | undefined> {
  const wanted = statements.slice(0, mostStatements).map((statement) => ({
    resource,
    statement,
    managed: managedBy(statement, resource),
  }));
  const found = await findInWorkspace({
    include,
    enough: sureScore,
    signal,
    look: (path, text) =>
      wanted
        .flatMap((one) => {
          const hit = searchDefinition(path, text, one);
          return hit ? [{ ...hit, statement: one.statement }] : [];
        })
        .reduce<(DefinitionHit & { statement: Statement }) | undefined>(
          (best, hit) => (best && best.score >= hit.score ? best : hit),
          undefined,
        ),
  });
  return found && { uri: found.uri, ...found.hit };
}

/** Opens the file with the cursor at the place. */
export async function showDefinition({ uri, line, column }: DefinitionPlace): Promise<void> {
  // The file may have become shorter since; the editor takes the closest place that there is.
  const place = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(place, place),
    preview: true,
  });
}
