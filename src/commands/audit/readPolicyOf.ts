import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { sceneOf } from '../../connections/connectionWords';
import type { ResourceTarget } from '../../connections/targets';
import type { PolicyReading } from '../../core/policyStore';
import { shortText } from '../../host/plainText';
import { failureSentence } from '../../words/failureWords';
import { resourceWords } from '../../words/resourceWords';
import type { CommandDeps } from '../deps';

/** The policy of a resource, read if it was not; why it cannot be read is said. */
export async function readPolicyOf(
  { reporter }: CommandDeps,
  connection: Connection,
  { resource }: ResourceTarget,
): Promise<Exclude<PolicyReading, { state: 'unreadable' }> | undefined> {
  const { t } = vscode.l10n;
  const location = vscode.ProgressLocation.Window;
  const title = shortText(t('Reading the policy of {0}', resourceWords(resource)), 160);
  const reading = await vscode.window.withProgress({ location, title }, () =>
    connection.readings.load(resource),
  );
  if (reading.state !== 'unreadable') return reading;
  const what = t('Could not read the policy of {0}', resourceWords(resource));
  reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
  return undefined;
}
