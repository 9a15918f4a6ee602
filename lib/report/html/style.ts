/** The one style of a page. Colours are named once for light and once for dark. */
export const STYLE = `
:root{--bg:#f6f7f9;--card:#fff;--text:#1c2430;--soft:#566173;--line:#dde2ea;--link:#0b5cad;--code:#f0f2f6;
--bad:#b3261e;--badbg:#fdecea;--warn:#7a4d00;--warnbg:#fff3d6;--info:#0b5cad;--infobg:#e6f0fb;--good:#1b6b3a;--goodbg:#e3f4e9}
@media (prefers-color-scheme:dark){:root{--bg:#12161d;--card:#1a2029;--text:#e5e9f0;--soft:#a3afc0;--line:#2e3744;
--link:#7fb8f5;--code:#232b36;--bad:#ff9d94;--badbg:#45201e;--warn:#f5c76b;--warnbg:#3d3014;--info:#8cc2fa;--infobg:#1b3350;
--good:#86d6a2;--goodbg:#17382a}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2rem}
.command{margin:0;color:var(--soft);font-size:.875rem}
h1{margin:.25rem 0;font-size:1.5rem;line-height:1.3;font-weight:600;overflow-wrap:anywhere}
h2{font-size:1.125rem;margin:1.5rem 0 .75rem}
h3{font-size:1rem;margin:0;font-weight:600;overflow-wrap:anywhere}
h4{font-size:.875rem;margin:.75rem 0 .25rem;color:var(--soft);font-weight:600}
p,ul{margin:.5rem 0}
ul{padding-left:1.25rem}
a{color:var(--link)}
.about,.soft{color:var(--soft)}
.about{overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:.25rem;margin-top:1rem;border-bottom:1px solid var(--line)}
nav a{padding:.5rem .75rem;color:var(--soft);text-decoration:none;border-bottom:2px solid transparent;margin-bottom:-1px}
nav a:hover{color:var(--text)}
nav a[aria-selected=true]{color:var(--text);border-color:var(--link);font-weight:600}
.count{color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 .75rem;
content-visibility:auto;contain-intrinsic-size:auto 8rem}
.card:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
.mark{display:inline-block;font-size:.75rem;line-height:1.25rem;padding:0 .5rem;border-radius:4px;font-weight:600;
vertical-align:middle;white-space:nowrap}
.bad,.error,.refused,.removed,.rejected,.deleted{color:var(--bad);background:var(--badbg)}
.warning,.dropped,.warned,.replaced{color:var(--warn);background:var(--warnbg)}
.info,.updated{color:var(--info);background:var(--infobg)}
.good,.ok,.created{color:var(--good);background:var(--goodbg)}
.unknown,.none{color:var(--soft);background:var(--code)}
.finding{margin:.75rem 0 0;padding-top:.75rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
code,pre{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{unicode-bidi:isolate;overflow-wrap:anywhere}
pre{background:var(--code);padding:.75rem;border-radius:6px;overflow:auto;margin:.5rem 0;max-height:30rem}
.scroll{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;background:var(--card);width:100%}
th,td{border:1px solid var(--line);padding:.375rem .625rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td,td code,th code{overflow-wrap:break-word}
td{min-width:5rem}
thead th{white-space:nowrap;background:var(--code);font-weight:600;font-size:.875rem}
tbody th{font-weight:400;min-width:12rem}
.number{text-align:right;font-variant-numeric:tabular-nums}
.tools{display:flex;flex-wrap:wrap;gap:1rem;margin:0 0 1rem;align-items:end}
.tools label{display:grid;gap:.25rem;font-size:.875rem;color:var(--soft)}
.tools input,.tools select{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--soft);border-radius:6px;
padding:0 .5rem;height:2.25rem;min-width:12rem}
.tools output{color:var(--soft);padding:.375rem 0}
.node{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.25rem 1rem;align-items:center}
.node>h3{grid-column:1/-1}
.bar{width:100%;height:.875rem;fill:var(--link)}
.bar .track{fill:var(--line)}
.bar .over{fill:var(--bad)}
.pods{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;padding:0;margin:.25rem 0 0}
.pods li{background:var(--infobg);color:var(--info);border-radius:4px;padding:0 .5rem;font-size:.8125rem;overflow-wrap:anywhere}
figure.graph{margin:0 0 1rem}
@media (min-width:76rem){figure.graph{margin:0 calc((72rem - min(100vw - 3rem,110rem))/2 - .75rem) 1rem}}
figcaption{color:var(--soft);font-size:.875rem;margin:0 0 .5rem;overflow-wrap:anywhere}
.canvas{overflow:auto;max-height:75vh;background:var(--card);border:1px solid var(--line);border-radius:8px}
.live .canvas{overflow:hidden;touch-action:pan-y;cursor:grab}
.live svg{display:block;width:100%;height:65vh;min-height:20rem}
.graph svg{font-size:12px}
.graph text{fill:var(--text);text-anchor:middle}
.graph .group{text-anchor:start;fill:var(--soft)}
.graph .kind{fill:var(--soft)}
.graph .name{font-weight:600}
.graph .remark{font-size:11px}
.frame{fill:none;stroke:var(--soft);stroke-dasharray:2 4}
.node rect{fill:var(--code);stroke:var(--soft)}
.node.outside rect,.edge.optional{stroke-dasharray:5 4}
.node.warning rect{fill:var(--warnbg);stroke:var(--warn);stroke-width:1.5}
.node.error rect{fill:var(--badbg);stroke:var(--bad);stroke-width:2}
.node.created rect{stroke:var(--good);stroke-width:3}
.node.updated rect{stroke:var(--info);stroke-width:3}
.node.pods-replaced rect{stroke:var(--warn);stroke-width:3}
.node.deleted rect{stroke:var(--bad);stroke-width:3;stroke-dasharray:6 4}
.node.rejected rect{stroke:var(--bad);stroke-width:5}
.node{background:none}
a.node[href]{cursor:pointer}
a.node:hover rect{fill:var(--infobg)}
.node:focus{outline:none}
.node:focus-visible rect,.node.selected rect{stroke:var(--link);stroke-width:4;stroke-dasharray:none}
.edge{fill:none;stroke:var(--soft)}
.edge.gained{stroke:var(--good);stroke-width:2.5}
.edge.lost{stroke:var(--bad);stroke-width:2.5;stroke-dasharray:6 4}
.edge.near{stroke:var(--link);stroke-width:2}
.tip{fill:var(--soft)}
.dim,.far{opacity:.2}
.panel{position:relative;margin-top:.75rem}
.panel>button{position:absolute;right:.5rem;top:.5rem;z-index:1}
.panel>.card{padding-right:3rem;margin:0}
@media (min-width:60rem){.stage.open{display:grid;grid-template-columns:minmax(0,1fr) 27rem;gap:.75rem}
.stage.open .panel{margin:0;max-height:65vh;overflow:auto}}
.zoom{display:flex;gap:.25rem}
button{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--soft);border-radius:6px;height:2.25rem;
min-width:2.25rem;padding:0 .625rem;cursor:pointer}
h3.place,h3.part{margin:1.5rem 0 .5rem}
h3.part{font-size:1.125rem}
section{scroll-margin-top:100vh}
summary{cursor:pointer;color:var(--link);padding:.25rem 0}
footer{color:var(--soft);font-size:.875rem;padding-top:1.5rem;padding-bottom:2rem}
[hidden]{display:none!important}
@media (max-width:40rem){header,main,footer{padding-left:1rem;padding-right:1rem}.node{grid-template-columns:1fr}
.tools{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}.tools label:first-child,.tools output{grid-column:1/-1}
.tools input,.tools select{width:100%;min-width:0}tbody th{min-width:8rem}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{:root{--bg:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--code:#f3f3f3}nav,.tools,.skip,.panel{display:none}.canvas{max-height:none;overflow:visible}.graph svg{width:100%;height:auto;min-height:0}
section[hidden]{display:block!important}.card{break-inside:avoid;content-visibility:visible}pre{max-height:none;white-space:pre-wrap}}
`;
