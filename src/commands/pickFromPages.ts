import * as vscode from 'vscode';
import { plainText } from '../host/plainText';

interface PickOptions {
  readonly title: string;
  readonly placeholder: string;
}

/**
 * A filterable list that fills page by page. A listing that fails leaves what came so far and says
 * so in a row; leaving the list ends the listing. As all our lists it stays when focus goes
 * elsewhere: a name may have to be looked up in another window, and a page can take focus late.
 */
export function pickFromPages<T>(
  { title, placeholder }: PickOptions,
  pages: (signal: AbortSignal) => AsyncIterable<readonly T[]>,
  itemOf: (value: T) => vscode.QuickPickItem,
  failureOf: (error: unknown) => string,
): Promise<T | undefined> {
  const ending = new AbortController();
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { value?: T }>();
  Object.assign(pick, { title: plainText(title), placeholder, busy: true });
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  const fill = async () => {
    try {
      for await (const page of pages(ending.signal)) {
        if (ending.signal.aborted) return;
        pick.items = [...pick.items, ...page.map((value) => ({ ...itemOf(value), value }))];
      }
    } catch (error) {
      if (ending.signal.aborted) return;
      const label = `$(error) ${plainText(failureOf(error))}`;
      pick.items = [...pick.items, { label, alwaysShow: true }];
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
