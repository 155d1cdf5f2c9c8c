import * as vscode from 'vscode';
import { sceneOf } from '../connections/connectionWords';
import type { Connections } from '../connections/connections';
import type { ResourceTarget } from '../connections/targets';
import { toEditable } from '../core/policyStyle';
import type { PolicyReading } from '../core/policyStore';
import { startingPolicy } from '../core/startingPolicy';
import { failureSentence } from '../words/failureWords';
import { resourceWords } from '../words/resourceWords';
import type { Draft } from './drafts';
import { isSameText, targetKey } from './policyUri';

/** A policy as a document shows it. `mtime` grows with each new text. */
export interface PolicyVersion {
  readonly base: Draft['base'];
  readonly text: string;
  readonly mtime: number;
}

/** The policies as they were read, in the form in which documents show them. */
export class PolicyVersions {
  /** By policy, the newest last: a document may be behind by one. */
  private readonly versions = new Map<string, readonly PolicyVersion[]>();

  constructor(private readonly connections: Connections) {}

  /** The newest that was made. */
  latest(target: ResourceTarget): PolicyVersion | undefined {
    return this.versions.get(targetKey(target))?.at(-1);
  }

  /** The one that a document without changes shows, whatever became of its line ends. */
  showing(target: ResourceTarget, text: string): PolicyVersion | undefined {
    const versions = this.versions.get(targetKey(target)) ?? [];
    return versions.findLast((version) => isSameText(version.text, text));
  }

  /**
   * The policy as it was read last, or as a first read finds it. What cannot be read is an error,
   * never an empty text; a document that shows it already keeps what it has.
   */
  async current(target: ResourceTarget): Promise<PolicyVersion> {
    const connection = this.connections.byId(target.connectionId);
    const latest = this.latest(target);
    if (!connection) {
      if (latest) return latest;
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('The connection of {0} is no longer there.', resourceWords(target.resource)),
      );
    }
    const reading = await connection.readings.load(target.resource);
    // One that is only shown has no form to begin with: its document counts as deleted.
    if (reading.state === 'none' && target.resource.kind === 'layerVersion') {
      const words = vscode.l10n.t('There is no policy on {0}.', resourceWords(target.resource));
      throw vscode.FileSystemError.FileNotFound(words);
    }
    if (reading.state !== 'unreadable') return this.versionOf(target, reading);
    if (latest) return latest;
    const what = vscode.l10n.t(
      'The policy of {0} could not be read',
      resourceWords(target.resource),
    );
    throw vscode.FileSystemError.Unavailable(
      failureSentence(what, reading.failure, sceneOf(connection)),
    );
  }

  private versionOf(
    target: ResourceTarget,
    reading: Exclude<PolicyReading, { state: 'unreadable' }>,
  ): PolicyVersion {
    const latest = this.latest(target);
    const base = baseOf(reading);
    const isSame = latest && latest.base.text === base.text;
    if (isSame && latest.base.revision === base.revision) return latest;
    const text = base.text === undefined ? startingPolicy(target.resource) : toEditable(base.text);
    const mtime = isSame ? latest.mtime : Math.max(reading.readAt, (latest?.mtime ?? 0) + 1);
    const version: PolicyVersion = { base, text, mtime };
    const key = targetKey(target);
    this.versions.set(key, [...(this.versions.get(key) ?? []).slice(-2), version]);
    return version;
  }
}

/** What a draft is based on when it was made from a policy as it was read. */
export function baseOf(reading: Exclude<PolicyReading, { state: 'unreadable' }>): Draft['base'] {
  return reading.state === 'none'
    ? { text: undefined }
    : { text: reading.text, revision: reading.revision };
}
