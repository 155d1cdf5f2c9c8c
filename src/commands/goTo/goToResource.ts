import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { connectionTitle, sceneOf } from '../../connections/connectionWords';
import type { IdentifiedResource } from '../../core/identify/identification';
import type { Listed } from '../../core/resource';
import { toResource } from '../../core/resourceIdentifier';
import { within } from '../../host/atOnce';
import { shortText } from '../../host/plainText';
import { failureSentence } from '../../words/failureWords';
import { targetWords } from '../../words/identifierWords';
import { resourceWords } from '../../words/resourceWords';
import { addConnection, addConnectionFor } from '../addConnection';
import type { CommandDeps } from '../deps';
import { pickUnder } from '../pickResource';
import type { Wish } from './askIdentifier';
import { askIdentifier } from './askIdentifier';
import { revealResource } from './revealResource';

/**
 * Opens what a person names, whatever they call it by: by name, ARN, URL or address in the console.
 * `arg`: the text that is asked about first, e.g. of a link.
 */
export async function goToResource(deps: CommandDeps, arg?: unknown): Promise<void> {
  let text = typeof arg === 'string' ? arg : '';
  for (;;) {
    await askAccounts(deps);
    const wish = await askIdentifier(deps, text);
    if (!wish) return;
    if (wish.type === 'open') return openPinned(deps, wish);
    text = wish.text;
    if (wish.type === 'lookUp') {
      // A slip in what was typed is mended sooner than it is typed again.
      if (await lookUpAndOpen(deps, wish)) return;
      continue;
    }
    const isAdded =
      wish.region === undefined
        ? await addConnection(deps)
        : await addConnectionFor(deps, wish.region);
    if (!isAdded) return;
  }
}

/** Whose the connections are decides which of them lead there. */
async function askAccounts({ connections }: CommandDeps): Promise<void> {
  const options = { location: vscode.ProgressLocation.Window };
  const title = vscode.l10n.t('Looking at the connections');
  await vscode.window.withProgress({ ...options, title }, () =>
    within(longestMs, connections.identify()),
  );
}

/** A connection that does not answer must not keep the others. */
const longestMs = 3_000;

async function openPinned(
  deps: CommandDeps,
  { connectionId, listed }: Extract<Wish, { type: 'open' }>,
): Promise<void> {
  const connection = currentConnection(deps, connectionId);
  if (connection) await open(deps, connection, listed);
}

/** Says whether there was something to open. */
async function lookUpAndOpen(
  deps: CommandDeps,
  { destination: { connection: meant, named } }: Extract<Wish, { type: 'lookUp' }>,
): Promise<boolean> {
  const connection = currentConnection(deps, meant.id);
  if (!connection) return false;
  const words = vscode.l10n.t('Looking for {0}', targetWords(named.target));
  const options = { location: vscode.ProgressLocation.Window, title: shortText(words, 160) };
  const look = () => lookUp(deps, connection, named);
  const listed = await vscode.window.withProgress(options, look);
  if (listed) await open(deps, connection, listed);
  return listed !== undefined;
}

/** It may have been opened anew while the list was shown, or be gone, which is said. */
function currentConnection({ connections, reporter }: CommandDeps, id: string) {
  const connection = connections.byId(id);
  if (!connection) {
    reporter.warn(vscode.l10n.t('The connection is gone. Add it again, then go on.'));
  }
  return connection;
}

/** What was named, if it is there, or may be; what keeps it from being found is said. */
async function lookUp(
  deps: CommandDeps,
  connection: Connection,
  named: IdentifiedResource,
): Promise<Listed | undefined> {
  const { t } = vscode.l10n;
  const identity = connection.currentIdentity ?? (await connection.identity());
  const accountId =
    named.accountId ?? (identity.state === 'known' ? identity.accountId : undefined);
  if (accountId === undefined) {
    const words = t('The account of {0} is not known. Use the ARN.', connectionTitle(connection));
    deps.reporter.warn(words);
    return undefined;
  }
  const found = toResource(named, { region: await connection.region(), accountId });
  if (!found) {
    deps.reporter.warn(
      t('{0} does not lead to {1}.', connectionTitle(connection), named.region ?? ''),
    );
    return undefined;
  }
  if (found.kind === 'layer') return found;
  const reading = await connection.readings.read(found);
  if (reading.state !== 'unreadable') return found;
  if (reading.failure.code === 'resourceNotFound') {
    const where = `${accountId} · ${connectionTitle(connection)}`;
    deps.reporter.warn(t('{0} is not there ({1}).', targetWords(named.target), where));
    return undefined;
  }
  const what = t('Could not read the policy of {0}', resourceWords(found));
  deps.reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
  return found;
}

async function open(deps: CommandDeps, connection: Connection, listed: Listed): Promise<void> {
  // A layer has no policy itself.
  const resource =
    listed.kind === 'layer'
      ? await pickUnder(connection, listed, vscode.l10n.t('Go to Resource'))
      : listed;
  if (!resource) return;
  // A row that is not drawn yet, or folded away, is not waited for; nor does it take the focus then.
  let isOpen = false;
  const revealed = revealResource(deps, connection.id, resource, () => !isOpen);
  await within(patienceMs, revealed);
  isOpen = true;
  deps.pages.open(connection.id, resource);
  await revealed;
}

const patienceMs = 700;
