import * as vscode from 'vscode';
import type { Resource } from '../core/resource';
import { pageTitle } from '../words/resourceWords';
import { pageHtml } from './pageHtml';
import type { PageState } from './protocol';

/** The document of a page, with the addresses under which a webview finds its script and style. */
export function pageDocument(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  state: PageState & { readonly resource: Resource },
): string {
  const uri = (...path: string[]) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  return pageHtml({
    cspSource: webview.cspSource,
    scriptUri: uri('dist', 'webview', 'policyPage.js'),
    styleUri: uri('media', 'policyPage.css'),
    // The global one: node:crypto takes about as long to load as this bundle.
    nonce: crypto.randomUUID(),
    language: vscode.env.language,
    title: pageTitle(state.resource),
    state,
  });
}
