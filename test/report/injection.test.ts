import { FORMATS, Format, WRITERS } from '../../lib/report/writers';
import { structureOf, wordsOutsideCode } from './format-structure';
import { HOSTILE_TEXTS as GIVEN_TEXTS } from './hostile-texts';
import { azureCommands, githubCommands } from './log-readers';
import { MODEL_CHANGE, sampleFinding, sampleReport } from './sample-reports';
import { textPlaces, withTextAt } from './text-places';

const TEXTS: Readonly<Record<string, string>> = {
  ...GIVEN_TEXTS,
  'workflow command alone': '::error file=x::injected',
  'logging command alone': '##vso[task.setvariable variable=x;isOutput=true]y',
  'masking command': '##[add-mask]production ##[error]x',
  'encoded line break': '%0A::error::x%0D%0A##vso[task.complete result=Failed;] %250A %AZP250A',
  'closing a command': ']x ;result=Failed; ,title=x ::warning::y',
  'hyperlink of a terminal':
    '\u001b]8;;https://example.invalid\u001b\\text\u001b]8;;\u001b\\ \u001bP1$r\u001b\\ \u009d0;title\u009c',
  'XML entities': '&lt;script&gt; &#x40;octocat &amp;lt; <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  'JSON specials': '"},{"rule":"x"}] \\" \\u0000 \\ \b\f',
  'link over two lines': '[text]\n(https://example.invalid) [text][ref]\n\n[ref]: https://example.invalid',
  'alert and footnote': '> [!WARNING]\n> x[^a]\n\n[^a]: y',
  'script in a picture': '<svg/onload=alert(1)><iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
  'hidden by format characters': '\u061c\u00ad\u180e\ufff9\u{e0041}\u034f',
  'reference with entities': '&#64;octocat &commat;octocat &num;1 \\@octocat',
  'very long': `${'long '.repeat(20_000)}::error::x`,
};

const SHORT_TEXTS = Object.entries(TEXTS).filter(([, text]) => text.length < 1000);

const ALL_PLACES = textPlaces(MODEL_CHANGE);

/** Reports with these have fewer parts: what is empty is left out, and so is what is beyond the budget of Markdown. */
const DIFFERENTLY_BUILT: ReadonlySet<string> = new Set(['nothing', 'long backticks']);

const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|(?!\u200d)\p{Cf}/u;

// GitHub's own syntax that no parser here knows: https://github.github.com/gfm/ and
// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
const EFFECTIVE_ON_GITHUB =
  /@[a-z\d]|#\d|\bGH-\d|\bwww\.|https?:|\b[\da-f]{7,40}\b|:[a-z+_-]+:|~~|\[\^|\$[^\s]|\*\*|<[a-z!/]|!\[|\]\(/iu;

const OWN_COMMANDS: Readonly<Partial<Record<Format, readonly string[]>>> = {
  github: ['notice', 'error', 'warning'],
  'azure-devops': ['task.logissue', 'task.complete'],
};

/** What takes effect in a text of a format that must not: an empty list for a sound one. */
function effects(format: Format, text: string): string[] {
  const problems: string[] = [];
  const own = OWN_COMMANDS[format] ?? [];
  const commands = [...githubCommands(text), ...azureCommands(text)].filter(({ name }) => !own.includes(name));
  problems.push(...commands.map(({ name }) => `command ${name}`));
  const unseen = UNSEEN.exec(text);
  if (unseen !== null) {
    problems.push(`character ${unseen[0].codePointAt(0)!.toString(16)} at ${unseen.index}`);
  }
  if (format === 'markdown') {
    const effective = EFFECTIVE_ON_GITHUB.exec(wordsOutsideCode(text));
    problems.push(...(effective === null ? [] : [`reference or link ${effective[0]}`]), ...chartEffects(text));
  }
  if (format === 'sarif') {
    problems.push(...sarifEffects(text));
  }
  return problems;
}

