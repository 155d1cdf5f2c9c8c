import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import { policyOf } from '../connections/policyReadings';
import { isResourceTarget } from '../connections/targets';
import type { ChangeIntent } from '../core/plan';
import { statementsOf } from '../core/policy';
import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import { shortText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { problemWords, resourceWords } from '../words/resourceWords';
import { askFunctionPermission } from './addPermission/functionForm';
import { askLayerPermission } from './addPermission/layerForm';
import type { PermissionForm } from './addPermission/permissionSteps';
import { askQueuePermission } from './addPermission/queueForm';
import { mayChange } from './change/guardChange';
import type { CommandDeps } from './deps';
import { makeChange } from './makeChange';
import { pickResource } from './pickResource';

/** Asks for a permission step by step, and adds it: from a row, or from the palette. */
export async function addPermission(deps: CommandDeps, arg?: unknown): Promise<void> {
  // Said before all the questions, not after them.
  if (!mayChange(deps)) return;
  const target = isResourceTarget(arg)
    ? arg
    : await pickResource(deps, vscode.l10n.t('Add Permission'));
  const connection = target && deps.connections.byId(target.connectionId);
  if (!connection) return;
  const { connectionId, resource } = target;
  const reading = await readAfresh(connection, resource);
  const taken = takenStatementIds(deps, connection, resource, reading);
  const intent = taken && (await askIntent(resource, taken));
  if (!intent) return;
  await makeChange(deps, { connectionId, resource, reading, what: 'add', intent });
}

async function readAfresh(connection: Connection, resource: Resource): Promise<PolicyReading> {
  const title = vscode.l10n.t('Reading the policy of {0}', resourceWords(resource));
  const options = { location: vscode.ProgressLocation.Window, title: shortText(title, 160) };
  return vscode.window.withProgress(options, () => connection.readings.read(resource));
}

/** What new statements may not be called; `undefined`, and why is said, when nobody can know. */
function takenStatementIds(
  { reporter }: CommandDeps,
  connection: Connection,
  resource: Resource,
  reading: PolicyReading,
): readonly string[] | undefined {
  const name = resourceWords(resource);
  switch (reading.state) {
    case 'none':
      return [];
    case 'unreadable': {
      const what = vscode.l10n.t('Nothing can be added: could not read the policy of {0}', name);
      reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
      return undefined;
    }
    case 'policy': {
      const policy = policyOf(reading);
      if (policy.wellFormed) return statementsOf(policy).flatMap(({ sid }) => sid ?? []);
      const problem = problemWords(policy.problem);
      const what = vscode.l10n.t('Nothing can be added: the policy of {0} is {1}.', name, problem);
      reporter.warn(`${what} ${vscode.l10n.t('Open the policy to see its text.')}`);
      return undefined;
    }
  }
}

async function askIntent(
  resource: Resource,
  taken: readonly string[],
): Promise<ChangeIntent | undefined> {
  const title = vscode.l10n.t('Add Permission to {0}', resourceWords(resource));
  const form: PermissionForm = { title: shortText(title, 120), resource, taken };
  switch (resource.kind) {
    case 'lambdaFunction':
      return askFunctionPermission(form);
    case 'layerVersion':
      return askLayerPermission(form);
    case 'sqsQueue':
      return askQueuePermission(form);
  }
}
