import type { PageState } from './protocol';

export interface PageHtmlOptions {
  /** The webview's own `cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Base64 characters, new for every page. */
  readonly nonce: string;
  /** A BCP 47 tag, e.g. `en`. */
  readonly language: string;
  readonly title: string;
  /** What the page keeps for the time when VS Code restores it. */
  readonly state: PageState;
}

/**
 * The document of the policy page: an empty root that the script fills. Nothing is allowed but this
 * one script and style sheets of the extension.
 */
export function pageHtml(options: PageHtmlOptions): string {
  const { cspSource, scriptUri, styleUri, nonce, language, title, state } = options;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}`;
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(styleUri)}">
<title>${escape(title)}</title>
</head>
<body>
<div id="root" data-state="${escape(JSON.stringify(state))}"></div>
<script nonce="${escape(nonce)}" src="${escape(scriptUri)}"></script>
</body>
</html>
`;
}

/** For text and for quoted attribute values. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
