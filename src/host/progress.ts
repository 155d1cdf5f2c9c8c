import * as vscode from 'vscode';

/**
 * So long work may take before it is worth a message. VS Code drops the fourth message within 800 ms:
 * progress that flashes by would cost the message with the result its place.
 */
const shownAfterMs = 600;

export interface ProgressStep {
  readonly message?: string;
  /** In percent of the whole. */
  readonly increment?: number;
}

export type ReportStep = (step: ProgressStep) => void;

/**
 * Does work that can be cancelled, with a notification that shows how far it is once it takes long.
 * @returns what the work returns; throws what it throws
 */
export async function withNotification<T>(
  title: string,
  work: (report: ReportStep, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const cancelling = new vscode.CancellationTokenSource();
  let soFar: ProgressStep = {};
  let report: ReportStep = (step) => {
    soFar = {
      message: step.message ?? soFar.message,
      increment: (soFar.increment ?? 0) + (step.increment ?? 0),
    };
  };
  const working = work((step) => report(step), cancelling.token);
  const showing = setTimeout(() => {
    const location = vscode.ProgressLocation.Notification;
    const options = { location, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => cancelling.cancel());
      progress.report(soFar);
      report = (step) => progress.report(step);
      await working.catch(() => undefined);
    });
  }, shownAfterMs);
  try {
    return await working;
  } finally {
    clearTimeout(showing);
    cancelling.dispose();
  }
}
