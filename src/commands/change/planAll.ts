import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import type { PolicyReading } from '../../core/policyStore';
import { mapAtOnce, pause } from '../../host/atOnce';
import { shortText } from '../../host/plainText';
import { withNotification } from '../../host/progress';
import { resourceWords } from '../../words/resourceWords';
import type { CommandDeps } from '../deps';
import type { ImpossibleChange, PlannedChange, WantedChange } from './plannedChange';
import { planWanted, policyKey, readingAfter, readWanted } from './plannedChange';

/** So many policies are read at once: GetPolicy has a quota of 15 a second. */
const atOnce = 4;

/** A change, and the connection that it is to be made over. */
export interface ConnectedChange {
  readonly wanted: WantedChange;
  readonly connection: Connection;
}

/**
 * Plans changes, each over its connection, those to one policy one on the other. What was not read yet
 * is read, under a progress that can be cancelled. `undefined`: it was.
 */
export async function planAll(
  deps: CommandDeps,
  all: readonly ConnectedChange[],
): Promise<readonly (PlannedChange | ImpossibleChange)[] | undefined> {
  const policies = byPolicy(all);
  const toRead = policies.filter(([first]) => !first.wanted.reading);
  return withNotification(titleOf(toRead), async (report, token) => {
    let read = 0;
    const plans = await mapAtOnce(policies, atOnce, async (changes) => {
      if (token.isCancellationRequested) return [];
      const [{ wanted, connection }] = changes;
      const reading = await readWanted(deps, connection, wanted, (ms) => pause(ms, token));
      if (toRead.length > 1 && !wanted.reading) {
        const message = vscode.l10n.t('{0} of {1}', ++read, toRead.length);
        report({ message, increment: 100 / toRead.length });
      }
      return planInTurn(changes, reading);
    });
    if (token.isCancellationRequested) return undefined;
    // In the order in which they were wanted.
    const planned = plans.flat();
    return all.flatMap(({ wanted }) => planned.filter((plan) => plan.wanted === wanted));
  });
}

type OnePolicy = readonly [ConnectedChange, ...ConnectedChange[]];

function byPolicy(all: readonly ConnectedChange[]): readonly OnePolicy[] {
  const policies = new Map<string, OnePolicy>();
  for (const change of all) {
    const key = policyKey(change.wanted);
    const others = policies.get(key);
    policies.set(key, others ? [...others, change] : [change]);
  }
  return [...policies.values()];
}

/** Each on the policy as the one before it will leave it. */
async function planInTurn(
  changes: OnePolicy,
  read: PolicyReading,
): Promise<readonly (PlannedChange | ImpossibleChange)[]> {
  const plans: (PlannedChange | ImpossibleChange)[] = [];
  let reading = read;
  for (const { wanted, connection } of changes) {
    const plan = await planWanted(connection, wanted, reading);
    plans.push(plan);
    if ('plan' in plan) reading = readingAfter(plan);
  }
  return plans;
}

function titleOf(toRead: readonly OnePolicy[]): string {
  const [first] = toRead;
  const title =
    first && toRead.length === 1
      ? vscode.l10n.t('Reading the policy of {0}', resourceWords(first[0].wanted.resource))
      : vscode.l10n.t('Reading {0} policies', toRead.length);
  return shortText(title, 160);
}
