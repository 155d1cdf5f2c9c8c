import type { Audits } from '../audit/audits';
import type { Resource } from '../core/resource';
import { findingReason, findingRemedy, findingTitle } from '../words/findingWords';
import type { PageFinding } from './protocol';

/** What the policy page says of a policy beside its text: what nobody accepted. */
export function pageFindings(
  audits: Audits,
  connectionId: string,
  resource: Resource,
  text: string,
): readonly PageFinding[] {
  return audits
    .findingsAt(connectionId, resource)
    .filter(({ isAccepted, reading }) => !isAccepted && reading.text === text)
    .map(({ finding, severity }) => ({
      key: finding.key,
      ...finding.place,
      severity,
      statement: finding.statement?.identity,
      title: findingTitle(finding),
      details: [findingReason(finding), findingRemedy(finding)],
    }));
}
