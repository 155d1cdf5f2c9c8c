import type { ChangeState } from '../core/changeRecord';
import type { Failure } from '../core/errors';
import type { ChangePlan, Way } from '../core/plan';

/** Where a change is written down before it is made. */
export interface ChangeJournal {
  /** Throws when it cannot be written down: then nothing is sent. */
  begin(plan: ChangePlan, way: Way): Promise<JournalEntry>;
}

/** One change in the journal, kept alive until it ends. */
export interface JournalEntry {
  readonly id: string;
  /** Before it is sent after all on another text, or another way. Throws as `begin` does. */
  revise(plan: ChangePlan, way: Way): Promise<void>;
  /** Never throws: what was done is done. A failure to write is told to whoever made the journal. */
  end(ending: JournalEnding): Promise<void>;
}

/** How it ended; `undefined` texts are "no policy". */
export type JournalEnding = {
  /** The policy as it was read afterwards, if it could be read. */
  readonly seen?: { readonly text: string | undefined };
  readonly failure?: Failure;
} & (
  | {
      readonly state: Exclude<ChangeState, 'running' | 'unknown'>;
      /** What our calls made of the policy. */
      readonly after: string | undefined;
    }
  /** It keeps the text that was to come of it, by which it can be found out later. */
  | { readonly state: 'unknown'; readonly after?: undefined }
);
