import { failureOf, isOfCredentials } from '../core/errors';
import type { CredentialSource } from '../core/profileChain';
import type { FoundCredentials } from './credentialSources';

/** Credentials that end sooner than this are looked up anew, while the old ones still serve. */
const renewalMarginMs = 300_000;
/** Where each renewal may cost a person something, it is put off to the last minute. */
const personMarginMs = 60_000;
/** How long what failed is not tried again by itself, where that would be of no use or a nuisance. */
const pauseMs = 30_000;

interface Held {
  readonly fingerprint: string;
  readonly credentials: FoundCredentials;
  readonly marginMs: number;
}

interface Failed {
  readonly fingerprint: string;
  readonly error: unknown;
  readonly until: number;
  /** Whether to try again would cost a person something. */
  readonly isCostly: boolean;
}

interface Finding {
  readonly fingerprint: string;
  readonly answer: Promise<FoundCredentials>;
}

export interface Lookup {
  /** The same as long as nothing has changed that matters. */
  readonly fingerprint: string;
  /** Absent: what the machine itself is given. */
  readonly source: CredentialSource | undefined;
  /** Calls `noteAsked` when a person is asked for something. */
  readonly find: (noteAsked: () => void) => Promise<FoundCredentials>;
}

/**
 * The credentials of one link of a chain, for all profiles and connections that depend on it: however
 * many want them at once, they are looked up once, and a person is asked once.
 */
export class LinkCredentials {
  private held: Held | undefined;
  private finding: Finding | undefined;
  private failed: Failed | undefined;

  /** Throws what `lookup.find` throws. */
  async get(lookup: Lookup): Promise<FoundCredentials> {
    const { fingerprint } = lookup;
    const atHand = this.atHand(fingerprint);
    if (atHand) return atHand;
    const failed = this.pausing(fingerprint);
    if (failed?.isCostly) throw failed.error;
    // What is being looked up by files that have changed meanwhile serves those who wait, no others.
    if (this.finding?.fingerprint !== fingerprint) this.finding = this.begin(lookup);
    return this.finding.answer;
  }

  /** Whether `get` would look them up now, or wait for it. */
  isMissing(fingerprint: string): boolean {
    return !this.atHand(fingerprint) && !this.pausing(fingerprint)?.isCostly;
  }

  /** AWS takes these for ended, whatever they say of themselves. */
  ended(accessKeyId: string): void {
    if (this.held?.credentials.accessKeyId === accessKeyId) this.held = undefined;
  }

  /** Begins anew, also with what the person had cancelled; `keepsHeld`: what was found goes on. */
  forget(keepsHeld: boolean): void {
    if (!keepsHeld) this.held = undefined;
    this.failed = undefined;
  }

  private begin({ fingerprint, source, find }: Lookup): Finding {
    let wasAsked = false;
    const isLatest = () => this.finding === finding;
    const answer = find(() => (wasAsked = true)).then(
      (credentials) => {
        if (!isLatest()) return credentials;
        this.finding = this.failed = undefined;
        this.held = { fingerprint, credentials, marginMs: marginOf(source, credentials) };
        return credentials;
      },
      (error: unknown) => {
        if (!isLatest()) throw error;
        this.finding = undefined;
        this.failed = { fingerprint, error, ...consequence(error, wasAsked) };
        // Better the old ones for their last minutes than none.
        const old = this.lasting(fingerprint);
        if (old) return old;
        throw error;
      },
    );
    const finding: Finding = { fingerprint, answer };
    return finding;
  }

  /** Those that need no renewal yet, or whose renewal has just failed. */
  private atHand(fingerprint: string): FoundCredentials | undefined {
    const held = this.held?.fingerprint === fingerprint ? this.held : undefined;
    if (held && !endsWithin(held.credentials, held.marginMs)) return held.credentials;
    return this.pausing(fingerprint) && this.lasting(fingerprint);
  }

  /** What failed so shortly ago that it is not tried again by itself. */
  private pausing(fingerprint: string): Failed | undefined {
    const { failed } = this;
    const isPausing = failed?.fingerprint === fingerprint && Date.now() < failed.until;
    return isPausing ? failed : undefined;
  }

  private lasting(fingerprint: string): FoundCredentials | undefined {
    if (this.held?.fingerprint !== fingerprint) return undefined;
    return endsWithin(this.held.credentials, 0) ? undefined : this.held.credentials;
  }
}

function endsWithin({ expiration }: FoundCredentials, ms: number): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() <= ms;
}

function marginOf(source: CredentialSource | undefined, { expiration }: FoundCredentials): number {
  const lastsMs = (expiration?.getTime() ?? Infinity) - Date.now();
  // Over as soon as they were given: the clock is wrong here. AWS will say when they have ended.
  if (lastsMs <= 0) return -Infinity;
  const mayCost =
    source?.type === 'process' || (source?.type === 'assumeRole' && source.mfaSerial !== undefined);
  // Of what lasts shortly the margin must leave something.
  return Math.min(mayCost ? personMarginMs : renewalMarginMs, lastsMs / 4);
}

function consequence(error: unknown, wasAsked: boolean): Pick<Failed, 'isCostly' | 'until'> {
  const failure = failureOf(error);
  // These programs open browsers, and wait for a touch of a key.
  const isCostly = wasAsked || failure?.code === 'processFailed';
  const isForGood = isCostly && failure !== undefined && isOfCredentials(failure);
  return { isCostly, until: isForGood ? Infinity : Date.now() + pauseMs };
}
