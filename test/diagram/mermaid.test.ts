import { mermaidText } from '../../lib/contracts/mermaid-text';
import { mermaidDiagram } from '../../lib/diagram/mermaid';
import { topology } from './support/drawing';
import { manyDeployments } from './support/many-deployments';
import { exampleStack } from './support/platform';

const LABEL = /^(?:[^"#;:<>&`\\$[\]{}|]|#\d+;|<br\/>)*$/;

/** The labels of a diagram as Mermaid shows them: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function labels(text: string): string[] {
  return [...text.matchAll(/"([^"\n]*)"/g)].map(([, label]) =>
    label!.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
  );
}

describe('text in labels', () => {
  test.each([
    ['a quote', 'say "hi"', 'say #34;hi#34;'],
    ['brackets', 'a[0]{x}|b|', 'a#91;0#93;#123;x#125;#124;b#124;'],
    ['what looks like an entity', '#quot; #35;', '#35;quot#59; #35;35#59;'],
    ['a statement', 'a; click b "javascript:alert(1)"', 'a#59; click b #34;javascript#58;alert(1)#34;'],
    ['HTML', '<img src=x onerror=alert(1)>&lt;', '#60;img src=x onerror=alert(1)#62;#38;lt#59;'],
    ['a directive', '%%{init: {}}%%', '#37;%#123;init#58; #123;#125;#125;#37;%'],
    ['a line that Mermaid shortens', 'style x:y#z;', 'style x#58;y#35;z#59;'],
    ['Markdown', '`**bold**`', '#96;**bold**#96;'],
    ['formulas', '$$x$$', '#36;#36;x#36;#36;'],
    ['line breaks and control characters', 'a\nb\r\u0000', 'a#92;u#123;a#125;b#92;u#123;d#125;#92;u#123;0#125;'],
    ['marks that reorder text', 'a\u202eb', 'a#92;u#123;202e#125;b'],
    ['ordinary names', 'gpt-4o@2024-08-06, 90 % (chat_1)', 'gpt-4o@2024-08-06, 90 % (chat_1)'],
  ])('%s', (_, text, expected) => {
    expect(mermaidText(text)).toBe(expected);
    expect(expected).toMatch(LABEL);
  });
});

describe('a flowchart', () => {
  const text = mermaidDiagram(topology(exampleStack('gateway')));

  test('begins with its direction and says in words what it shows', () => {
    expect(text.split('\n').slice(0, 3)).toEqual([
      'flowchart LR',
      '  accTitle: Application to models',
      '  accDescr: Calls of applications on their way to model deployments, with lifecycle stages on 2026-11-21',
    ]);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('has only ids, labels and words of Mermaid', () => {
    const id = '[a-z]+_[0-9a-z_]+';
    const line = new RegExp(
      `^(?:flowchart LR| {2}acc(?:Title|Descr): .*| +${id}[[({]{1,2}".*"[\\])}]{1,2}| {2}subgraph (?:${id}|legend)\\[".*"\\]| {2}end` +
        `| {2}${id} (?:-->|-\\.->)(?:\\|".*"\\|)? ${id}| {2}classDef \\w+ [#0-9a-z:, -]+| {2}class [0-9a-z_,]+ \\w+)$`,
    );
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((one) => !line.test(one)),
    ).toEqual([]);
  });

  test('colours each deployment by its stage, has a legend and writes the stage as well', () => {
    expect(text).toContain('    legend_stage_generally_available["Generally Available"]');
    const members = /^ {2}class (.*) stage_generally_available$/m.exec(text)![1]!.split(',');
    expect(members).toHaveLength(6);
    expect(labels(text)).toContain(
      'gpt-5@2025-08-07<br/>GlobalStandard, capacity 20<br/>Generally Available, retires 2027-02-09, in 80 days',
    );
  });

  test('shows nothing but a note where there are no models', () => {
    expect(mermaidDiagram(topology({}))).toContain(
      '  note_0["No stack declares a model deployment, a route to one or a release."]\n',
    );
  });

  test('takes names as they are and never as markup', () => {
    const hostile = 'x"]:::y\nclick a href "javascript:alert(1)"; %%{init:{}}%% <script>`#quot;';
    const drawn = mermaidDiagram(topology(manyDeployments(1, hostile)));
    const own = drawn.split('\n').filter((line) => line.includes('javascript'));
    expect(own.length).toBeGreaterThan(0);
    for (const [, label] of drawn.matchAll(/"([^\n]*)"/g)) {
      expect(label).toMatch(LABEL);
    }
    expect(drawn).not.toContain('<script');
    expect(labels(drawn).join(' ')).toContain('<script>`#quot;');
  });

  test('warns where Mermaid would refuse it', () => {
    const [edges, length] = mermaidDiagram(topology(manyDeployments(501))).split('\n');
    expect(edges).toMatch(
      /^%% 501 edges: Mermaid draws 500 unless maxEdges says more; raise it where Mermaid is set up/,
    );
    expect(length).toMatch(/^%% \d+ characters: Mermaid reads 50000 unless maxTextSize says more;/);
    const hundred = mermaidDiagram(topology(manyDeployments(100)));
    expect(hundred).toMatch(/^flowchart LR\n/);
    expect(hundred.length).toBeLessThan(30_000);
  });
});
