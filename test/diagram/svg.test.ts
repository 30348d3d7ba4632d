import fc from 'fast-check';
import { DARK, LIGHT, PAGE } from '../../lib/diagram/palette';
import { svgDiagram } from '../../lib/diagram/svg';
import { layoutOf } from '../../lib/diagram/svg-layout';
import { fitted, textWidth, xmlText } from '../../lib/diagram/svg-text';
import { Topology } from '../../lib/diagram/topology';
import { placed } from '../../lib/diagram/vertical-places';
import { topology } from './support/drawing';
import { manyDeployments } from './support/many-deployments';
import { exampleStack, platformStack, SampleRelease } from './support/platform';
import { elementsOf } from './support/xml-elements';

const RELEASES: readonly (SampleRelease & { stage: string; from: number; to: number })[] = [
  { app: 'current', model: { name: 'gpt-5.1', version: '2025-11-13' }, stage: 'stable', from: 1000, to: 10_000 },
  { app: 'next', model: { name: 'gpt-5.6-sol', version: '2026-07-09' }, stage: 'canary', from: 0, to: 1000 },
  {
    app: 'direct',
    model: { name: 'gpt-5', version: '2025-08-07' },
    deployment: 'gpt-5_2025-08-07_globalstandard',
    stage: 'candidate',
    from: 0,
    to: 0,
  },
];

const DRAWN: readonly (readonly [string, Topology])[] = [
  ['a gateway', topology(exampleStack('gateway'))],
  ['an account', topology(exampleStack('private-account'))],
  ['releases behind a router', topology(platformStack(RELEASES))],
  ['two stacks', topology(platformStack(RELEASES), manyDeployments(40))],
  ['500 deployments', topology(manyDeployments(500))],
];

describe.each(DRAWN)('the layout of %s', (_, drawn) => {
  const layout = layoutOf(drawn);

  test('places every node once, in the column of its layer', () => {
    expect(layout.nodes.map(({ node }) => node.id).sort()).toEqual(drawn.nodes.map(({ id }) => id).sort());
    for (const { node, x, width } of layout.nodes) {
      const column = layout.columns.find(({ layer }) => layer === node.layer)!;
      expect(x).toBeGreaterThanOrEqual(column.x);
      expect(x + width).toBeLessThanOrEqual(column.x + column.width);
    }
  });

  test('lets no boxes and no frames overlap', () => {
    for (const boxes of [layout.nodes, layout.groups]) {
      const sorted = [...boxes].sort((left, right) => left.x - right.x || left.y - right.y);
      sorted.slice(1).forEach((box, index) => {
        const above = sorted[index]!;
        expect(above.x !== box.x || above.y + above.height < box.y).toBe(true);
      });
    }
  });

  test('leads no edge through a box', () => {
    const crossing = layout.edges.flatMap(({ path, routed }) =>
      pointsOf(path).filter(([x, y]) =>
        layout.nodes.some(
          (box) =>
            x > box.x &&
            x < box.x + box.width &&
            y > box.y &&
            y < box.y + box.height &&
            !routed.path.some((vertex) => vertex.id === box.node.id),
        ),
      ),
    );
    expect(crossing).toEqual([]);
    expect(layout.edges).toHaveLength(drawn.edges.length);
  });

  test('keeps labels apart, and text inside its box', () => {
    const labels = layout.edges.flatMap(({ label }) => label ?? []);
    expect(labels).toHaveLength(drawn.edges.filter(({ label }) => label !== undefined).length);
    for (const label of labels) {
      const near = labels.filter((other) => other.x === label.x && Math.abs(other.y - label.y) < 12);
      expect(near).toEqual([label]);
    }
    for (const { title, lines, width } of layout.nodes) {
      expect(textWidth(title) * 13 + 24).toBeLessThanOrEqual(width);
      lines.forEach((line) => expect(textWidth(line) * 11.5 + 24).toBeLessThanOrEqual(width));
    }
  });

  test('is the same bytes for the same topology', () => {
    expect(svgDiagram(drawn)).toBe(svgDiagram(structuredClone(drawn)));
  });
});

