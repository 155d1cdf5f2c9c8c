import type { FromPage, PageState } from '../policyPage/protocol';

/** What VS Code gives a webview. Can be taken only once per page. */
export interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

export function takeVsCodeApi(): VsCodeApi {
  return acquireVsCodeApi();
}
