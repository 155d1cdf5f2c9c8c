import * as vscode from 'vscode';

export interface Program {
  /** The type of the task, as package.json declares it. */
  readonly type: string;
  /** What the terminal is called. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Its exit code; or it did not start, or a person stopped it. */
export type ProgramEnd = number | 'notStarted' | 'stopped';

/** Whether VS Code would put something else in the place of a part of it, or run what it names. */
export function hasVariables({ program, args }: Pick<Program, 'program' | 'args'>): boolean {
  return [program, ...args].some((text) => text.includes('${'));
}

/**
 * Runs a program as a task in a terminal, and resolves when it has ended. Its arguments pass no shell:
 * names can hold anything, but for what `hasVariables` finds.
 */
export async function runProgram(program: Program): Promise<ProgramEnd> {
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
  closeEarlier(program);
  const subscriptions: vscode.Disposable[] = [];
  try {
    return await new Promise<ProgramEnd>((resolve, reject) => {
      // Those that end at once may do so before VS Code has said that they run.
      const isIt = ({ execution }: { readonly execution: vscode.TaskExecution }) =>
        execution.task.name === program.name && execution.task.definition.type === program.type;
      let hasStarted = false;
      const end = (exitCode: number | undefined) =>
        resolve(exitCode ?? (hasStarted ? 'stopped' : 'notStarted'));
      subscriptions.push(
        vscode.tasks.onDidStartTaskProcess((event) => {
          // What could not be started has an event, but no process.
          if (isIt(event)) hasStarted = (event.processId as number | undefined) !== undefined;
        }),
        vscode.tasks.onDidEndTaskProcess((event) => isIt(event) && end(event.exitCode)),
        // Comes after the other one where there was a process at all.
        vscode.tasks.onDidEndTask((event) => {
          if (isIt(event)) setTimeout(() => end(undefined), 500);
        }),
      );
      vscode.tasks.executeTask(task).then(undefined, reject);
    });
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
  }
}

/** In a terminal that is used again, VS Code says nothing of a program that cannot be started. */
function closeEarlier({ name }: Program): void {
  if (vscode.tasks.taskExecutions.some(({ task }) => task.name === name)) return;
  // Where nothing was started the terminal itself has no name.
  const earlier = vscode.window.terminals.filter(
    ({ creationOptions }) => creationOptions.name === name,
  );
  for (const terminal of earlier) terminal.dispose();
}