function chartEffects(text: string): string[] {
  const charts = [...text.matchAll(/^```mermaid\n(.*?)^```$/gmsu)].map(([, chart]) => chart!);
  return charts
    .flatMap((chart) => /%%\{|^\s*click\b|<(?!br\/?>)\w|javascript:/mu.exec(chart) ?? [])
    .map((found) => `chart ${found}`);
}

interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
}

function sarifEffects(text: string): string[] {
  const results: { message: { text: string }; locations: SarifLocation[] }[] = JSON.parse(text).runs[0].results;
  return results.flatMap(({ message, locations }) => {
    const link = /(?<!\\)(?:\\\\)*\[[^\]]*\]\(/u.exec(message.text) ?? /(?<!\{)\{\d+\}/u.exec(message.text);
    const uris = locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri);
    return [...(link ?? []), ...uris.filter((uri) => /^(?!file:\/\/\/)(?:[a-z][a-z\d+.-]*:|\/\/)/iu.test(uri))];
  });
}

test('the writers make something of every place, so that the cases below are cases', () => {
  const json = WRITERS.json(withTextAt(MODEL_CHANGE, ALL_PLACES, 'canary'), {});
  expect(ALL_PLACES.length).toBeGreaterThan(150);
  expect(ALL_PLACES.map((place) => place.join('.'))).toEqual(
    expect.arrayContaining([
      'changes.releases.0.evaluation.reference',
      'changes.releases.0.evaluation.owner',
      'changes.traffic.0.rows.1.evaluation.reference',
    ]),
  );
  // The verdict repeats the message of one finding.
  expect(json.split('"canary"').length - 1).toBe(ALL_PLACES.length + 1);
});

test.each(FORMATS)('an ordinary report as %s has no effects', (format) => {
  expect(effects(format, WRITERS[format](MODEL_CHANGE, {}))).toEqual([]);
});

/** Programs read these through one escape for all places; people's formats are written place by place. */
const UNIFORM: ReadonlySet<Format> = new Set(['json', 'sarif', 'cyclonedx', 'junit']);

function placesFor(format: Format) {
  return UNIFORM.has(format) ? ALL_PLACES.filter((_place, index) => index % 5 === 0) : ALL_PLACES;
}

describe.each(FORMATS)('%s', (format) => {
  const write = WRITERS[format];

  test.each(Object.entries(TEXTS))('%s has no effect at all places at once', (name, hostile) => {
    const places = ALL_PLACES.filter((_place, index) => hostile.length < 10_000 || index % 20 === 0);
    const text = write(withTextAt(MODEL_CHANGE, places, hostile), {});
    expect(effects(format, text)).toEqual([]);
    if (!DIFFERENTLY_BUILT.has(name)) {
      expect(structureOf(format, text)).toEqual(
        structureOf(format, write(withTextAt(MODEL_CHANGE, places, 'word'), {})),
      );
    }
  });

  test('nothing has an effect at any single place', () => {
    const problems = placesFor(format).flatMap((place, index) => {
      const [name, hostile] = SHORT_TEXTS[index % SHORT_TEXTS.length]!;
      const text = write(withTextAt(MODEL_CHANGE, [place], hostile), {});
      return effects(format, text).map((problem) => `${name} at ${place.join('.')}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });
});

describe('text that is broken into lines', () => {
  const report = sampleReport({ findings: [sampleFinding()] });
  const places = textPlaces(report).filter(([part]) => part === 'findings');

  test.each(SHORT_TEXTS)('keeps %s without effect at every width', (_name, hostile) => {
    const texts = [40, 43].map((width) => WRITERS.text(withTextAt(report, places, hostile), { width }));
    expect(texts.flatMap((text) => effects('text', text))).toEqual([]);
  });

  test('has no escapes but colours where colours are asked for', () => {
    const text = WRITERS.text(withTextAt(report, places, SHORT_TEXTS.map(([, text]) => text).join(' ')), {
      colour: true,
      width: 100,
    });
    expect(effects('text', text.replace(/\u001b\[\d{1,2}m/gu, ''))).toEqual([]);
  });
});
