import * as vscode from 'vscode';

export interface Program {
  /** The type of the task, as package.json declares it. */
  readonly type: string;
  /** What the terminal is called. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Runs a program as a task in a terminal. Its arguments pass no shell: names can hold anything.
 * Resolves when it has ended, with its exit code; `undefined` when it did not start.
 */
export async function runProgram(program: Program): Promise<number | undefined> {
  const task = new vscode.Task(
    { type: program.type, name: program.name },
    vscode.TaskScope.Workspace,
    program.name,
    vscode.l10n.t('Resource Policies'),
    new vscode.ProcessExecution(program.program, [...program.args]),
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: true,
    clear: true,
  };
  const subscriptions: vscode.Disposable[] = [];
  try {
    return await new Promise<number | undefined>((resolve, reject) => {
      // Those that end at once may do so before VS Code has said that they run.
      const isIt = ({ execution }: { readonly execution: vscode.TaskExecution }) =>
        execution.task.name === program.name && execution.task.definition.type === program.type;
      subscriptions.push(
        vscode.tasks.onDidEndTaskProcess((event) => isIt(event) && resolve(event.exitCode)),
        // Comes after the other one where a process ran at all.
        vscode.tasks.onDidEndTask((event) => {
          if (isIt(event)) setTimeout(() => resolve(undefined), 500);
        }),
      );
      vscode.tasks.executeTask(task).then(undefined, reject);
    });
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
  }
}
