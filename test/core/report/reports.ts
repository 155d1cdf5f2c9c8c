import type {
  Report,
  ReportedAudit,
  ReportedFinding,
  ReportedResource,
} from '../../../src/core/report/report';
import { ruleIds } from '../../../src/core/findings/finding';
import { usualSeverityOf } from '../../../src/core/findings/rules';
import { textPlaces } from '../../../src/core/report/textPlace';
import type { HtmlWords } from '../../../src/core/report/htmlWords';

export const account = '123456789012';
export const madeAt = Date.parse('2026-11-29T10:00:00Z');

/** Everything that hurts somewhere: HTML, CSV, Markdown, arguments, control and direction characters. */
export const hostile = `=cmd|'/c calc'!A1"><script>alert(1)</script>&[x](command:evil){0}\u202e\u0007,\r\n</style>`;

/** What has to be seen of it where a person reads. */
export const hostileShown = ['\\u202e', '\\u0007'];

export const statement = (sid: string) =>
  `{"Sid":${JSON.stringify(sid)},"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction"}`;

export const policyText = (...sids: readonly string[]) =>
  `{"Version":"2012-10-17","Statement":[${sids.map(statement).join()}]}`;

export function aResource(
  name: string,
  text: string | undefined,
  parts: Partial<ReportedResource> = {},
): ReportedResource {
  return {
    arn: `arn:aws:lambda:eu-west-1:${account}:function:${name}`,
    kind: 'lambdaFunction',
    name,
    policy:
      text === undefined
        ? { state: 'none', readAt: madeAt }
        : { state: 'policy', readAt: madeAt, text, bytes: text.length, statements: 1 },
    ...parts,
  };
}

/** A finding about `what` in the policy of a resource. */
export function aFinding(
  { arn, policy }: ReportedResource,
  what: string,
  parts: Partial<ReportedFinding> = {},
): ReportedFinding {
  const text = policy.state === 'policy' ? policy.text : '';
  const place = textPlaces(text)(text.indexOf(what), what.length);
  return {
    rule: 'public-access',
    ruleTitle: 'Public access',
    severity: 'high',
    title: 'Everyone may InvokeFunction',
    reason: 'No condition keeps anybody out.',
    remedy: 'Remove the statement.',
    who: 'Everyone',
    arn,
    sid: 'open',
    place,
    key: `["public-access","${arn}"]`,
    ...parts,
  };
}

export function anAudit(parts: Partial<ReportedAudit> = {}): ReportedAudit {
  return {
    title: 'Shop',
    accountId: account,
    region: 'eu-west-1',
    partition: 'aws',
    startedAt: madeAt - 60_000,
    endedAt: madeAt,
    state: 'complete',
    isWhole: true,
    hasBefore: false,
    resources: [],
    gaps: [],
    findings: [],
    ...parts,
  };
}

export function aReport(...audits: readonly ReportedAudit[]): Report {
  const rules = ruleIds.map((id) => ({
    id,
    title: `Title of ${id}`,
    description: `What ${id} looks for.`,
    remedy: 'Do something.',
    severity: usualSeverityOf(id),
    isOn: id !== 'near-limit',
  }));
  return { toolVersion: '1.2.3', madeAt, rules, audits };
}

/** An audit that ended before its time and met whatever can happen. */
export function partialAudit(): ReportedAudit {
  const open = aResource('orders', policyText('open'));
  const queue: ReportedResource = {
    arn: `arn:aws:sqs:eu-west-1:${account}:inbox.fifo`,
    kind: 'sqsQueue',
    name: 'inbox.fifo',
    policy: { state: 'notAskedFor', reason: 'The policy of queue inbox.fifo was not asked for.' },
  };
  const denied = aResource('secret', undefined, {
    qualifier: { type: 'alias', name: 'live' },
    arn: `arn:aws:lambda:eu-west-1:${account}:function:secret:live`,
    policy: {
      state: 'unreadable',
      readAt: madeAt,
      code: 'accessDenied',
      reason: 'Could not read: function secret, alias live: access denied.',
    },
  });
  const layer: ReportedResource = {
    arn: `arn:aws:lambda:eu-west-1:${account}:layer:common:3`,
    kind: 'layerVersion',
    name: 'common',
    qualifier: { type: 'version', name: '3' },
    policy: { state: 'none', readAt: madeAt },
  };
  return anAudit({
    state: 'cancelled',
    cutShort: 'The audit was cancelled.',
    isWhole: false,
    hasBefore: true,
    resources: [open, denied, layer, queue],
    gaps: [
      {
        kind: 'layerVersion',
        code: 'throttled',
        reason: 'Could not read: The list of Lambda layers.',
      },
    ],
    findings: [
      aFinding(open, statement('open'), { isNew: true }),
      aFinding(open, '"*"', {
        rule: 'locks-owner-out',
        severity: 'low',
        isNew: false,
        key: 'another',
        accepted: { reason: 'meant to be', until: madeAt + 1000, holds: true },
      }),
      aFinding(open, '"*"', {
        isNew: false,
        key: 'a third',
        accepted: { reason: 'was meant', until: madeAt - 1000, holds: false },
      }),
    ],
  });
}

/** Hostile in every text that comes from AWS or a person. */
export function hostileAudit(): ReportedAudit {
  const name = hostile;
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:${hostile}`;
  const resource = aResource(name, policyText(hostile), { arn });
  return anAudit({
    title: hostile,
    isWhole: false,
    cutShort: hostile,
    state: 'stopped',
    resources: [resource],
    gaps: [{ kind: 'sqsQueue', code: 'unexpected', reason: hostile, underArn: arn }],
    findings: [
      aFinding(resource, statement(hostile), {
        title: hostile,
        reason: hostile,
        who: hostile,
        sid: hostile,
        key: hostile,
        accepted: { reason: hostile, until: madeAt, holds: true },
      }),
    ],
  });
}

const names = [
  ...(['title', 'madeBy', 'contents', 'summary', 'findings', 'noFindings', 'whoGetsIn'] as const),
  ...(['inventory', 'notRead', 'accepted', 'isNew', 'connection', 'account', 'region'] as const),
  ...(['unknown', 'audited', 'state', 'whole', 'notWhole', 'count', 'severity', 'who'] as const),
  ...(['where', 'kind', 'name', 'arn', 'policy', 'policiesRead', 'bytes', 'statements'] as const),
  ...(['reason', 'withPolicy'] as const),
];

/** Each word says which it is. */
export const words: HtmlWords = {
  ...(Object.fromEntries(names.map((name) => [name, name])) as Record<
    (typeof names)[number],
    string
  >),
  language: 'en',
  warning: 'This is not all',
  severityTitle: (severity) => severity,
  kindTitle: (kind) => kind,
  policyState: (state) => `state ${state}`,
  time: (time) => new Date(time).toISOString(),
  line: (line) => `From line ${line}`,
  more: (lines) => `${lines} more`,
  acceptedUntil: (until, reason) => `Accepted until ${until}: ${reason}`,
  wasAcceptedUntil: (until, reason) => `It was accepted until ${until}: ${reason}`,
};
