import type * as vscode from 'vscode';
import type { Resource } from '../core/resource';

/** A policy as a person edited it, kept until it is applied or discarded. */
export interface Draft {
  /** Of its document. */
  readonly uri: vscode.Uri;
  readonly connectionId: string;
  readonly resource: Resource;
  /** The policy that it was made from, byte for byte; without a text there was none. */
  readonly base: { readonly text: string | undefined; readonly revision?: string };
  /** As it stands in the editor. */
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly changedAt: number;
}
