import type { Html } from './html';
import { html } from './html';
import type { HtmlWords } from './htmlWords';
import type { Report, ReportedFinding, ReportedResource } from './report';
import { fullNameOf, isComplete, notReadOf } from './report';

/** Who gets in where; also by what is meant to be so, which is marked. */
export function whoSection({ audits }: Report, words: HtmlWords): Html {
  const byWho = new Map<string, ReportedFinding[]>();
  for (const finding of audits.flatMap(({ findings }) => findings)) {
    const { who } = finding;
    if (who !== undefined) byWho.set(who, [...(byWho.get(who) ?? []), finding]);
  }
  const rows = [...byWho].map(
    ([who, findings]) =>
      html`<tr>
        <th scope="row">${who}</th>
        <td>
          <ul>
            ${findings.map((finding) => wayIn(finding, words))}
          </ul>
        </td>
      </tr> `,
  );
  const head = [words.who, words.where];
  const rest = rows.length === 0 ? html`<p>${words.noFindings}</p>` : table(head, rows, words.who);
  return section('who', words.whoGetsIn, rest);
}

function wayIn({ title, arn, accepted }: ReportedFinding, words: HtmlWords): Html {
  const mark = accepted?.holds === true && html` <span class="mark">${words.accepted}</span>`;
  return html`<li><code>${arn}</code>: ${title}${mark || undefined}</li>`;
}

export function inventorySection({ audits }: Report, words: HtmlWords): Html {
  const rows = audits.flatMap(({ resources }) =>
    resources.map((resource) => resourceRow(resource, words)),
  );
  const { kind, name, arn, policy, bytes, statements } = words;
  const head = [name, kind, policy, statements, bytes, arn];
  return section('inventory', words.inventory, table(head, rows, words.inventory));
}

/** Nothing where all was read. */
export function notReadSection(report: Report, words: HtmlWords): Html | undefined {
  if (isComplete(report)) return undefined;
  const rows = report.audits.flatMap((audit) =>
    notReadOf(audit).map(
      ({ arn, reason }) =>
        html`<tr>
          <th scope="row">${audit.title}</th>
          <td>${reason}</td>
          <td><code>${arn}</code></td>
        </tr> `,
    ),
  );
  const head = [words.connection, words.reason, words.arn];
  return section('not-read', words.notRead, table(head, rows, words.notRead));
}

function resourceRow(resource: ReportedResource, words: HtmlWords): Html {
  const { arn, kind, policy } = resource;
  const state = words.policyState(policy.state);
  const isKnown = policy.state === 'policy' || policy.state === 'none';
  const numbers = policy.state === 'policy' ? policy : undefined;
  return html`<tr>
    <th scope="row">${fullNameOf(resource)}</th>
    <td>${words.kindTitle(kind)}</td>
    <td>${isKnown ? state : html`<strong class="warning">${state}</strong>`}</td>
    <td>${numbers?.statements}</td>
    <td>${numbers?.bytes}</td>
    <td><code>${arn}</code></td>
  </tr> `;
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

/** It scrolls by itself where the page is too narrow, also by keyboard. */
function table(head: readonly string[], rows: readonly Html[], label: string): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