describe('the image', () => {
  const svg = svgDiagram(topology(platformStack(RELEASES)));

  test('is well-formed and has a name and a description for those who do not see it', () => {
    const elements = elementsOf(svg);
    const root = elements[0]!;
    expect([root.name, root.attributes.role]).toEqual(['svg', 'img']);
    const [title, description] = root.attributes['aria-labelledby']!.split(' ');
    expect(elements.find(({ attributes }) => attributes.id === title)?.text).toBe(
      'From application to models: gateway',
    );
    expect(elements.find(({ attributes }) => attributes.id === description)?.text).toMatch(
      /^Lifecycle stages on 2026-11-21, catalogue of 2026-10-05\. 6 model deployments; .*gpt-5@2025-08-07, GlobalStandard, capacity 20, Generally Available, retires 2027-02-09, in 80 days/,
    );
  });

  test('loads nothing and runs nothing', () => {
    const names = new Set(elementsOf(svg).map(({ name }) => name));
    expect([...names].sort()).toEqual(['defs', 'desc', 'g', 'marker', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\((?!#)|href/);
  });

  test('writes stages and shares in words', () => {
    const texts = elementsOf(svg)
      .filter(({ name }) => name === 'text')
      .map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['90 %', '10 %', 'override only', 'failover 1', 'Generally Available']),
    );
  });

  test('turns dark on dark screens, never on paper', () => {
    expect(svg.match(/@media [^{]*/g)).toEqual(['@media screen and (prefers-color-scheme:dark)']);
  });

  test.each([
    '<script>alert(1)</script>',
    '"\'><svg onload="x"',
    ']]>&amp;',
    '\u0000\u202e\ud800\uffff',
    '😀'.repeat(200),
  ])('takes the name %j as text', (name) => {
    const hostile = svgDiagram(topology(manyDeployments(2, name)));
    const elements = elementsOf(hostile);
    expect(elements.some((element) => element.name === 'script')).toBe(false);
    expect(hostile).not.toMatch(/[\u0000-\u0008\u202e\ud800-\udbff](?![\udc00-\udfff])|\uffff/u);
  });

  test('of nothing is a note', () => {
    const texts = elementsOf(svgDiagram(topology({}))).map(({ text }) => text);
    expect(texts).toContain('No stack declares a model deployment, a route to one or a release.');
  });
});

describe('colours', () => {
  const pairs = [
    ...[LIGHT, DARK].flatMap((scheme) => Object.entries(scheme).map(([name, { fill, text }]) => [name, fill, text])),
    ...[PAGE.light, PAGE.dark].flatMap(({ fill, frame, text }) => [
      ['page', fill, text],
      ['frame', frame, text],
    ]),
  ] as [string, string, string][];

  test.each(pairs)('of %s (%s, %s) have a contrast of 4.5 at least', (_, fill, text) => {
    expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('places in a column', () => {
  const wish = fc.record({
    height: fc.integer({ min: 1, max: 50 }),
    top: fc.integer(),
    gap: fc.integer({ min: 0, max: 9 }),
  });

  test('never overlap, and are what was wished where that is possible', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const tops = placed(wishes);
        const free = (at: (index: number) => number, slack: number) =>
          wishes.every(
            ({ gap }, index) => index === 0 || at(index) - at(index - 1) - wishes[index - 1]!.height - gap >= -slack,
          );
        expect(free((index) => tops[index]!, 1e-3)).toBe(true);
        if (free((index) => wishes[index]!.top, 0)) {
          tops.forEach((top, index) => expect(top).toBeCloseTo(wishes[index]!.top, 3));
        }
      }),
    );
  });

  test('share what they cannot both have', () => {
    expect(
      placed([
        { height: 10, top: 0, gap: 0 },
        { height: 10, top: 0, gap: 4 },
      ]),
    ).toEqual([-7, 7]);
  });
});

describe('text of images', () => {
  test.each([
    ['short', 10, 'short'],
    ['gpt-4o-realtime-preview', 8, 'gpt-4o-realti…'],
    ['anything', 0, '…'],
  ])('%j in %d is %j', (text, width, expected) => {
    expect(fitted(text, width)).toBe(expected);
  });

  test('is escaped for content and attributes', () => {
    expect(xmlText(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
  });
});

/** Points along a path of `M`, `H` and `C` commands. */
function pointsOf(path: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, given] of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const numbers = given!.trim().split(/\s+/).map(Number);
    const [x0, y0] = [x, y];
    [x, y] = command === 'H' ? [numbers[0]!, y] : [numbers.at(-2)!, numbers.at(-1)!];
    for (let step = 0; step <= 20 && command !== 'M'; step += 1) {
      const t = step / 20;
      points.push(
        command === 'H'
          ? [x0 + (x - x0) * t, y]
          : [bezier(t, x0, numbers[0]!, numbers[2]!, x), bezier(t, y0, numbers[1]!, numbers[3]!, y)],
      );
    }
  }
  return points;
}

function bezier(t: number, a: number, b: number, c: number, d: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
