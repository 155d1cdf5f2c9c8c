import * as vscode from 'vscode';
import { schemes } from '../contributions';

/** What a row of the Resources view is about, for whoever decorates rows. */
export interface RowSubject {
  readonly connectionId: string;
  readonly arn: string;
  /** The identity of a statement. */
  readonly statement?: string;
}

export function rowUri({ connectionId, arn, statement }: RowSubject): vscode.Uri {
  const parts = [connectionId, arn, ...(statement === undefined ? [] : [statement])];
  const path = `/${parts.map(encodeURIComponent).join('/')}`;
  return vscode.Uri.from({ scheme: schemes.row, path });
}
