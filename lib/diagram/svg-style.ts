import { DARK, LIGHT, PAGE } from './palette';
import { LABEL_SIZE, TEXT_SIZE, TITLE_SIZE } from './svg-measures';

/** Plain rules without variables: not every program that draws SVG knows those. Paper is white, whatever the screen is. */
export function styleSheet(): string {
  const scheme = (dark: boolean): string => {
    const page = dark ? PAGE.dark : PAGE.light;
    const paint = Object.entries(dark ? DARK : LIGHT).flatMap(([name, { fill, line, text }]) => [
      `.model-topology .${name} .box{fill:${fill};stroke:${line}}`,
      `.model-topology .${name} .stripe{stroke:${line}}`,
      `.model-topology .${name} text{fill:${text}}`,
    ]);
    return [
      `.model-topology .page{fill:${page.fill}}`,
      `.model-topology .frame{fill:${page.frame};stroke:${page.line}}`,
      `.model-topology .edge{stroke:${page.edge}}`,
      `.model-topology .arrow{fill:${page.edge}}`,
      `.model-topology text{fill:${page.text}}`,
      `.model-topology .label{stroke:${page.fill}}`,
      ...paint,
    ].join('');
  };
  return [
    '.model-topology text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;',
    `font-size:${TEXT_SIZE}px}`,
    '.model-topology .headline{font-size:16px;font-weight:600}',
    `.model-topology .title{font-size:${TITLE_SIZE}px;font-weight:600}`,
    '.model-topology .stage,.model-topology .header,.model-topology .column{font-weight:600}',
    `.model-topology .label{font-size:${LABEL_SIZE}px;font-weight:600;paint-order:stroke;stroke-width:4px;stroke-linejoin:round}`,
    '.model-topology .edge{fill:none;stroke-width:1.5px}',
    '.model-topology .secondary{stroke-dasharray:5 4}',
    '.model-topology .stripe{stroke-width:5px;fill:none}',
    '.model-topology .idle .box,.model-topology .unknown .box{stroke-dasharray:4 3}',
    scheme(false),
    `@media screen and (prefers-color-scheme:dark){${scheme(true)}}`,
  ].join('');
}
