import * as vscode from 'vscode';
import { plainText } from '../host/plainText';

interface PickOptions {
  readonly title: string;
  readonly placeholder: string;
}

/** The pages of one list; the signal ends them. */
export type Listing<T> = (signal: AbortSignal) => AsyncIterable<readonly T[]>;

/**
 * A filterable list that fills page by page, from one listing after the other. A listing that fails
 * leaves what came so far, says so in a row, and the next goes on; leaving the list ends them all. As
 * all our lists it stays when focus goes elsewhere: a name may have to be looked up in another window,
 * and a page can take focus late.
 */
export function pickFromPages<T>(
  { title, placeholder }: PickOptions,
  listings: readonly Listing<T>[],
  itemOf: (value: T) => vscode.QuickPickItem,
  failureOf: (error: unknown) => string,
): Promise<T | undefined> {
  const ending = new AbortController();
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { value?: T }>();
  Object.assign(pick, { title: plainText(title), placeholder, busy: true });
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  const add = (items: readonly (vscode.QuickPickItem & { value?: T })[]) => {
    // New items would move the choice back to the first one, under the hand that presses Enter.
    const active = pick.activeItems;
    pick.items = [...pick.items, ...items];
    if (active.length > 0) pick.activeItems = active;
  };
  const fill = async () => {
    for (const listing of listings) {
      try {
        for await (const page of listing(ending.signal)) {
          if (ending.signal.aborted) return;
          add(page.map((value) => ({ ...itemOf(value), value })));
        }
      } catch (error) {
        if (ending.signal.aborted) return;
        const label = `$(error) ${plainText(failureOf(error))}`;
        const isSaid = pick.items.some((item) => item.label === label);
        if (!isSaid) add([{ label, alwaysShow: true }]);
      }
    }
    pick.busy = false;
  };
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item || item.value === undefined) return;
      resolve(item.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      ending.abort();
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void fill();
  });
}
