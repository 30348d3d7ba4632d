import { modelRetired } from '../../lib/rules/model-retired';
import { modelRetiring } from '../../lib/rules/model-retiring';
import { retiredLiteral } from '../../lib/rules/retired-literal';
import { retiringLiteral } from '../../lib/rules/retiring-literal';
import { trafficToRetiring } from '../../lib/rules/traffic-to-retiring';
import { fakeKnowledge } from '../support/knowledge';
import { accounts, findingsOf, Resources } from './gateway-stack';
import { apps, brief, orchestrator, prompt, release, router } from './release-stack';

const LIVE = 'gpt-7-chat@2024-01-01';
const RETIRED = 'gpt-7-chat@2023-01-01';
const RETIRING = 'gpt-7-chat@2023-06-01';
const SOURCE = '(source: test, as of 2026-11-21)';

const living = release({ text: 'living' });
const retired = release({ models: { chat: RETIRED } });
const retiring = release({ models: { chat: RETIRING, reasoning: RETIRING } });

function stack(of: ReturnType<typeof release>, row: string, rest = 'stable|1000|10000'): Resources[] {
  const rows = [
    { label: of.label, row, to: 'old' },
    { label: living.label, row: rest, to: 'new' },
  ];
  return [apps({ old: orchestrator(of), new: orchestrator(living) }), router(rows)];
}

function all(parts: readonly Resources[]): string[] {
  return [modelRetired, modelRetiring, trafficToRetiring, retiredLiteral, retiringLiteral].flatMap((rule) =>
    findingsOf(rule, parts).map((finding) => `${finding.rule} ${brief(finding)}`),
  );
}

describe('traffic-to-retiring', () => {
  test('reports users of a release whose model retires soon, at the router', () => {
    expect(findingsOf(trafficToRetiring, stack(retiring, 'canary|0|1000'))).toEqual([
      {
        rule: 'traffic-to-retiring',
        severity: 'warning',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api_policy.router',
          type: 'azurerm_api_management_api_policy',
          path: 'xml_content',
        },
        message: `10 % of users go to ${retiring.label}, which binds ${RETIRING} ('chat', 'reasoning'; retires on 2026-11-30, in 9 days)`,
        fix: 'declare a release with the replacement as canary, ramp users over to it, and let this one drain before that day',
        model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2023-06-01' },
        retirementDate: '2026-11-30',
      },
    ]);
  });

  test('advises no ramp where the model answers nobody any more', () => {
    expect(findingsOf(trafficToRetiring, stack(retired, 'canary|0|1000'))).toMatchObject([
      { fix: 'declare a release with the replacement and make it the stable one' },
    ]);
  });

  test.each<[string, readonly Resources[], readonly string[]]>([
    [
      'a stable release whose model is retired, without users as well',
      stack(retired, 'stable|0|0', 'canary|0|10000'),
      [
        `warning violation: ${retired.label} is stable, which binds ${RETIRED} ('chat'; retired on 2026-10-01, 51 days ago)`,
      ],
    ],
    ['nobody on a draining release', stack(retired, 'draining|0|0'), []],
    ['nobody on a candidate', stack(retiring, 'candidate|0|0'), []],
    ['a release whose model lives', stack(release(), 'canary|0|1000'), []],
    [
      'users of a draining release',
      stack(release(), 'draining|0|250'),
      [`warning violation: 2.5 % of users go to ${release().label}, which is draining`],
    ],
    [
      'users of a retired release',
      stack(release(), 'retired|0|1'),
      [`error violation: 0.01 % of users go to ${release().label}, which is retired`],
    ],
    [
      'a release that another stack declares',
      [router([{ label: retired.label, row: 'stable|0|10000', to: 'https://far.example' }])],
      [],
    ],
  ])('says of %s', (_what, parts, messages) => {
    expect(findingsOf(trafficToRetiring, parts).map(brief)).toEqual(messages);
  });

  test('does not know where the SKU decides, which is declared elsewhere', () => {
    const knowledge = fakeKnowledge([
      { name: 'gpt-7-chat', version: '2023-01-01', skus: ['Standard', 'Other'], skuDates: { Standard: '2026-03-31' } },
    ]);
    expect(findingsOf(trafficToRetiring, stack(retired, 'canary|0|1000'), knowledge).map(brief)).toEqual([
      `warning unknown: 10 % of users go to ${retired.label}, which binds ${RETIRED} ('chat'; retired on 2026-03-31, 235 days ago, on some SKUs)`,
    ]);
  });
});

