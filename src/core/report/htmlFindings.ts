import { severities } from '../findings/finding';
import type { Html } from './html';
import { html } from './html';
import type { HtmlWords } from './htmlWords';
import { laidOut, placesLaidOut } from './laidOut';
import type { Report, ReportedFinding, ReportedResource } from './report';
import type { TextPlace } from './textPlace';

/** More lines than a statement mostly has; the rest of a long one is counted. */
const mostLines = 40;

/** The findings by severity, each with the place that it speaks of; those accepted at the end. */
export function findingSections({ audits }: Report, words: HtmlWords): Html {
  const all = audits.flatMap(({ findings, resources }) => {
    const excerptOf = excerpts(resources, words);
    return findings.map((finding) => ({ finding, excerpt: excerptOf(finding) }));
  });
  const isAccepted = ({ finding }: (typeof all)[number]) => finding.accepted?.holds === true;
  const groups = severities.map((severity) => {
    const found = all.filter((one) => !isAccepted(one) && one.finding.severity === severity);
    return { title: words.severityTitle(severity), className: severity, found };
  });
  const accepted = { title: words.accepted, className: 'accepted', found: all.filter(isAccepted) };
  const shown = [...groups, accepted].filter(({ found }) => found.length > 0);
  return html`<section aria-labelledby="findings">
    <h2 id="findings">${words.findings}</h2>
    ${shown.length === 0 ? html`<p>${words.noFindings}</p>` : undefined}
    ${shown.map(
      ({ title, className, found }) =>
        html`<h3 class="${className}">${title} (${found.length})</h3>
          ${found.map(({ finding, excerpt }) => article(finding, excerpt, words))}`,
    )}
  </section>`;
}

function article(finding: ReportedFinding, lines: Html | undefined, words: HtmlWords): Html {
  const { title, ruleTitle, rule, reason, remedy, arn, sid, isNew, accepted } = finding;
  const acceptance =
    accepted &&
    (accepted.holds ? words.acceptedUntil : words.wasAcceptedUntil)(
      accepted.until,
      accepted.reason,
    );
  return html`<article>
    <h4>${title}${isNew === true ? html` <span class="mark">${words.isNew}</span>` : undefined}</h4>
    <p class="place">
      <code>${arn}</code>${sid === undefined ? undefined : html` · <code>${sid}</code>`} ·
      ${ruleTitle} (<code>${rule}</code>)
    </p>
    <p>${reason} ${remedy}</p>
    ${acceptance === undefined ? undefined : html`<p>${acceptance}</p>`} ${lines}
  </article>`;
}

interface ShownPolicy {
  readonly lines: readonly string[];
  readonly placeOf: ReturnType<typeof placesLaidOut>;
}

/** The statement that a finding speaks of, with the number of its first line. */
function excerpts(
  resources: readonly ReportedResource[],
  words: HtmlWords,
): (finding: ReportedFinding) => Html | undefined {
  const policies = new Map(resources.map(({ arn, policy }) => [arn, policy]));
  const known = new Map<string, ShownPolicy>();
  return ({ arn, place, statement }) => {
    const policy = policies.get(arn);
    // What is about the policy as a whole would be the policy as a whole.
    if (policy?.state !== 'policy' || place.length === policy.text.length) return undefined;
    const shown = known.get(arn) ?? shownPolicy(policy.text);
    known.set(arn, shown);
    return excerpt(shown, shown.placeOf(place), shown.placeOf(statement ?? place), words);
  };
}

function shownPolicy(text: string): ShownPolicy {
  const laid = laidOut(text);
  return { lines: laid.split(/\r\n|\r|\n/), placeOf: placesLaidOut(text, laid) };
}

function excerpt(
  { lines }: ShownPolicy,
  place: TextPlace,
  around: TextPlace,
  words: HtmlWords,
): Html {
  const isFar = place.startLine >= around.startLine + mostLines;
  const first = isFar ? place.startLine : around.startLine;
  const last = Math.min(around.endLine, first + mostLines - 1);
  const shown = lines.slice(first - 1, last).map((line, index) => {
    const number = first + index;
    return html`${marked(line, number, place)}${'\n'}`;
  });
  const rest = around.endLine - last;
  return html`<figure>
    <figcaption>${words.line(first)}</figcaption>
    <pre tabindex="0"><code>${shown}</code></pre>
    ${rest > 0 ? html`<p>${words.more(rest)}</p>` : undefined}
  </figure>`;
}

/** A line with what is meant of it, without the blanks that it begins with. */
function marked(line: string, number: number, place: TextPlace): Html | string {
  const { startLine, startColumn, endLine, endColumn } = place;
  if (number < startLine || number > endLine) return line;
  const from = number === startLine ? startColumn - 1 : line.length - line.trimStart().length;
  const to = number === endLine ? endColumn - 1 : line.length;
  return html`${line.slice(0, from)}<mark>${line.slice(from, to)}</mark>${line.slice(to)}`;
}
