import * as vscode from 'vscode';

/** A message, question or list that was shown. */
export interface Shown {
  readonly kind: 'error' | 'information' | 'warning' | 'input' | 'pick';
  readonly message: string;
  readonly detail: string;
  readonly isModal: boolean;
  readonly buttons: readonly string[];
  /** Of a list: its items, with the descriptions. */
  readonly items: readonly string[];
}

export interface WindowStub {
  readonly shown: Shown[];
  /** The buttons that are pressed, in order; none is pressed where the next is not among them. */
  readonly answers: (string | undefined)[];
  /** What is typed, in order. */
  readonly typed: (string | undefined)[];
  /** The labels that are chosen, in order. */
  readonly picks: (string | undefined)[];
}

/**
 * Answers for a person during each test of the suite around it: VS Code refuses modal messages while
 * it is under test, and nobody is there to choose or type.
 */
export function windowStub(): WindowStub {
  const window = vscode.window as unknown as Record<string, unknown>;
  const stub: WindowStub = { shown: [], answers: [], typed: [], picks: [] };
  const originals = new Map<string, unknown>();
  const replace = (name: string, by: unknown) => {
    originals.set(name, window[name]);
    window[name] = by;
  };
  const show = (parts: Partial<Shown> & Pick<Shown, 'kind' | 'message'>) =>
    stub.shown.push({ detail: '', isModal: false, buttons: [], items: [], ...parts });
  setup(() => {
    for (const list of Object.values(stub) as unknown[][]) list.length = 0;
    for (const kind of ['error', 'information', 'warning'] as const) {
      const name = `show${kind.charAt(0).toUpperCase()}${kind.slice(1)}Message`;
      replace(name, (message: string, ...rest: readonly unknown[]) => {
        const [first] = rest;
        const options = typeof first === 'object' ? (first as vscode.MessageOptions) : undefined;
        const buttons = (options ? rest.slice(1) : rest) as readonly string[];
        const { detail = '', modal: isModal = false } = options ?? {};
        show({ kind, message, detail, isModal, buttons });
        if (buttons.length === 0) return Promise.resolve(undefined);
        const [next] = stub.answers;
        const fits = next === undefined || buttons.includes(next);
        return Promise.resolve(fits ? stub.answers.shift() : undefined);
      });
    }
    replace('showInputBox', (options: vscode.InputBoxOptions) => {
      show({ kind: 'input', message: options.title ?? '', detail: options.prompt ?? '' });
      return Promise.resolve(stub.typed.shift());
    });
    replace('showQuickPick', async (given: unknown, options: vscode.QuickPickOptions) => {
      const items = (await given) as readonly vscode.QuickPickItem[];
      const texts = items.map(({ label, description }) =>
        description ? `${label} · ${description}` : label,
      );
      show({ kind: 'pick', message: options.title ?? '', items: texts });
      const label = stub.picks.shift();
      return items.find((item) => item.label === label);
    });
  });
  teardown(() => {
    for (const [name, original] of originals) window[name] = original;
  });
  return stub;
}
