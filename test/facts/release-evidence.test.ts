import { terraformTemplate } from '../../lib/contracts/terraform-template';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { environment, orchestrator, release, releaseVariables } from '../rules/release-stack';
import { change, facts, plan, shown } from './planned-resources';

const ONE = release();
const APP = 'azurerm_container_app.one';
const EVIDENCE = 'https://evaluations.contoso.com/run/42';

/** What the only release names, `<expression>` where that cannot be told. */
function evidenceIn({ releases }: ConfigurationFacts): unknown {
  expect(releases?.orchestrators).toHaveLength(1);
  return shown(releases!.orchestrators[0]!.evidence);
}

function ofStack(tags: unknown, more: Record<string, unknown> = {}): unknown {
  return evidenceIn(
    readStackConfiguration({ resource: { azurerm_container_app: { one: orchestrator(ONE, {}, { tags }) } }, ...more }),
  );
}

/** Values of the app as a plan has them: texts mean themselves. */
function values(tags: unknown): Record<string, unknown> {
  const { id, label, text } = ONE;
  const told = { RELEASE_ID: id, RELEASE_LABEL: label, RELEASE_MANIFEST: text };
  return { name: label, tags, template: [{ container: [{ name: 'orchestrator', env: environment(told) }] }] };
}

function ofPlan(tags: unknown, parts: { readonly unknown?: unknown; readonly sensitive?: unknown } = {}): unknown {
  const { unknown: afterUnknown = {}, sensitive: afterSensitive = {} } = parts;
  return evidenceIn(
    facts(plan([change(APP, { action: 'create', after: values(tags), afterUnknown, afterSensitive })])),
  );
}

const tag = (value: unknown) => ({ release: ONE.label, 'release-evidence': value });

describe('the evidence of a release in a stack', () => {
  test.each<[string, unknown, unknown]>([
    ['is the text of its tag', tag(EVIDENCE), EVIDENCE],
    ['is read whatever the case of the name, as Azure does', { 'Release-Evidence': EVIDENCE }, EVIDENCE],
    ['may hold what looks like an expression', tag(terraformTemplate('run ${42} %{if}')), 'run ${42} %{if}'],
    ['is absent without tags', undefined, undefined],
    ['is absent where the tags are null', null, undefined],
    ['is absent among other tags', { release: ONE.label, evidence: EVIDENCE }, undefined],
    ['is absent where the tag is null', tag(null), undefined],
    ['is absent where the tag is empty', tag(''), undefined],
    ['is absent where the tag holds nothing but space', tag(' \t\u00a0'), undefined],
    ['cannot be told where the tag is an expression', tag('${var.evidence}'), '<${var.evidence}>'],
    ['cannot be told where all tags are one expression', '${var.tags}', '<${var.tags}>'],
    ['cannot be told where the tags are a list', [tag(EVIDENCE)], '<a list or an object>'],
    ['cannot be told where the tag is a number', tag(42), '<a value that is no text>'],
    ['cannot be told where the tag is true', tag(true), '<a value that is no text>'],
    ['cannot be told where the tag is an object', tag({ url: EVIDENCE }), '<a list or an object>'],
    [
      'cannot be told where two tags have the name',
      { 'release-evidence': EVIDENCE, 'RELEASE-EVIDENCE': 'x' },
      '<2 tags of the same name>',
    ],
    ['is none that an object inherits', JSON.parse('{"__proto__":{"release-evidence":"x"}}'), undefined],
  ])('%s', (_what, tags, expected) => {
    expect(ofStack(tags)).toEqual(expected);
  });

  test('is found behind locals and functions', () => {
    const locals = { shared: { team: 'chat' }, run: 42 };
    expect(ofStack(tag('https://evaluations.contoso.com/run/${local.run}'), { locals })).toBe(EVIDENCE);
    expect(ofStack('${local.all}', { locals: { all: tag(EVIDENCE) } })).toBe(EVIDENCE);
  });

  test('is one for all containers of the app', () => {
    const container = { env: environment(releaseVariables(ONE)) };
    const app = { tags: tag(EVIDENCE), template: { container: [container, container] } };
    const { releases } = readStackConfiguration({ resource: { azurerm_container_app: { one: app } } });
    expect(releases!.orchestrators.map(({ evidence }) => shown(evidence))).toEqual([EVIDENCE, EVIDENCE]);
  });

  test.each<[string, object, unknown]>([
    ['beside the body', { tags: tag(EVIDENCE) }, EVIDENCE],
    ['in the body', { body: { tags: tag(EVIDENCE) } }, EVIDENCE],
    ['in both, of which azapi sends the one beside the body', { tags: tag('one'), body: { tags: tag('two') } }, 'one'],
    ['nowhere', {}, undefined],
  ])('is read from azapi: %s', (_what, given: { body?: object }, expected) => {
    const properties = { template: { containers: [{ env: environment(releaseVariables(ONE)) }] } };
    const app = { type: 'Microsoft.App/containerApps@2025-01-01', ...given, body: { ...given.body, properties } };
    expect(evidenceIn(readStackConfiguration({ resource: { azapi_resource: { one: app } } }))).toEqual(expected);
  });
});

describe('the evidence of a release in a plan', () => {
  const SECRET = 'https://evaluations.contoso.com/s3cr3t';

  test.each<[string, unknown, { unknown?: unknown; sensitive?: unknown }, unknown]>([
    ['is the text of its tag', tag(EVIDENCE), {}, EVIDENCE],
    ['is its text as it is', tag('run ${42}'), {}, 'run ${42}'],
    ['is absent among other tags', { release: ONE.label }, {}, undefined],
    [
      'cannot be told where the tag is known after the apply',
      { release: ONE.label },
      { unknown: { tags: { 'release-evidence': true } } },
      expect.stringMatching(/^<.+>$/),
    ],
    [
      'cannot be told where all tags are known after the apply',
      undefined,
      { unknown: { tags: true } },
      expect.stringMatching(/^<.+>$/),
    ],
    [
      'cannot be told where the tag is sensitive',
      tag(SECRET),
      { sensitive: { tags: { 'release-evidence': true } } },
      expect.stringMatching(/^<(?!.*s3cr3t).+>$/),
    ],
    [
      'cannot be told where all tags are sensitive',
      tag(SECRET),
      { sensitive: { tags: true } },
      expect.stringMatching(/^<(?!.*s3cr3t).+>$/),
    ],
  ])('%s', (_what, tags, parts, expected) => {
    expect(ofPlan(tags, parts)).toEqual(expected);
  });

  test('stands on both sides of a change', () => {
    const { releases, plan: planned } = facts(
      plan([change(APP, { action: 'update', before: values({}), after: values(tag(EVIDENCE)) })]),
    );
    expect(shown(planned!.before.releases!.orchestrators[0]!.evidence)).toBeUndefined();
    expect(shown(releases!.orchestrators[0]!.evidence)).toBe(EVIDENCE);
  });
});
