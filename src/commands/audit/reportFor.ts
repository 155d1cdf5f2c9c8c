import type { Audit } from '../../audit/audit';
import { reportOf } from '../../audit/reportOf';
import type { Report } from '../../core/report/report';
import type { CommandDeps } from '../deps';

/** What audits have brought by now. */
export function reportFor(
  { audits, auditSettings, connections, version }: CommandDeps,
  which: readonly Audit[],
): Report {
  return reportOf(which, {
    settings: auditSettings,
    findingsOf: (audit) => audits.findingsOf(audit),
    connection: (id) => connections.byId(id),
    toolVersion: version,
    now: Date.now(),
  });
}
