/** Colours by purpose; text has a contrast of 4.5:1 at least on every ground it stands on (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
export interface Theme {
  readonly page: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly code: string;
  readonly track: string;
  readonly bar: string;
  readonly stop: Tone;
  readonly look: Tone;
  readonly go: Tone;
  readonly plain: Tone;
}

/** A ground and the text on it. */
export interface Tone {
  readonly ground: string;
  readonly text: string;
}

const LIGHT_THEME: Theme = {
  page: '#f6f7f9',
  card: '#ffffff',
  line: '#d8dde3',
  text: '#1f2328',
  quiet: '#565e68',
  code: '#eff1f4',
  track: '#e4e8ed',
  bar: '#3f6fb5',
  stop: { ground: '#fde8e8', text: '#8c1d18' },
  look: { ground: '#fdf0d5', text: '#744200' },
  go: { ground: '#def3e4', text: '#14532d' },
  plain: { ground: '#e8ecf1', text: '#39424d' },
};

const DARK_THEME: Theme = {
  page: '#0f1318',
  card: '#171c23',
  line: '#303842',
  text: '#e6eaef',
  quiet: '#a3adb8',
  code: '#222932',
  track: '#2a323c',
  bar: '#7aa7e8',
  stop: { ground: '#4a1613', text: '#ffc9c4' },
  look: { ground: '#43300a', text: '#fbdc9a' },
  go: { ground: '#12381f', text: '#b9efc8' },
  plain: { ground: '#28303a', text: '#cdd5de' },
};

const TONES = ['stop', 'look', 'go', 'plain'] as const;

/** The page's whole style sheet. */
export const STYLE_SHEET = [
  `:root{color-scheme:light dark;${variables(LIGHT_THEME)}}`,
  `@media (prefers-color-scheme:dark){:root{${variables(DARK_THEME)}}}`,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}',
  'main,footer{max-width:62rem;margin:0 auto;padding:1rem}',
  'h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}',
  'h2{font-size:1.15rem;margin:2.25rem 0 .75rem}',
  'h3{font-size:1.05rem;margin:0 0 .3rem;line-height:1.4}',
  'h3 code{background:none;padding:0;font-weight:650}',
  'p{margin:.35rem 0}',
  'code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;background:var(--code);padding:.1em .35em;border-radius:4px}',
  '.verdict{border-radius:10px;padding:1rem 1.25rem;margin:0 0 1rem;border-left:6px solid currentColor}',
  '.verdict strong{font-size:1.25rem;display:block}',
  '.figures{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:0;padding:0}',
  '.figures li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.35rem .75rem}',
  '.figures b{font-size:1.15rem;margin-right:.3rem}',
  '.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.9rem 1.1rem;margin:0 0 .75rem}',
  '.badge{display:inline-block;border-radius:999px;padding:.05rem .6rem;font-size:.82rem;font-weight:600}',
  '.badges{display:flex;flex-wrap:wrap;gap:.35rem;margin:.4rem 0}',
  '.quiet,footer{color:var(--quiet);font-size:.9rem}',
  '.models{font-size:1.05rem;margin:.5rem 0}',
  '.scroll{overflow-x:auto;margin:.6rem -1.1rem -.4rem;border-top:1px solid var(--line)}',
  '.scroll:focus-visible{outline:3px solid var(--bar);outline-offset:-3px}',
  'table{border-collapse:collapse;width:100%;min-width:46rem;font-size:.92rem;overflow-wrap:break-word}',
  'th,td{text-align:left;vertical-align:top;padding:.5rem 1.1rem;border-top:1px solid var(--line)}',
  'th:first-child{min-width:12rem}',
  'th code,td code{overflow-wrap:anywhere}',
  'td .badge{white-space:nowrap}',
  'thead th{border-top:0;white-space:nowrap;color:var(--quiet);font-weight:600;font-size:.85rem}',
  'tbody th{font-weight:400}',
  '.bar{display:block;width:100%;height:8px;margin-top:.3rem}',
  '.bar .track{fill:var(--track)}.bar .fill{fill:var(--bar)}',
  '.breadths{list-style:none;margin:.5rem 0;padding:0}',
  '.breadths li{padding:.15rem 0 .15rem 1.6rem;text-indent:-1.6rem}',
  '.breadths .tick{display:inline-block;width:1.6rem;text-indent:0;font-weight:700}',
  'ul.remarks{margin:.5rem 0;padding-left:1.2rem}',
  'details summary{cursor:pointer;padding:.4rem 0}',
  ...TONES.map((tone) => `.${tone}{background:var(--${tone}-ground);color:var(--${tone}-text)}`),
  '@media print{.card,.scroll{break-inside:avoid}}',
].join('\n');

function variables({ stop, look, go, plain, ...colours }: Theme): string {
  const tones = Object.entries({ stop, look, go, plain });
  return [
    ...Object.entries(colours).map(([name, value]) => `--${name}:${value}`),
    ...tones.flatMap(([name, { ground, text }]) => [`--${name}-ground:${ground}`, `--${name}-text:${text}`]),
  ].join(';');
}
