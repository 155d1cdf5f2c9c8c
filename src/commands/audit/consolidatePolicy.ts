import * as vscode from 'vscode';
import type { ResourceTarget } from '../../connections/targets';
import { isResourceTarget } from '../../connections/targets';
import { parseArn } from '../../core/arn';
import type { Consolidation } from '../../core/consolidate';
import { consolidate } from '../../core/consolidate';
import { compareAnswers } from '../../core/evaluate/sameAnswers';
import { parsePolicy } from '../../core/policy';
import { numberWords } from '../../words/numberWords';
import { resourceWords } from '../../words/resourceWords';
import type { CommandDeps } from '../deps';
import { makeChange } from '../makeChange';
import { pickResource } from '../pickResource';
import { readPolicyOf } from './readPolicyOf';

/** Merges the statements of a policy that can be one; that every answer stays the same is proved first. */
export async function consolidatePolicy(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const title = t('Consolidate');
  const target = isResourceTarget(arg) ? arg : await pickResource(deps, title);
  const connection = target && deps.connections.byId(target.connectionId);
  if (!target || !connection) return;
  const { resource } = target;
  if (resource.kind === 'layerVersion') {
    const words = t(
      'AWS cannot write the policy of a layer version whole, so its statements cannot be merged.',
    );
    deps.reporter.info(words);
    return;
  }
  const reading = await readPolicyOf(deps, connection, target);
  if (!reading) return;
  const owner = parseArn(resource.arn)?.accountId;
  const found = reading.state === 'policy' ? consolidate(reading.text, owner) : undefined;
  if (reading.state !== 'policy' || !found) {
    deps.reporter.info(t('No statements of {0} can be merged.', resourceWords(resource)));
    return;
  }
  const asked = provenBy(reading.text, found, target);
  if (asked === undefined) {
    deps.reporter.warn(
      t(
        'The statements of {0} cannot be merged: it could not be proved that every answer stays the same. Nothing was changed.',
        resourceWords(resource),
      ),
    );
    return;
  }
  const intent = { type: 'replace', base: reading.text, text: found.text } as const;
  const notes = notesOf(found, asked);
  const message = t('Consolidate the policy of {0}?', resourceWords(resource));
  const question = { message, yes: t('Consolidate') };
  const { connectionId } = target;
  const wanted = { connectionId, resource, what: 'edit', intent, reading } as const;
  await makeChange(deps, wanted, { notes, question });
}

/** How many requests were asked of both, all with the same answer; `undefined` where one was not. */
function provenBy(
  text: string,
  found: Consolidation,
  { resource }: ResourceTarget,
): number | undefined {
  const [before, after] = [parsePolicy(text), parsePolicy(found.text)];
  if (!before.wellFormed || !after.wellFormed) return undefined;
  const { asked, different } = compareAnswers(
    before,
    after,
    resource.arn,
    parseArn(resource.arn)?.accountId,
  );
  return different ? undefined : asked;
}

function notesOf({ before, after }: Consolidation, asked: number): readonly string[] {
  const { t } = vscode.l10n;
  const freed = before.bytes - after.bytes;
  return [
    t(
      '{0} statements become {1}: {2} bytes are freed.',
      before.statements,
      after.statements,
      numberWords(freed),
    ),
    t(
      '{0} requests were put to the policy before and after: every answer is the same.',
      numberWords(asked),
    ),
  ];
}
