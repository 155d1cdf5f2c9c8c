import * as vscode from 'vscode';
import type { Audit } from '../../../audit/audit';
import type { Connection } from '../../../connections/connection';
import { policyOf, storeOf } from '../../../connections/policyReadings';
import { parseArn } from '../../../core/arn';
import type { WellFormedPolicy } from '../../../core/evaluate/decide';
import { parsePolicy } from '../../../core/policy';
import { withoutStatements } from '../../../core/policyEdit';
import type { PolicyReading } from '../../../core/policyStore';
import type { Resource } from '../../../core/resource';
import { revoke } from '../../../core/revoke/revocation';
import { stillLetsIn } from '../../../core/revoke/stillLetsIn';
import type { Whom } from '../../../core/revoke/whom';
import { mapAtOnce, mapGently, pause } from '../../../host/atOnce';
import { shortText } from '../../../host/plainText';
import { withNotification } from '../../../host/progress';
import { timeWords } from '../../../words/historyWords';
import type { RevocationScene } from '../../../words/revokeWords';
import { whomWords } from '../../../words/revokeWords';
import { policyKey, readWanted } from '../../change/plannedChange';
import type { CommandDeps } from '../../deps';
import type { WantedChange } from '../../makeChange';

/** What is to be done to take somebody out everywhere, and what will be so afterwards. */
export interface RevocationPlan {
  readonly wanted: readonly WantedChange[];
  readonly scene: RevocationScene;
}

interface Place {
  readonly connection: Connection;
  readonly resource: Resource;
  readonly reading: PolicyReading;
}

/** So many policies are read at once: GetPolicy has a quota of 15 a second. */
const atOnce = 4;

/**
 * Finds the policies that name somebody in what audits have read, reads these anew, and says what of
 * each has to go. `undefined`: it was cancelled.
 */
export async function planRevocation(
  deps: CommandDeps,
  whom: Whom,
  audits: readonly Audit[],
): Promise<RevocationPlan | undefined> {
  const places = onceEach(audits.flatMap((audit) => placesOf(deps, audit)));
  const isNaming = await mapGently(places, (place) => revokeAt(place, whom) !== undefined);
  const naming = places.filter((_, index) => isNaming[index]);
  const fresh = await readAnew(deps, whom, naming);
  if (!fresh) return undefined;
  const revoked = new Map<Place, Revoked>();
  for (const before of naming) {
    const place = fresh.get(before) ?? before;
    const found = await revokedAt(place, before, whom);
    if (found) revoked.set(place, found);
  }
  const all = places.map((place) => fresh.get(place) ?? place);
  const remaining = await mapGently(all, (place) => remainingAt(place, whom, revoked.get(place)));
  const wanted = [...revoked.values()].map((one) => one.wanted);
  return { wanted, scene: { ...sceneOf(whom, audits, all), remaining: remaining.flat() } };
}

function placesOf({ connections }: CommandDeps, audit: Audit): readonly Place[] {
  const connection = connections.byId(audit.scene.connectionId);
  if (!connection) return [];
  return [...audit.policies.values()].map((policy) => ({ connection, ...policy }));
}

/** Two connections can lead to the same account: what could be read, and last, counts. */
function onceEach(places: readonly Place[]): readonly Place[] {
  const found = new Map<string, Place>();
  for (const place of places) {
    const key = policyKey({ connectionId: place.connection.id, resource: place.resource });
    const held = found.get(key);
    if (!held || knowsMore(place.reading, held.reading)) found.set(key, place);
  }
  return [...found.values()];
}

function knowsMore(one: PolicyReading, other: PolicyReading): boolean {
  const [isRead, wasRead] = [one.state !== 'unreadable', other.state !== 'unreadable'];
  return isRead === wasRead ? one.readAt > other.readAt : isRead;
}

function wellFormed(reading: PolicyReading): WellFormedPolicy | undefined {
  if (reading.state !== 'policy') return undefined;
  const policy = policyOf(reading);
  return policy.wellFormed ? policy : undefined;
}

