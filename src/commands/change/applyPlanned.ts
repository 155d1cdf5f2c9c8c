import * as vscode from 'vscode';
import { applyChange } from '../../changes/applyChange';
import type { ChangeOutcome } from '../../changes/changeOutcome';
import { storeOf } from '../../connections/policyReadings';
import type { PolicyReading } from '../../core/policyStore';
import { mapAtOnce, pause } from '../../host/atOnce';
import { shortText } from '../../host/plainText';
import type { ReportStep } from '../../host/progress';
import { withNotification } from '../../host/progress';
import { doingWords } from '../../words/outcomeWords';
import type { CommandDeps } from '../deps';
import type { PlannedChange } from './plannedChange';
import { outcomeScene, policyKey } from './plannedChange';

/** What became of one change. */
export interface ChangeResult {
  readonly planned: PlannedChange;
  readonly outcome: ChangeOutcome;
}

/** So many policies at once stay below the 15 requests per second that Lambda allows for writes. */
const atOnce = 4;

/**
 * Makes changes under one progress that can be cancelled: what has begun is followed to its end, the
 * rest is not begun. What was read last is shown everywhere.
 */
export function applyPlanned(
  deps: CommandDeps,
  planned: readonly PlannedChange[],
): Promise<readonly ChangeResult[]> {
  const [first] = planned;
  if (!first) return Promise.resolve([]);
  const title =
    planned.length === 1
      ? doingWords(outcomeScene(first.wanted))
      : vscode.l10n.t('Changing {0} policies', planned.length);
  return withNotification(shortText(title, 160), (report, token) =>
    applyAll(deps, planned, report, token),
  );
}

async function applyAll(
  deps: CommandDeps,
  planned: readonly PlannedChange[],
  report: ReportStep,
  token: vscode.CancellationToken,
): Promise<readonly ChangeResult[]> {
  const ending = new AbortController();
  token.onCancellationRequested(() => ending.abort());
  const wait = (ms: number) => {
    if (planned.length === 1) {
      // For its turn, for a quota to refill, or until reads show what was written.
      report({ message: vscode.l10n.t('Waiting for AWS…') });
    }
    return pause(ms, token);
  };
  let done = 0;
  return mapAtOnce(planned, atOnce, async (one) => {
    const outcome = await applyOne(deps, one, ending.signal, wait).catch(faultOutcome);
    if (planned.length > 1) {
      const message = vscode.l10n.t('{0} of {1}', ++done, planned.length);
      report({ message, increment: 100 / planned.length });
    }
    return { planned: one, outcome };
  });
}

/** One change to a policy after the other; a connection that is closed meanwhile ends after it. */
function applyOne(
  deps: CommandDeps,
  planned: PlannedChange,
  cancelling: AbortSignal,
  wait: (ms: number) => Promise<boolean>,
): Promise<ChangeOutcome> {
  const { connection, wanted } = planned;
  const release = connection.hold();
  const key = policyKey(wanted);
  return deps.traffic
    .inTurn(key, () => applyInTurn(deps, planned, cancelling, wait))
    .finally(release);
}

async function applyInTurn(
  { connections, history, traffic }: CommandDeps,
  { connection, wanted, reading }: PlannedChange,
  cancelling: AbortSignal,
  wait: (ms: number) => Promise<boolean>,
): Promise<ChangeOutcome> {
  const { connectionId, resource, what, undoes, intent } = wanted;
  const store = storeOf(await connection.stores(), resource);
  const key = policyKey(wanted);
  const context = {
    store,
    resource,
    journal: history.journalFor(connection, { resource, what, undoes }),
    signal: connection.signal,
    cancelling,
    wait,
    isLagging: (read: PolicyReading) => traffic.isLagging(key, read),
  };
  const outcome = await applyChange(context, reading, intent);
  const { settlesWithinMs } = store.capabilities;
  if ('wrote' in outcome && outcome.wrote) traffic.wrote(key, outcome.wrote, settlesWithinMs);
  if (outcome.reading) {
    const shown = traffic.current(key, outcome.reading);
    // The one that is shown by now: it may have been opened anew.
    connections.byId(connectionId)?.readings.put(resource, shown);
  }
  return outcome;
}

/** A fault of ours in one change must not hide what came of the others. */
function faultOutcome(error: unknown): ChangeOutcome {
  const { message, name } = error instanceof Error ? error : new Error(String(error));
  const failure = {
    code: 'unexpected',
    operation: 'applyChange',
    errorName: name,
    message,
  } as const;
  return { type: 'failed', failure };
}
