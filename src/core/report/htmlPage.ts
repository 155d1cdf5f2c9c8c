import { severities } from '../findings/finding';
import type { Html } from './html';
import { html } from './html';
import { findingSections } from './htmlFindings';
import { inventorySection, notReadSection, whoSection } from './htmlTables';
import { styleText } from './htmlStyle';
import type { HtmlWords } from './htmlWords';
import type { Report, ReportedAudit } from './report';
import { isComplete, isoTime } from './report';

/**
 * A report as one page that needs nothing else: no script runs in it and nothing is loaded, which its
 * policy says, too. To be read, printed and sent.
 */
export function htmlOf(report: Report, words: HtmlWords): string {
  const { madeAt, toolVersion } = report;
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${words.title}</title>
        <style>
          ${styleText}
        </style>
      </head>
      <body>
        <header>
          <h1>${words.title}</h1>
          <p>
            <time datetime="${isoTime(madeAt)}">${words.time(madeAt)}</time> · ${words.madeBy}
            ${toolVersion}
          </p>
          ${isComplete(report) ? undefined : html`<p class="warning" role="alert">${words.warning}</p>`}
          ${contents(report, words)}
        </header>
        <main>
          ${summarySection(report, words)} ${findingSections(report, words)}
          ${whoSection(report, words)} ${inventorySection(report, words)}
          ${notReadSection(report, words)}
        </main>
      </body>
    </html> `.text;
}

function contents(report: Report, words: HtmlWords): Html {
  const links = [
    ['summary', words.summary],
    ['findings', words.findings],
    ['who', words.whoGetsIn],
    ['inventory', words.inventory],
    ...(isComplete(report) ? [] : [['not-read', words.notRead] as const]),
  ] as const;
  const items = links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav aria-label="${words.contents}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

function summarySection({ audits }: Report, words: HtmlWords): Html {
  const open = audits.flatMap(({ findings }) =>
    findings.filter(({ accepted }) => accepted?.holds !== true),
  );
  const accepted = audits.reduce((sum, { findings }) => sum + findings.length, 0) - open.length;
  const counts = severities.map((severity) => {
    const { length } = open.filter((finding) => finding.severity === severity);
    return html`<tr>
      <th scope="row" class="${severity}">${words.severityTitle(severity)}</th>
      <td>${length}</td>
    </tr>`;
  });
  return html`<section aria-labelledby="summary">
    <h2 id="summary">${words.summary}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.severity}</th>
          <th scope="col">${words.count}</th>
        </tr>
      </thead>
      <tbody>
        ${counts}
        <tr>
          <th scope="row">${words.accepted}</th>
          <td>${accepted}</td>
        </tr>
      </tbody>
    </table>
    <div class="wide" tabindex="0" role="region" aria-label="${words.audited}">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.connection}</th>
            <th scope="col">${words.account}</th>
            <th scope="col">${words.region}</th>
            <th scope="col">${words.audited}</th>
            <th scope="col">${words.policiesRead}</th>
            <th scope="col">${words.withPolicy}</th>
            <th scope="col">${words.findings}</th>
            <th scope="col">${words.state}</th>
          </tr>
        </thead>
        <tbody>
          ${audits.map((audit) => auditRow(audit, words))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function auditRow(audit: ReportedAudit, words: HtmlWords): Html {
  const { title, accountId, region, startedAt, resources, findings, isWhole } = audit;
  const count = (...states: readonly string[]) =>
    resources.filter(({ policy }) => states.includes(policy.state)).length;
  const state = isWhole ? words.whole : html`<strong class="warning">${words.notWhole}</strong>`;
  return html`<tr>
    <th scope="row">${title}</th>
    <td>${accountId ?? words.unknown}</td>
    <td>${region ?? words.unknown}</td>
    <td>${words.time(startedAt)}</td>
    <td>${count('policy', 'none')}</td>
    <td>${count('policy')}</td>
    <td>${findings.length}</td>
    <td>${state}</td>
  </tr>`;
}
