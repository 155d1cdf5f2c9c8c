import * as vscode from 'vscode';
import { plainText } from './plainText';

/**
 * What a step ended with. `back` may bring what was answered within the step; `cancelled`: the person
 * left the whole form.
 */
export type Answer<T> =
  | { readonly type: 'next'; readonly value: T }
  | { readonly type: 'back'; readonly value?: T }
  | { readonly type: 'cancelled' };

/** Where in a form a question is asked. */
export interface Place {
  readonly title: string;
  /** From 1; of the steps as they are by what was answered so far. Absent for a question alone. */
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack: boolean;
  /** What was typed and left by going back, by the prompt it was typed for. */
  readonly typed: Map<string, string>;
}

/** The place of a question that no other goes with. */
export function placeAlone(title: string): Place {
  return { title, canGoBack: false, typed: new Map() };
}

/** Asks one thing and gives back what is known then. */
export type Step<S> = (known: S, place: Place) => Promise<Answer<S>>;

/**
 * Asks one step after the other. Which there are can depend on what was answered, but only of steps
 * before; going back keeps all of it. `undefined`: cancelled.
 */
export async function runSteps<S>(
  title: string,
  start: S,
  stepsOf: (known: S) => readonly Step<S>[],
): Promise<S | undefined> {
  let known = start;
  let at = 0;
  const typed = new Map<string, string>();
  for (;;) {
    const steps = stepsOf(known);
    const step = steps[at];
    if (!step) return known;
    const place = { title, step: at + 1, totalSteps: steps.length, canGoBack: at > 0, typed };
    const answer = await step(known, place);
    if (answer.type === 'cancelled') return undefined;
    known = answer.value ?? known;
    at += answer.type === 'next' ? 1 : -1;
  }
}

/** What an answer means for what is known. */
export function mapAnswer<T, S>(answer: Answer<T>, take: (value: T) => S): Answer<S> {
  return answer.type === 'next'
    ? { type: 'next', value: take(answer.value) }
    : { type: answer.type };
}

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands there at first. */
  readonly value?: string;
  /** Why a text (without blanks around it) cannot be taken; `undefined` when it can. */
  readonly check: (text: string) => string | undefined;
}

/** Asks for a line of text, and says while it is typed what is wrong with it. */
export function askText(place: Place, question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  box.prompt = plainText(question.prompt);
  box.placeholder = question.placeholder && plainText(question.placeholder);
  const left = place.typed.get(question.prompt);
  box.value = left ?? question.value ?? '';
  const say = (text: string) => {
    const reason = question.check(text);
    box.validationMessage = reason === undefined ? undefined : plainText(reason);
    return reason === undefined;
  };
  if (left !== undefined && left.trim() !== '') say(left.trim());
  return ask(box, place, (settle) => {
    box.onDidChangeValue((typed) => {
      place.typed.set(question.prompt, typed);
      const text = typed.trim();
      // Who has just emptied the box is about to type, and needs no reproach.
      if (text === '') box.validationMessage = undefined;
      else say(text);
    });
    box.onDidAccept(() => {
      const text = box.value.trim();
      if (!say(text)) return;
      place.typed.delete(question.prompt);
      settle({ type: 'next', value: text });
    });
  });
}

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  /** Why it cannot be chosen; takes the place of the detail. */
  readonly refusal?: string;
  /** What the button that clears it answers; without it there is none. */
  readonly cleared?: { readonly value: T; readonly tooltip: string };
}

export interface ChoiceQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The one that Enter takes. */
  readonly isActive?: (value: T) => boolean;
  /** The last row, which stays whatever is typed, and takes it along. */
  readonly other?: {
    readonly label: string;
    readonly isActive?: boolean;
    readonly value: (typed: string) => T;
  };
}

interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly choice?: Choice<T>;
}

export function askChoice<T>(place: Place, question: ChoiceQuestion<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  const { choices, isActive, other } = question;
  const otherItems = other ? [{ label: other.label, alwaysShow: true }] : [];
  const items: readonly ChoiceItem<T>[] = choices.map(itemOf);
  pick.items = [...items, ...otherItems];
  const active = other?.isActive
    ? otherItems
    : items.filter(({ choice }) => choice && isActive?.(choice.value)).slice(0, 1);
  // An empty list would take the focus from the first row, and Enter would choose nothing.
  if (active.length > 0) pick.activeItems = active;
  dressList(pick, question.placeholder);
  return ask(pick, place, (settle) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item || item.choice?.refusal !== undefined) return;
      if (item.choice) settle({ type: 'next', value: item.choice.value });
      else if (other) settle({ type: 'next', value: other.value(pick.value.trim()) });
    });
    pick.onDidTriggerItemButton(({ item: { choice } }) => {
      if (choice?.cleared) settle({ type: 'next', value: choice.cleared.value });
    });
  });
}

export interface ManyQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  readonly isPicked: (value: T) => boolean;
  /** Why these cannot be taken together. */
  readonly check: (values: readonly T[]) => string | undefined;
}

/** Asks for any number of them. What is wrong with a choice takes the place of the title. */
export function askMany<T>(place: Place, question: ManyQuestion<T>): Promise<Answer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  pick.canSelectMany = true;
  pick.items = question.choices.map(itemOf);
  pick.selectedItems = pick.items.filter(({ choice }) => choice && question.isPicked(choice.value));
  dressList(pick, question.placeholder);
  const values = (items: readonly ChoiceItem<T>[]) =>
    items.flatMap(({ choice }) => (choice ? [choice.value] : []));
  const say = (items: readonly ChoiceItem<T>[]) => {
    const reason = question.check(values(items));
    pick.title = plainText(reason ?? place.title);
    return reason === undefined;
  };
  return ask(pick, place, (settle) => {
    pick.onDidChangeSelection((items) => {
      // As with texts: nothing is chosen yet, or not any more.
      if (items.length === 0) pick.title = plainText(place.title);
      else say(items);
    });
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems;
      if (say(chosen)) settle({ type: 'next', value: values(chosen) });
    });
  });
}

function itemOf<T>(choice: Choice<T>): ChoiceItem<T> {
  const { label, description, refusal, icon, cleared } = choice;
  const detail = refusal ?? choice.detail;
  const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: cleared?.tooltip };
  return {
    label: plainText(label),
    description: description && plainText(description),
    detail: detail && plainText(detail),
    iconPath: icon === undefined ? undefined : new vscode.ThemeIcon(icon),
    buttons: cleared ? [clear] : [],
    choice,
  };
}

function dressList<T>(pick: vscode.QuickPick<ChoiceItem<T>>, placeholder: string): void {
  pick.placeholder = plainText(placeholder);
  pick.matchOnDescription = true;
}

/** Shows an input in its place until it is answered or left. */
function ask<T, I extends vscode.QuickPickItem>(
  input: vscode.InputBox | vscode.QuickPick<I>,
  place: Place,
  listen: (settle: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  input.title = plainText(place.title);
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  // A value may have to be looked up in another window.
  input.ignoreFocusOut = true;
  if (place.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const settle = (answer: Answer<T>) => {
      resolve(answer);
      // After the next question took its place: hidden before, the keyboard would be on the tree for
      // a moment, and VS Code leaves it there when the tree is refreshed just then.
      setTimeout(() => input.hide(), 0);
    };
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) settle({ type: 'back' });
    });
    input.onDidHide(() => {
      resolve({ type: 'cancelled' });
      input.dispose();
    });
    listen(settle);
    input.show();
  });
}