describe('the model of a release is judged', () => {
  test('by the release where nothing else in the stack has it, and by the traffic that it gets', () => {
    expect(all(stack(retired, 'canary|0|1000'))).toEqual([
      `model-retired error violation: release ${retired.label} binds ${RETIRED} (role 'chat'), which retired on 2026-10-01, 51 days ago: Azure refuses its calls ${SOURCE}`,
      `traffic-to-retiring warning violation: 10 % of users go to ${retired.label}, which binds ${RETIRED} ('chat'; retired on 2026-10-01, 51 days ago)`,
    ]);
  });

  test('once for several roles, with its own severity', () => {
    expect(all(stack(retiring, 'draining|0|0'))).toEqual([
      `model-retiring error violation: release ${retiring.label} binds ${RETIRING} (roles 'chat', 'reasoning'), which retires on 2026-11-30, in 9 days ${SOURCE}`,
    ]);
  });

  test('by its deployment where the stack has one', () => {
    const parts = [...stack(retired, 'draining|0|0'), accounts({ eu: { chat: RETIRED } })];
    expect(all(parts)).toEqual([
      expect.stringMatching(/^model-retired error violation: gpt-7-chat@2023-01-01 on Global/),
    ]);
  });

  test('at the manifest, with model and date', () => {
    expect(findingsOf(modelRetired, [apps({ one: orchestrator(retired) })])).toMatchObject([
      {
        resource: { address: 'azurerm_container_app.one', path: 'template.container[0].env[2].value' },
        model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2023-01-01' },
        retirementDate: '2026-10-01',
      },
    ]);
  });
});

describe('a manifest names retired models without being called for it', () => {
  test.each<[string, ReturnType<typeof release>]>([
    [
      'in what a prompt is made for',
      release({ prompts: { system: prompt('Hi', 'chat', [LIVE, RETIRED, 'gpt-3-old@0613']) } }),
    ],
    ['in the text of a prompt', release({ text: 'You are not gpt-3-old-0613. {"model": "gpt-3-old-0613"}' })],
  ])('%s', (_what, one) => {
    const parts = [apps({ one: orchestrator(one, { MODEL_CHAT_DEPLOYMENT: 'gpt-7-chat-2023-01-01' }) })];
    expect(all(parts)).toEqual([]);
  });

  test('nor in a blob; what stands beside it is judged as ever', () => {
    const one = release({ text: 'You are not gpt-3-old-0613.' });
    const app = orchestrator(one, {
      RELEASE_MANIFEST: undefined,
      RELEASE_MANIFEST_URL: '${azurerm_storage_blob.m.url}',
      FALLBACK_MODEL: 'gpt-3-old-0613',
    });
    const blob = { azurerm_storage_blob: { m: { name: one.id, source_content: one.text.replace('${', '$${') } } };
    expect(all([apps({ one: app }), blob])).toEqual([
      expect.stringMatching(/^retired-literal error violation: .*FALLBACK_MODEL/),
    ]);
  });

  test('but what is no manifest is read as any other text', () => {
    const app = orchestrator(release(), { RELEASE_MANIFEST: '{"schemaVersion":1,"model":"gpt-3-old-0613"}' });
    expect(all([apps({ one: app })])).toEqual([expect.stringMatching(/^retired-literal error violation/)]);
  });
});
