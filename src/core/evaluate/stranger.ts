import type { Caller, KeyValues } from './request';

/**
 * What somebody can bring about a key: any value that a pattern describes, or none at all. `usual` is
 * the value that is taken where nothing asks for another.
 */
export interface Choice {
  readonly patterns: readonly string[];
  readonly usual: string;
  /** Whether the request may also come without the key. */
  readonly orAbsent?: boolean;
  /** Others that they may have, if a value that is asked for has wildcards where `isMeant` says. */
  readonly ifWild?: {
    readonly isMeant: (wanted: string) => boolean;
    readonly patterns: readonly string[];
    /** Whether a value is that of somebody who is no stranger. */
    readonly isKnown: (value: string) => boolean;
  };
}

/** Somebody who tries to get in, as far as they can choose what their request says. */
export interface Stranger {
  readonly caller: Caller;
  /** By the name of a key in small letters. */
  readonly brings: (key: string) => KeyValues | Choice;
}

export function isChoice(brought: KeyValues | Choice): brought is Choice {
  return typeof brought === 'object' && 'patterns' in brought;
}
