import type { Statement } from './statement';
import { countsOf, missingIn } from './statementCounts';

/** A policy's statements before a change and by now, and what the change was to do to them. */
export interface EffectsSought {
  readonly old: readonly Statement[];
  readonly now: readonly Statement[];
  readonly removed: readonly Statement[];
  readonly added: readonly Statement[];
  /** Whether AWS said that it took the change. */
  readonly isAcknowledged: boolean;
}

/** Those of the statements that went and that came. */
export interface ShownEffects {
  readonly gone: readonly Statement[];
  readonly come: readonly Statement[];
  /** Of what came, where AWS has a form of its own: as it was sent, and as it stands there. */
  readonly rewritten: readonly { readonly sent: Statement; readonly own: Statement }[];
  /** Something is there that may be ours or somebody else's. */
  readonly isDoubtful: boolean;
}

/**
 * What of a change a policy shows. Whatever others did besides does not matter, save that it may look
 * like ours: so a statement in another form than it was sent in is ours only if it is alike.
 */
export function shownEffects(sought: EffectsSought): ShownEffects {
  const { old, now, removed, added } = sought;
  const gone = shownBy(removed, old, now);
  const asSent = shownBy(added, now, old);
  const missing = added.filter((one) => !asSent.includes(one));
  const found = missing.flatMap((sent) => {
    const own = inItsOwnForm(sent, sought);
    return own ? [{ sent, own }] : [];
  });
  // Without a Sid nothing tells whose it is, but that AWS took it.
  const { isAcknowledged } = sought;
  const rewritten = isAcknowledged ? found : found.filter(({ sent }) => sent.sid !== undefined);
  const come = [...asSent, ...rewritten.map(({ sent }) => sent)];
  return { gone, come, rewritten, isDoubtful: rewritten.length < found.length };
}

/** Those of `statements` of which `more` has more than `fewer`, each as often as that. */
function shownBy(
  statements: readonly Statement[],
  more: readonly Statement[],
  fewer: readonly Statement[],
): readonly Statement[] {
  const difference = missingIn(more, fewer);
  const left = new Map(countsOf(difference));
  return statements.filter(({ canonical }) => {
    const count = left.get(canonical) ?? 0;
    left.set(canonical, count - 1);
    return count > 0;
  });
}

/**
 * AWS may name principals and conditions in its own way; then a statement is known by its Sid. If
 * nobody heard that it was taken, the Sid must not have been there before: others edit, too. One
 * without a Sid may have been given one.
 */
function inItsOwnForm(
  one: Statement,
  { old, now, isAcknowledged }: EffectsSought,
): Statement | undefined {
  const { sid, canonical } = one;
  if (now.some((other) => other.canonical === canonical)) return undefined;
  const isNew = (other: Statement) => old.every((was) => was.canonical !== other.canonical);
  const isKnownSid = sid !== undefined && old.some((was) => was.sid === sid);
  if (!isAcknowledged && isKnownSid) return undefined;
  const isIts = (other: Statement) => sid === undefined || other.sid === sid;
  return now.find((other) => isIts(other) && isNew(other) && isAlike(one, other));
}

function isAlike(one: Statement, other: Statement): boolean {
  const deed = ({ effect, actions, exceptActions, resources, exceptResources }: Statement) =>
    JSON.stringify([
      effect,
      exceptActions,
      actions.map((action) => action.toLowerCase()).sort(),
      exceptResources,
      [...resources].sort(),
    ]);
  return deed(one) === deed(other);
}
