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

/** A statement that is to go, of a resource. */
export interface RemovedStatement {
  readonly resource: Resource;
  readonly statement: Statement;
}

/** How many statements are looked for; in each file for all of them. */
const mostStatements = 50;

/** Templates first: files of code are many, and few of them are about AWS. */
const include = ['**/*.{tf,tf.json,template,yaml,yml}', '**/*.{json,ts,js,py}'];

/**
 * Looks in the files of the workspace for what makes these statements, as a deployment would do
 * again. Ends in time (two seconds unless told), with the best place by then. Never throws.
 */
export async function findDefinition(
  removed: readonly RemovedStatement[],
  withinMs?: number,
): Promise<DefinitionPlace | undefined> {
  const wanted = removed.slice(0, mostStatements).map(({ resource, statement }) => ({
    resource,
    statement,
    managed: managedBy(statement, resource),
  }));
  if (wanted.length === 0) return undefined;
  const found = await findInWorkspace({
    include,
    enough: sureScore,
    withinMs,
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
