/**
 * What the policy page and the extension say to each other. All words are made by the extension;
 * the page lays them out. Text of policies goes to the page unchanged and is only ever inserted
 * as text there.
 */

/** From the extension to the page. */
export interface ToPage {
  readonly type: 'show';
  readonly view: PageView;
  /** The identity of a statement that is to be brought into sight, with its explanation. */
  readonly reveal?: string;
}

/** From the page to the extension. */
export type FromPage =
  /** The page's script runs and wants to be told what to show. */
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  /** Puts the whole policy, as AWS returned it, on the clipboard. */
  | { readonly type: 'copyPolicy' }
  | { readonly type: 'copyStatement'; readonly identity: string }
  | { readonly type: 'removeStatements'; readonly identities: readonly string[] }
  | { readonly type: 'fixFinding' | 'acceptFinding'; readonly key: string }
  | { readonly type: 'addPermission' }
  | { readonly type: 'editPolicy' };

export interface PageView {
  readonly labels: PageLabels;
  readonly header: PageHeader;
  readonly content: PageContent;
}

export interface PageHeader {
  /** The resource's name with its qualifier or version. */
  readonly title: string;
  /** What it is, e.g. "function orders, alias live". */
  readonly subtitle: string;
  /** Resource, qualifier, ARN, profile, account, region, revision ID, time read … in this order. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Absent when there is no policy text. */
  readonly size?: {
    readonly bytes: number;
    readonly limit: number;
    /** E.g. "1,204 of 20,480 bytes". */
    readonly words: string;
  };
  /** E.g. "3 statements"; absent when they cannot be counted. */
  readonly count?: string;
}

export type PageContent =
  | { readonly state: 'loading' }
  | {
      readonly state: 'policy';
      readonly text: string;
      readonly statements: readonly PageStatement[];
      /** What an audit found, the gravest of each place first. */
      readonly findings: readonly PageFinding[];
    }
  | {
      readonly state: 'malformed';
      readonly text: string;
      /** UTF-16 offset of the place where the text breaks. */
      readonly offset: number;
      readonly sentence: string;
    }
  | { readonly state: 'none'; readonly sentence: string }
  | { readonly state: 'unreadable'; readonly sentence: string; readonly remedy: string };

export interface PageStatement {
  readonly identity: string;
  /** Where its text stands in the policy's text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly title: string;
  readonly summary: string;
  readonly explanation: readonly string[];
  readonly icon: 'service' | 'account' | 'organization' | 'everyone' | 'deny' | 'nobody';
  /** Why it cannot be removed from here; absent when it can. */
  readonly refusal?: string;
}

/** What an audit says of a place in the policy. */
export interface PageFinding {
  /** By which the extension knows it again. */
  readonly key: string;
  /** In UTF-16 units of the policy's text. */
  readonly offset: number;
  readonly length: number;
  readonly severity: 'high' | 'medium' | 'low';
  /** The identity of the statement that it is about; absent when it is about the policy. */
  readonly statement?: string;
  readonly title: string;
  readonly details: readonly string[];
}

export interface PageLabels {
  readonly language: string;
  readonly loading: string;
  readonly refresh: string;
  readonly raw: string;
  readonly formatted: string;
  readonly viewAs: string;
  readonly copyPolicy: string;
  readonly copyStatement: string;
  readonly remove: string;
  readonly removeSelected: string;
  /** Before the title of a statement: what its check box does. */
  readonly select: string;
  readonly add: string;
  readonly edit: string;
  readonly fix: string;
  readonly accept: string;
  readonly statements: string;
  readonly policyText: string;
  readonly details: string;
  readonly breaksHere: string;
  readonly severities: Readonly<Record<PageFinding['severity'], string>>;
}

/** What the page keeps over a reload of the window. The rest is asked for again. */
export interface PageState {
  readonly connectionId: string;
  /** A `Resource`, to be checked when it comes back. */
  readonly resource: unknown;
  readonly form: 'raw' | 'formatted';
  /** Identities of the statements that are checked: VS Code drops a page whose tab is hidden. */
  readonly checked?: readonly string[];
}
