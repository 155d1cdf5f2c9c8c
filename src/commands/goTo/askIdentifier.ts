import * as vscode from 'vscode';
import { accountWords, connectionTitle } from '../../connections/connectionWords';
import type { IdentifiedTarget } from '../../core/identify/identification';
import type { Listed } from '../../core/resource';
import { kindOf, qualifiedNameOf } from '../../core/resource';
import { identifyResource } from '../../core/resourceIdentifier';
import { plainText } from '../../host/plainText';
import { identifierWords, targetWords } from '../../words/identifierWords';
import { kindTitle } from '../../words/resourceWords';
import type { CommandDeps } from '../deps';
import type { Destination } from './destinations';
import { destinations, missingRegions } from './destinations';

/** What a person chose: something to look up, a resource that was pinned, or a connection to add. */
export type Wish =
  | { readonly type: 'lookUp'; readonly destination: Destination; readonly text: string }
  | { readonly type: 'open'; readonly connectionId: string; readonly listed: Listed }
  /** Without a region: to any. */
  | { readonly type: 'connect'; readonly region: string | undefined; readonly text: string };

interface WishItem extends vscode.QuickPickItem {
  readonly wish?: Wish;
}

/** Asks for any identifier of a resource, and says as it is typed what it is taken for, or why not. */
export function askIdentifier(deps: CommandDeps, text: string): Promise<Wish | undefined> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<WishItem>();
  pick.title = t('Go to Resource');
  pick.placeholder = t('Name, ARN, queue URL, or address in the AWS console');
  pick.ignoreFocusOut = true;
  // Likeliest first: VS Code would order by the label. Its types do not have this yet
  // (quickPickSortByLabel); where it is not known it does nothing.
  Object.assign(pick, { sortByLabel: false });
  const show = (typed: string) => {
    pick.items = itemsFor(deps, typed);
  };
  pick.onDidChangeValue(show);
  pick.value = text;
  show(text);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const wish = pick.selectedItems[0]?.wish ?? pick.activeItems[0]?.wish;
      if (!wish) return;
      resolve(wish);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** The items for what was typed. Shown always: VS Code would narrow them by the same text. */
export function itemsFor(deps: CommandDeps, text: string): readonly WishItem[] {
  const identified = identifyResource(text);
  switch (identified.state) {
    case 'empty':
      return pinnedItems(deps);
    case 'incomplete':
      return [note('edit', identifierWords(identified.problem))];
    case 'wrong':
      return [note('error', identifierWords(identified.problem))];
    case 'found': {
      const { candidates } = identified;
      const all = knownFirst(deps, destinations(candidates, deps.connections.all));
      const regions = missingRegions(candidates, all);
      return [
        ...all.map((one) => destinationItem(one, text)),
        ...regions.map((region) => connectItem(region, text)),
      ];
    }
  }
}

/** A bare name can be of any kind, anywhere: what was listed already is the likeliest. */
function knownFirst({ tree }: CommandDeps, all: readonly Destination[]): readonly Destination[] {
  const isListed = ({ named: { target }, connection }: Destination) => {
    const kind = target.kind === 'layer' ? 'layerVersion' : target.kind;
    return tree.hasListed(connection.id, kind, targetName(target));
  };
  const known = new Set(all.filter(isListed));
  return [...known, ...all.filter((one) => !known.has(one))];
}

function destinationItem(destination: Destination, text: string): WishItem {
  const { t } = vscode.l10n;
  const { named, connection, askedFrom } = destination;
  const parts = [connectionTitle(connection), accountWords(connection)];
  if (askedFrom !== undefined) {
    parts.push(t('of account {0}, if it lets yours look', named.accountId ?? ''));
  }
  return {
    label: plainText(targetWords(named.target)),
    description: plainText(parts.join(' · ')),
    alwaysShow: true,
    wish: { type: 'lookUp', destination, text },
  };
}

function connectItem(region: string | undefined, text: string): WishItem {
  const { t } = vscode.l10n;
  return {
    label: `$(plug) ${plainText(t('Connect to {0}…', region ?? 'AWS'))}`,
    description: t('with a profile of the account'),
    alwaysShow: true,
    wish: { type: 'connect', region, text },
  };
}

function pinnedItems({ connections, pins }: CommandDeps): readonly WishItem[] {
  return connections.all.flatMap((connection) =>
    pins.of(connection.id).map((listed) => ({
      label: `$(pinned) ${plainText(qualifiedNameOf(listed))}`,
      description: plainText(`${kindTitle(kindOf(listed))} · ${connectionTitle(connection)}`),
      alwaysShow: true,
      wish: { type: 'open', connectionId: connection.id, listed },
    })),
  );
}

function note(icon: string, words: string): WishItem {
  return { label: `$(${icon}) ${plainText(words)}`, alwaysShow: true };
}

function targetName(target: IdentifiedTarget): string {
  switch (target.kind) {
    case 'lambdaFunction':
      return target.functionName;
    case 'layer':
      return target.layerName;
    case 'sqsQueue':
      return target.queueName;
  }
}
