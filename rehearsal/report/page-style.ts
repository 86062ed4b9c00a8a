/** The look of the report's page. */
export const PAGE_STYLE = `
:root{--ink:#1c2b24;--soft:#5b6b63;--line:#d5ddd8;--paper:#fff;--tint:#f3f7f4;--green:#1d6b45;--k1:#1d6b45;--k2:#b4421b;--k3:#9aa8a0;--k4:#5d5aa6;--k5:#d9a441;--k6:#7a1f2b}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:16px/1.55 "Be Vietnam Pro",Inter,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:1100px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:30px;line-height:1.25;margin:4px 0 12px}
h2{font-size:22px;margin:0 0 16px;padding-bottom:6px;border-bottom:2px solid var(--green)}
h3{font-size:17px;margin:28px 0 8px}
span[lang=en]{color:var(--soft);font-weight:400;font-size:.82em}
.eyebrow{margin:0;color:var(--green);font-weight:600}
.facts{margin:0;padding-left:18px}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:22px 24px;margin-top:24px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin-top:24px}
.figure{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:14px 16px;display:flex;flex-direction:column}
.figure b{font-size:28px;line-height:1.2;font-variant-numeric:tabular-nums}
figure{margin:18px 0 0}
figcaption{font-weight:600;margin-bottom:6px}
svg{display:block;width:100%;height:auto;font-size:12px}
svg text{fill:var(--ink)}
svg .in{fill:#fff;font-weight:600}
.grid{stroke:var(--line)}.tick{stroke:var(--soft)}
.bar{fill:var(--green)}
.k1{fill:var(--k1)}.k2{fill:var(--k2)}.k3{fill:var(--k3)}.k4{fill:var(--k4)}.k5{fill:var(--k5)}.k6{fill:var(--k6)}
.k2,.k4,.k6{stroke:#fff;stroke-dasharray:3 2}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:0 0 8px;font-size:14px}
.legend svg{width:12px;height:12px;display:inline-block;margin-right:6px;vertical-align:-1px}
.wide{overflow-x:auto}
table{border-collapse:collapse;min-width:55%;font-size:14px}
th,td{border-bottom:1px solid var(--line);padding:6px 8px;text-align:left;vertical-align:top}
th{background:var(--tint);border-bottom:2px solid var(--line)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.note,.none{color:var(--soft);font-size:14px;margin:6px 0}
.better{color:var(--green);font-weight:600}.worse{color:var(--k2);font-weight:600}
@page{size:A4 landscape;margin:12mm}
@media print{body{background:#fff;font-size:11pt}main{max-width:none;padding:0}section{border:0;padding:0;break-inside:auto}h2,h3,figcaption{break-after:avoid}figure,tr{break-inside:avoid}thead{display:table-header-group}.figures{grid-template-columns:repeat(5,1fr)}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`.replace(/\n/g, '');
