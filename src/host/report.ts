import * as vscode from 'vscode';
import { plainText } from './plainText';

/** What is said of something that went wrong: a sentence with its remedy, and the rest for the log. */
export interface Explained {
  readonly message: string;
  readonly details: string;
}

/** A button of a message, and what it does. */
export interface Offer {
  readonly label: string;
  readonly run: () => unknown;
}

/**
 * The one place where errors become visible. Cancelling is no error and stays silent.
 * `explain` knows our own errors; `undefined` from it means "cancelled".
 */
export class Reporter {
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly explain: (error: unknown) => Explained | undefined,
  ) {}

  /** Runs a command's work; what it throws is shown, never lost. */
  async guard<T>(work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.error(error);
      return undefined;
    }
  }

  error(error: unknown): void {
    const explained = this.explain(error);
    if (!explained) return;
    this.log.error(explained.details);
    const showLog = vscode.l10n.t('Show Log');
    this.offerLog(vscode.window.showErrorMessage(plainText(explained.message), showLog), showLog);
  }

  private offerLog(choice: Thenable<string | undefined>, showLog: string): void {
    void choice.then((chosen) => chosen === showLog && this.log.show());
  }

  /** For the log alone: what is shown elsewhere. */
  note(message: string): void {
    this.log.info(message);
  }

  /** A message with buttons; not `isGood`: a warning. Not awaited: it stays as long as a person lets it. */
  offer(message: string, isGood: boolean, offers: readonly Offer[]): void {
    const show = isGood ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    if (isGood) this.log.info(message);
    else this.log.warn(message);
    void show(plainText(message), ...offers.map(({ label }) => label)).then((choice) => {
      const chosen = offers.find(({ label }) => label === choice);
      return chosen && this.guard(() => chosen.run());
    });
  }

  /** A message with escaped text; waits for nothing. */
  info(message: string): void {
    this.log.info(message);
    void vscode.window.showInformationMessage(plainText(message));
  }

  warn(message: string): void {
    this.log.warn(message);
    // With a button VS Code shows the whole message, remedy and all, not its first line.
    const showLog = vscode.l10n.t('Show Log');
    this.offerLog(vscode.window.showWarningMessage(plainText(message), showLog), showLog);
  }
}
