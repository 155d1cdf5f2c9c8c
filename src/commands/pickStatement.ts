import * as vscode from 'vscode';
import { sceneOf } from '../connections/connectionWords';
import { policyOf } from '../connections/policyReadings';
import type { StatementTarget } from '../connections/targets';
import { statementsOf } from '../core/policy';
import { shortText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { problemWords, resourceWords } from '../words/resourceWords';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/** Asks for a statement: connection, resource, qualifier, statement. Reads the policy afresh. */
export async function pickStatement(
  deps: CommandDeps,
  title: string,
): Promise<StatementTarget | undefined> {
  const target = await pickResource(deps, title);
  const connection = target && deps.connections.byId(target.connectionId);
  if (!connection) return undefined;
  const { resource } = target;
  const reading = await connection.readings.read(resource);
  const name = resourceWords(resource);
  if (reading.state === 'none') {
    deps.reporter.info(vscode.l10n.t('There is no statement to choose: {0} has no policy.', name));
    return undefined;
  }
  if (reading.state === 'unreadable') {
    const what = vscode.l10n.t('Could not read the policy of {0}', name);
    deps.reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
    return undefined;
  }
  const policy = policyOf(reading);
  if (!policy.wellFormed) {
    const what = vscode.l10n.t('The policy of {0} is {1}.', name, problemWords(policy.problem));
    deps.reporter.warn(`${what} ${vscode.l10n.t('Open the policy to see its text.')}`);
    return undefined;
  }
  const statements = statementsOf(policy);
  if (statements.length === 0) {
    deps.reporter.warn(vscode.l10n.t('The policy of {0} has no statements.', name));
    return undefined;
  }
  const items = statements.map((statement) => ({
    label: shortText(statementTitle(statement)),
    description: shortText(statementSummary(statement), 160),
    statement,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: shortText(`${title}: ${name}`, 120),
    placeHolder: vscode.l10n.t('Which statement?'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked && { ...target, reading, statement: picked.statement };
}
