/** The look of a report: the colours of the house in light and dark, no fonts or files of its own. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1b1f1d; --muted: #5b6560; --ground: #fbfbf9; --panel: #ffffff; --line: #e2e5e1;
  --leaf: #1f7a4d; --ice: #2b6f9e; --bloom: #9a4f96; --amber: #8a5a00; --red: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e8ecea; --muted: #9aa6a0; --ground: #111412; --panel: #191d1b; --line: #2b312e;
    --leaf: #4cc38a; --ice: #6bb8e8; --bloom: #d59ad1; --amber: #e2b04a; --red: #f2867e;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px 48px; max-width: 1120px; background: var(--ground); color: var(--text);
  font: 14px/20px "Inter Variable", Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0 0 4px; font-size: 28px; line-height: 36px; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 40px 0 4px; padding-top: 24px; border-top: 1px solid var(--line); font-size: 20px; line-height: 28px;
  font-weight: 600; }
h3 { margin: 24px 0 8px; font-size: 14px; font-weight: 600; }
p { margin: 0 0 12px; max-width: 65ch; }
a { color: inherit; text-underline-offset: 3px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 20px 0 0; }
code, .file { font-family: "JetBrains Mono Variable", ui-monospace, monospace; font-size: 12px; }
.muted, .file, figcaption .why { color: var(--muted); }
.file { display: block; line-height: 16px; overflow-wrap: anywhere; }
.accuracy { font-size: 20px; line-height: 28px; margin: 16px 0 0; }
.notice { color: var(--amber); }
.strip { display: flex; gap: 2px; margin: 16px 0 4px; max-width: 480px; }
.strip span { flex: 1; height: 12px; border-radius: 2px; }
.frozen { background: repeating-linear-gradient(90deg, var(--ice) 0 3px, transparent 3px 4px); }
.trained { background: repeating-linear-gradient(135deg, var(--leaf) 0 4px, transparent 4px 6px); }
.head { background: var(--bloom); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 4px 24px 4px 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 500; color: var(--muted); }
td.number, th.number { text-align: right; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(168px, 1fr)); gap: 12px; }
.gallery.wide { grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); }
figure { margin: 0; padding: 8px; background: var(--panel); border: 1px solid var(--line); border-radius: 6px;
  min-width: 0; }
.pictures { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 8px; }
.pictures img, .absent { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; background: var(--ground);
  border-radius: 4px; }
.absent { display: grid; place-items: center; padding: 8px; text-align: center; color: var(--muted); font-size: 12px;
  line-height: 16px; border: 1px dashed var(--line); }
figcaption { margin-top: 8px; font-size: 13px; }
figcaption > span { display: block; }
.guess { color: var(--red); }
.bars { margin: 4px 0; }
.bar { display: grid; grid-template-columns: minmax(0, 1fr) 56px 52px; gap: 8px; align-items: center; font-size: 12px;
  line-height: 16px; }
.bar > :first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar i { display: block; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
.bar i b { display: block; height: 100%; background: var(--ice); }
.bar > :last-child { text-align: right; }
.given { font-weight: 600; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--muted); font-size: 13px; }
footer p { max-width: 80ch; }
@media (max-width: 480px) {
  .gallery { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
  th, td { padding-right: 12px; white-space: normal; }
}
@media print { figure { break-inside: avoid; } }
`;
