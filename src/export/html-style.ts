/** The style of the HTML report. System fonts and colours by role, so that dark needs only other colours. */
export const STYLE = `
:root{--paper:#fff;--ink:#1b1f24;--dim:#5c6670;--line:#d9dee3;--soft:#f4f6f8;--accent:#0b62a8;--bad:#b3261e;--good:#1a7037;
--bad-soft:#fdecea;--good-soft:#e8f5ec;--warn:#8a5a00;--warn-soft:#fff6e0;--here:#fff1c2}
@media (prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e4e8ec;--dim:#9aa5b0;--line:#2f373f;--soft:#1d2329;--accent:#6cb4f0;
--bad:#ff8a80;--good:#7bd497;--bad-soft:#3a1f1e;--good-soft:#1c3324;--warn:#f0c060;--warn-soft:#332a14;--here:#43391a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:58rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
article+article{margin-top:3rem;border-top:2px solid var(--line);padding-top:2rem}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:.8rem;letter-spacing:.04em;color:var(--dim);margin:0 0 .35rem;font-weight:600}
header{border-left:5px solid var(--bad);padding-left:1rem;margin-bottom:1.5rem}
header.medium{border-color:var(--warn)}header.low{border-color:var(--dim)}
section{margin:0 0 1.4rem}
p{margin:0 0 .5rem;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","Noto Sans Mono CJK SC",monospace;font-size:.88em}
code{background:var(--soft);padding:.1em .3em;border-radius:3px}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.65rem .8rem;margin:.4rem 0;overflow-x:auto;tab-size:4;line-height:1.5}
pre.raised{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--bad)}
.facts{color:var(--dim);font-size:.88rem;margin:.4rem 0}
.facts span+span::before{content:"·";margin:0 .5em}
.note{background:var(--warn-soft);border-radius:6px;padding:.4rem .7rem;font-size:.93rem}
.dim{color:var(--dim);font-size:.92em}
.place strong{color:var(--accent);font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:1.02em}
.look{background:var(--soft);border-radius:8px;padding:.8rem 1rem}
.look pre,.look code{background:var(--paper)}
pre.source{padding:.5rem 0}
pre.source span{display:block;padding:0 .8rem;min-width:fit-content}
pre.source i{display:inline-block;min-width:2.5em;margin-right:1em;text-align:right;color:var(--dim);font-style:normal;user-select:none}
pre.source .here{background:var(--here);font-weight:600}
.cause{font-size:1.1rem}
.confidence{white-space:nowrap;font-size:.9rem;color:var(--dim);margin-left:.6rem}
.meter{display:inline-block;width:6rem;height:.5rem;border-radius:3px;background:var(--line);vertical-align:middle;overflow:hidden}
.meter span{display:block;height:100%;background:var(--accent)}
ul,ol{margin:.3rem 0;padding-left:1.4rem}
.evidence{list-style:none;padding-left:0}
.evidence li{padding-left:1.5rem;position:relative}
.evidence li::before{position:absolute;left:.15rem;font-weight:700}
.evidence .for::before{content:"+";color:var(--good)}
.evidence .against::before{content:"−";color:var(--bad)}
.evidence .open::before{content:"?";color:var(--dim)}
.evidence .open{color:var(--dim)}
.others{list-style:none;padding-left:0}
.others li{margin-bottom:.3rem;position:relative;padding-left:3.6em}
.others li.dim{padding-left:0}
.others b{position:absolute;left:0;color:var(--dim);font-weight:600}
pre.diff ins,pre.diff del,pre.diff span{display:block;text-decoration:none;margin:0 -.8rem;padding:0 .8rem;min-width:fit-content}
pre.diff ins{background:var(--good-soft);color:var(--good)}
pre.diff del{background:var(--bad-soft);color:var(--bad)}
pre.diff hr{border:0;border-top:1px dashed var(--line)}
pre.command::before{content:"$ ";color:var(--dim)}
details{margin:0 0 1.2rem;border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem}
summary{cursor:pointer;font-weight:600;font-size:.93rem}
.stack{font-size:.95rem;color:var(--dim)}
.stack .own{color:var(--ink);font-weight:600}
table{border-collapse:collapse;width:100%;margin-top:.4rem;font-size:.92rem}
td{vertical-align:top;padding:.35rem .6rem .35rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
td:nth-child(2){overflow-wrap:normal;min-width:5.5em}
.count{white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums;color:var(--dim)}
.bad{color:var(--bad)}
.identity,footer{color:var(--dim);font-size:.82rem}
@media print{body{font-size:12px}details{break-inside:avoid}}
`;
