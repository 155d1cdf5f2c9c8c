import { Html } from './html';

/** Light or dark as the reader has it, and on paper black on white. */
export const styleText = new Html(`
:root { color-scheme: light dark; --text: #1f2328; --back: #ffffff; --soft: #f3f4f6; --line: #c9cdd3; --red: #b42318; --amber: #8a5300; --blue: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e6ea; --back: #16181c; --soft: #23262c; --line: #474c55; --red: #ff9a8f; --amber: #f0bd6b; --blue: #86bdf7; } }
body { margin: 0 auto; max-width: 70rem; padding: 1rem 1.5rem 4rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h4 { margin: 0 0 .25rem; }
a { color: var(--blue); }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
td ul { margin: 0; padding-left: 1.2rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; white-space: pre; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
figure { margin: .5rem 0 0; }
figcaption, .place { font-size: .875rem; }
article { border: 1px solid var(--line); border-left-width: .3rem; padding: .75rem 1rem; margin: .75rem 0; break-inside: avoid; }
.wide { overflow-x: auto; }
.warning { color: var(--red); font-weight: 600; }
p.warning { border: 2px solid var(--red); padding: .75rem 1rem; }
.high { color: var(--red); }
.medium { color: var(--amber); }
.low { color: var(--blue); }
.mark { border: 1px solid currentcolor; border-radius: .25rem; padding: 0 .3rem; font-size: .75rem; }
@media print { :root { --text: #000; --back: #fff; --soft: #fff; --line: #888; --red: #b42318; --amber: #8a5300; --blue: #000; } nav { display: none; } .wide, pre { overflow: visible; white-space: pre-wrap; } body { max-width: none; } }
`);
