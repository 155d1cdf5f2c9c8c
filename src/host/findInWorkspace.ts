import * as vscode from 'vscode';

export interface FileHit {
  /** From 1 to 100. */
  readonly score: number;
}

export interface Found<Hit extends FileHit> {
  readonly uri: vscode.Uri;
  readonly hit: Hit;
}

export interface FileSearch<Hit extends FileHit> {
  /** Which files, as a glob pattern; the first come before the others. */
  readonly include: readonly string[];
  /** What a file holds of what is looked for. Must be quick: nothing interrupts it. */
  readonly look: (path: string, text: string) => Hit | undefined;
  /** The search ends with a hit that is this good. */
  readonly enough: number;
  /** How long it may take at most, in milliseconds. */
  readonly withinMs?: number;
}

const mostFiles = 2_000;
const mostBytes = 64 * 1024 * 1024;
const largestFile = 1024 * 1024;
const readAtOnce = 8;

/** Packages, and what tools make: a template there is made from the one that a person can change. */
const exclude =
  '**/{node_modules,bower_components,.git,cdk.out,.aws-sam,.serverless,.terraform,.venv,venv,__pycache__,site-packages,dist,out,coverage}/**';

/**
 * Looks through the files of the workspace and gives back the best place, or the best so far when
 * time is up. Only reads; a file that cannot be read is passed over. Never throws.
 */
export async function findInWorkspace<Hit extends FileHit>(
  search: FileSearch<Hit>,
): Promise<Found<Hit> | undefined> {
  if (!vscode.workspace.workspaceFolders?.length) return undefined;
  const ending = new vscode.CancellationTokenSource();
  const best: Best<Hit> = { found: undefined };
  const timer = setTimeout(() => ending.cancel(), search.withinMs ?? 2_000);
  // A file system may never answer: the end is not left to it.
  const ended = new Promise<void>((resolve) => {
    ending.token.onCancellationRequested(() => resolve());
  });
  await Promise.race([lookThrough(search, best, ending.token).catch(() => undefined), ended]);
  clearTimeout(timer);
  ending.cancel();
  ending.dispose();
  return best.found;
}

interface Best<Hit extends FileHit> {
  found: Found<Hit> | undefined;
}

async function lookThrough<Hit extends FileHit>(
  search: FileSearch<Hit>,
  best: Best<Hit>,
  token: vscode.CancellationToken,
): Promise<void> {
  let bytes = 0;
  for (const pattern of search.include) {
    const uris = await vscode.workspace.findFiles(pattern, exclude, mostFiles, token);
    const files = [...uris].sort((a, b) => (a.path < b.path ? -1 : 1));
    const isOver = () =>
      token.isCancellationRequested ||
      bytes > mostBytes ||
      (best.found?.hit.score ?? 0) >= search.enough;
    const readNext = async () => {
      for (let uri = files.shift(); uri && !isOver(); uri = files.shift()) {
        const content = await readText(uri);
        bytes += content.length;
        if (isOver()) return;
        const hit = search.look(uri.path, content);
        // Of equal ones the first in order of their names, whichever was read first.
        if (hit && isBetter({ uri, hit }, best.found)) best.found = { uri, hit };
      }
    };
    await Promise.all(Array.from({ length: readAtOnce }, readNext));
    if (isOver()) return;
  }
}

function isBetter<Hit extends FileHit>(one: Found<Hit>, other: Found<Hit> | undefined): boolean {
  if (!other || one.hit.score !== other.hit.score) {
    return one.hit.score > (other?.hit.score ?? 0);
  }
  return one.uri.path < other.uri.path;
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile) return '';
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