function revokeAt({ resource, reading }: Place, whom: Whom) {
  const policy = wellFormed(reading);
  return policy && revoke(policy, whom, { resource, now: Date.now() });
}

async function readAnew(
  deps: CommandDeps,
  whom: Whom,
  naming: readonly Place[],
): Promise<ReadonlyMap<Place, Place> | undefined> {
  const { t } = vscode.l10n;
  const title = shortText(t('Reading the policies that name {0}', whomWords(whom)), 160);
  return withNotification(title, async (report, token) => {
    let read = 0;
    const pairs = await mapAtOnce(naming, atOnce, async (place) => {
      if (token.isCancellationRequested) return [place, place] as const;
      const { connection, resource } = place;
      const wanted = { connectionId: connection.id, resource };
      const reading = await readWanted(deps, connection, wanted, (ms) => pause(ms, token));
      const message = t('{0} of {1}', ++read, naming.length);
      report({ message, increment: 100 / naming.length });
      return [place, { ...place, reading }] as const;
    });
    return token.isCancellationRequested ? undefined : new Map(pairs);
  });
}

/** A change, and the text that it leaves; `undefined`: no policy. */
interface Revoked {
  readonly wanted: WantedChange;
  readonly after: string | undefined;
}

/** `before`: as it was audited, for what cannot be read by now to be told as such. */
async function revokedAt(place: Place, before: Place, whom: Whom): Promise<Revoked | undefined> {
  const { connection, resource, reading } = place;
  const common = { connectionId: connection.id, resource, reading };
  const found = revokeAt(reading.state === 'unreadable' ? before : place, whom);
  if (!found) return undefined;
  const { removed, narrowed, after } = found;
  if (reading.state !== 'policy') {
    const intent = { type: 'remove', statements: removed } as const;
    return { wanted: { ...common, what: 'remove', intent }, after };
  }
  const { capabilities } = storeOf(await connection.stores(), resource);
  // Where policies are not written whole, statements of theirs alone can go all the same.
  const isByStatement = capabilities.wholeDocument !== 'yes' && removed.length > 0;
  if (narrowed.length > 0 && !isByStatement) {
    const intent = { type: 'replace', base: reading.text, text: after } as const;
    return { wanted: { ...common, what: 'edit', intent }, after };
  }
  const intent = { type: 'remove', statements: removed, seenIn: reading.text } as const;
  const gone = new Set(removed.map(({ index }) => index));
  const left = narrowed.length > 0 ? withoutStatements(reading.text, gone) : after;
  return { wanted: { ...common, what: 'remove', intent }, after: left };
}

/** What lets them in all the same; `revoked`: when it is done. */
function remainingAt(
  { resource, reading }: Place,
  whom: Whom,
  revoked: Revoked | undefined,
): RevocationScene['remaining'] {
  const { after } = revoked ?? {};
  const left = revoked ? after !== undefined && parsePolicy(after) : wellFormed(reading);
  if (!left || !left.wellFormed) return [];
  return stillLetsIn(left, whom, { resource, now: Date.now() }).map((one) => ({
    ...one,
    resource,
  }));
}

function sceneOf(
  whom: Whom,
  audits: readonly Audit[],
  places: readonly Place[],
): Omit<RevocationScene, 'remaining'> {
  const unread = places.filter(({ reading }) => reading.state !== 'none' && !wellFormed(reading));
  const missed = audits.reduce((sum, { unasked }) => sum + unasked, 0);
  const gaps = audits.reduce((sum, audit) => sum + audit.gaps.length, 0);
  const began = Math.min(...audits.map(({ startedAt }) => startedAt));
  const isOwn = places.some(
    ({ resource: { arn } }) => 'accountId' in whom && parseArn(arn)?.accountId === whom.accountId,
  );
  return { whom, unread: unread.length + missed, gaps, asOf: timeWords(began), isOwn };
}
