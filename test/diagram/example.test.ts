import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mermaidDiagram } from '../../lib/diagram/mermaid';
import { svgDiagram } from '../../lib/diagram/svg';
import { topology } from './support/drawing';
import { exampleStack } from './support/platform';

const DOCS = join(__dirname, '../../docs');

/**
 * To bring them up to date: `npx ts-node bin/model-lifecycle.ts diagram examples/gateway/expected/gateway.tf.json --as-of 2026-11-21`,
 * and `… examples/router-and-gateway/expected/chat.tf.json --as-of 2026-11-21 --format svg=docs/diagram-example.svg`.
 */
describe('the documentation shows what the examples give', () => {
  test('as Mermaid', () => {
    const [, shown] = /```mermaid\n([^]*?)```/.exec(readFileSync(join(DOCS, 'diagram.md'), 'utf8'))!;
    expect(shown).toBe(mermaidDiagram(topology(exampleStack('gateway'))));
  });

  test('as SVG', () => {
    const drawn = topology(exampleStack('router-and-gateway', 'chat'));
    expect(readFileSync(join(DOCS, 'diagram-example.svg'), 'utf8')).toBe(svgDiagram(drawn));
  });
});
