import type { CliPlace } from '../cliCommand';
import { cliCommand } from '../cliCommand';
import { grantOf } from '../grantStatement';
import { parsePolicy, statementsOf } from '../policy';
import type { PolicyCall } from '../policyStore';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import { sdkCall } from './callInput';
import type { Copied, CopyNote, CopySubject } from './subject';
import { distinctNotes } from './subject';

/** A subject with the credentials that its commands use. */
export interface CliSubject {
  readonly subject: CopySubject;
  readonly place: CliPlace;
}

/** Commands of the AWS CLI, one a line: those of a change, or those that make what is there. */
export function copyAsCli(subjects: readonly CliSubject[]): Copied {
  const all = subjects.map(({ subject, place }) => {
    const { calls, notes } = callsOf(subject);
    const commands = calls.flatMap((call) => {
      const sdk = sdkCall(subject.resource, call);
      return sdk ? [cliCommand(sdk.operation, sdk.input, place)] : [];
    });
    return { commands, notes };
  });
  // Two statements of one policy that is written whole are one command.
  const commands = new Set(all.flatMap((one) => one.commands));
  return { text: [...commands].join('\n'), notes: distinctNotes(all.flatMap((one) => one.notes)) };
}

interface Calls {
  readonly calls: readonly PolicyCall[];
  readonly notes: readonly CopyNote[];
}

function callsOf(subject: CopySubject): Calls {
  const { resource } = subject;
  switch (subject.type) {
    case 'calls':
      return { calls: subject.calls, notes: [] };
    case 'statement':
      return statementCalls(subject.statement, resource, subject.policy);
    case 'policy': {
      if (resource.kind !== 'layerVersion') return wholePolicy(subject.policy);
      const each = statementsOf(parsePolicy(subject.policy)).map((statement) =>
        statementCalls(statement, resource, subject.policy),
      );
      return {
        calls: each.flatMap(({ calls }) => calls),
        notes: each.flatMap(({ notes }) => notes),
      };
    }
  }
}

function statementCalls(statement: Statement, resource: Resource, policy: string): Calls {
  const grant = grantOf(statement, resource);
  if (grant) return { calls: [{ type: 'addStatement', grant }], notes: [] };
  if (resource.kind !== 'layerVersion') return wholePolicy(policy);
  return { calls: [], notes: [{ code: 'notExpressible', statement }] };
}

function wholePolicy(text: string): Calls {
  return { calls: [{ type: 'putPolicy', text }], notes: [{ code: 'replacesPolicy' }] };
}
