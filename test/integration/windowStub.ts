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
  /**
   * What is chosen, in order: labels, or where these are the same `label · description`. `undefined`:
   * the list is left. `*`: all that a list of several has chosen at first.
   */
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
      show({ kind: 'pick', message: options.title ?? '', items: items.map(textOf) });
      const label = stub.picks.shift();
      if (options.canPickMany && label === '*') return items.filter(({ picked }) => picked);
      const found = items.find((item) => isMeant(item, label));
      return options.canPickMany && found ? [found] : found;
    });
  });
  setup(() => replace('createQuickPick', () => new ListStub(stub)));
  setup(() => replace('createInputBox', () => new BoxStub(stub)));
  teardown(() => {
    for (const [name, original] of originals) window[name] = original;
  });
  return stub;
}

/**
 * A list that answers when it is shown, and again when its items change while what is to be chosen is
 * not among them.
 */
class ListStub {
  private readonly accepted = new vscode.EventEmitter<void>();
  private readonly hidden = new vscode.EventEmitter<void>();
  private readonly changed = new vscode.EventEmitter<string>();
  private shownItems: readonly vscode.QuickPickItem[] = [];
  private isShown = false;
  title = '';
  value = '';
  busy = false;
  selectedItems: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidChangeValue = this.changed.event;
  readonly onDidTriggerButton = new vscode.EventEmitter<vscode.QuickInputButton>().event;
  readonly onDidTriggerItemButton = new vscode.EventEmitter<never>().event;

  constructor(private readonly stub: WindowStub) {}

  get items(): readonly vscode.QuickPickItem[] {
    return this.shownItems;
  }

  set items(items: readonly vscode.QuickPickItem[]) {
    this.shownItems = items;
    if (this.isShown) this.answer();
  }

  show(): void {
    this.isShown = true;
    this.answer();
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.hidden.fire();
  }

  dispose(): void {
    for (const emitter of [this.accepted, this.hidden, this.changed]) emitter.dispose();
  }

  private answer(): void {
    const [label] = this.stub.picks;
    const item = this.items.find((one) => isMeant(one, label));
    if (label !== undefined && !item) return;
    this.stub.picks.shift();
    const items = this.items.map(textOf);
    const { title: message, value: detail } = this;
    const look = { isModal: false, buttons: [], items } as const;
    this.stub.shown.push({ kind: 'pick', message, detail, ...look });
    if (item) {
      this.selectedItems = this.activeItems = [item];
      // As soon as whoever shows it listens.
      setTimeout(() => this.accepted.fire());
    } else {
      setTimeout(() => this.hide());
    }
  }
}

/** A box in which something is typed and entered when it is shown, and that is left if it stays. */
class BoxStub {
  private readonly accepted = new vscode.EventEmitter<void>();
  private readonly hidden = new vscode.EventEmitter<void>();
  private readonly changed = new vscode.EventEmitter<string>();
  title = '';
  prompt = '';
  value = '';
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidChangeValue = this.changed.event;
  readonly onDidTriggerButton = new vscode.EventEmitter<vscode.QuickInputButton>().event;

  constructor(private readonly stub: WindowStub) {}

  show(): void {
    const { title: message, prompt: detail } = this;
    const look = { isModal: false, buttons: [], items: [] } as const;
    this.stub.shown.push({ kind: 'input', message, detail, ...look });
    const typed = this.stub.typed.shift();
    if (typed !== undefined) {
      this.value = typed;
      this.changed.fire(typed);
      this.accepted.fire();
    }
    this.hide();
  }

  hide(): void {
    this.hidden.fire();
  }

  dispose(): void {
    for (const emitter of [this.accepted, this.hidden, this.changed]) emitter.dispose();
  }
}

function textOf({ label, description }: vscode.QuickPickItem): string {
  return description ? `${label} · ${description}` : label;
}

function isMeant(item: vscode.QuickPickItem, text: string | undefined): boolean {
  return item.label === text || textOf(item) === text;
}
