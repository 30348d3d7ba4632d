import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { ABSENT, unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { evaluate } from '../../lib/rules/evaluate';
import { modelRetired } from '../../lib/rules/model-retired';
import { modelUnknown } from '../../lib/rules/model-unknown';
import { modelUnpinned } from '../../lib/rules/model-unpinned';
import { modelUnresolved } from '../../lib/rules/model-unresolved';
import { fakeKnowledge } from '../support/knowledge';
import { configuration, contextOf, deployment, planContext, TODAY, waiver } from './configuration';

const SKUS = ['Standard', 'GlobalStandard'];
const catalog = fakeKnowledge([
  {
    name: 'chat',
    version: '1',
    retirementDate: '2027-04-14',
    skuDates: { Standard: '2026-03-31' },
    skus: [...SKUS, 'GlobalBatch'],
    replacements: [{ name: 'chat-next', version: '2' }],
  },
  { name: 'chat-next', version: '2', skus: ['GlobalStandard'] },
  { name: 'old', version: '1', retirementDate: '2025-02-13', replacements: [{ name: 'old', version: '2' }] },
  { name: 'old', version: '2', retirementDate: '2025-09-01', replacements: [{ name: 'chat-next', version: '2' }] },
  { name: 'gone', version: '1', stage: 'retired' },
]);

function check(props: Parameters<typeof deployment>[0], asOf?: string) {
  return modelRetired.check(contextOf([deployment(props)], { catalog, asOf }));
}

describe('model-retired: a deployment uses a model version that Azure has retired for its SKU', () => {
  test('names the date, the days, the SKU, the source, the replacement and the SKU that lives on', () => {
    expect(check({ sku: 'Standard' })).toEqual([
      {
        rule: 'model-retired',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: 'production/chat',
          account: '${azurerm_cognitive_account.models.id}',
          deployment: 'chat',
          path: undefined,
        },
        message:
          'chat@1 on Standard retired on 2026-03-31, 235 days ago: Azure refuses its calls (source: test, as of 2026-11-21)',
        fix:
          'deploy chat-next@2 (not listed on Standard) or a current model of the same kind on Standard beside it, move traffic, then remove this one; ' +
          'this version is not retired on GlobalStandard, which is another way out for a while',
        model: { format: 'OpenAI', name: 'chat', version: '1', sku: 'Standard' },
        retirementDate: '2026-03-31',
      },
    ]);
  });

  test('leaves the same version alone on a SKU that lives on', () => {
    expect(check({ sku: 'GlobalStandard' })).toEqual([]);
  });

  test.each([
    ['2026-03-30', 0],
    ['2026-03-31', 1],
    ['2026-04-01', 1],
  ])('on %s there are %i findings, with retirement on 2026-03-31', (asOf, count) => {
    expect(check({ sku: 'Standard' }, asOf)).toHaveLength(count);
  });

  test.each([
    ['2026-03-31', 'today'],
    ['2026-04-01', '1 day ago'],
    ['2026-04-02', '2 days ago'],
  ])('on %s it says that the model retired %s', (asOf, words) => {
    expect(check({ sku: 'Standard' }, asOf)[0]!.message).toContain(`retired on 2026-03-31, ${words}:`);
  });

  test('reports a model that is retired without a known date', () => {
    expect(check({ model: 'gone' })).toMatchObject([
      {
        message:
          'gone@1 on GlobalStandard is retired (no date known): Azure refuses its calls (source: test, as of 2026-11-21)',
        fix: 'the catalogue names no replacement: deploy a current model of the same kind beside it, move traffic, then remove this one',
        retirementDate: undefined,
      },
    ]);
  });

  test('does not date the retirement to an earliest day', () => {
    const earliest = {
      ...catalog,
      lookup: (...args: Parameters<typeof catalog.lookup>) => {
        const found = catalog.lookup(...args);
        return found.kind === 'known' ? { ...found, answer: { ...found.answer, retirementIsEarliest: true } } : found;
      },
    };
    const context = contextOf([deployment({ model: 'old' })], { catalog: earliest });
    expect(modelRetired.check(context)[0]!.message).toBe(
      'old@1 on GlobalStandard is retired (not before 2025-02-13, the exact day is not known): Azure refuses its calls ' +
        '(source: test, as of 2026-11-21)',
    );
  });

  test('passes over a replacement that is retired itself', () => {
    expect(check({ model: 'old' })[0]!.fix).toBe('deploy chat-next@2 beside it, move traffic, then remove this one');
  });

  test.each([
    ['a token', unknown('${var.sku}')],
    ['left out', ABSENT],
  ])('is unknown when the SKU is %s and decides', (_, sku) => {
    expect(check({ sku })).toMatchObject([
      {
        severity: 'error',
        status: 'unknown',
        resource: { path: 'sku.name' },
        message:
          'chat@1 is retired on Standard and not on GlobalStandard and GlobalBatch, ' +
          'and its SKU cannot be read before Terraform runs (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test.each([
    ['2026-03-30', [], 'is not retired anywhere yet'],
    ['2026-03-31', ['unknown'], 'is retired on one SKU'],
    ['2027-04-13', ['unknown'], 'is retired on one SKU'],
    ['2027-04-14', ['violation'], 'is retired on all'],
  ])('with an unreadable SKU on %s the answer is %j, as it %s', (asOf, statuses) => {
    expect(check({ sku: unknown('${var.sku}') }, asOf).map((finding) => finding.status)).toEqual(statuses);
  });

  test('names three SKUs at most', () => {
    const many = fakeKnowledge([{ name: 'chat', version: '1', skuDates: { Standard: '2026-03-31' } }]);
    const context = contextOf([deployment({ sku: unknown('${var.sku}') })], { catalog: many });
    expect(modelRetired.check(context)[0]!.message).toMatch(
      /^chat@1 is retired on Standard and not on GlobalStandard, DataZoneStandard, GlobalProvisionedManaged and 4 more, and/,
    );
  });

  test('goes on with the base date when the SKU is unreadable and all SKUs retire on one day', () => {
    expect(check({ model: 'old', sku: unknown('${var.sku}') })).toMatchObject([
      {
        status: 'violation',
        message: expect.stringMatching(/^old@1 retired on 2025-02-13, 646 days ago: /),
      },
    ]);
  });

  test('believes the date where the stage lags behind it', () => {
    const lagging = fakeKnowledge([{ name: 'chat', version: '1', retirementDate: '2026-11-20' }]);
    const late = {
      ...lagging,
      lookup: (...args: Parameters<typeof lagging.lookup>) => {
        const found = lagging.lookup(...args);
        return found.kind === 'known' ? { ...found, answer: { ...found.answer, stage: 'preview' as const } } : found;
      },
    };
    expect(modelRetired.check(contextOf([deployment()], { catalog: late }))).toHaveLength(1);
  });

  describe('without a known version, where every version that is known is retired', () => {
    const WITHOUT_VERSION: [string, Parameters<typeof deployment>[0]][] = [
      ['no version', { version: ABSENT }],
      ['no version in a module', { version: ABSENT, declaredBy: 'module' }],
      ['a floating version', { version: 'latest' }],
      ['an unreadable version', { version: unknown('${var.v}') }],
      ['a version that does not exist', { version: '0613 ' }],
      ['an unreadable version and format', { version: unknown('${var.v}'), format: unknown('${var.f}') }],
    ];

    test.each(WITHOUT_VERSION)('reports %s, and no other rule judges it', (_, props) => {
      const context = contextOf([deployment({ model: 'old', ...props })], { catalog });
      expect(modelRetired.check(context)).toMatchObject([
        {
          status: 'violation',
          severity: 'error',
          resource: { path: props?.declaredBy === 'module' ? undefined : 'model.name' },
          message:
            'every known version of old on GlobalStandard is retired (the last, 2, since 2025-09-01): Azure refuses its calls ' +
            '(source: test, as of 2026-11-21)',
          fix: 'deploy chat-next@2 beside it, move traffic, then remove this one',
          retirementDate: '2025-09-01',
        },
      ]);
      const others = [modelUnpinned, modelUnresolved, modelUnknown].flatMap((rule) => rule.check(context));
      expect(others).toEqual([]);
    });

    test.each([
      ['2025-08-31', 0],
      ['2025-09-01', 1],
    ])('on %s there are %i findings, with the last retirement on 2025-09-01', (asOf, count) => {
      expect(check({ model: 'old', version: ABSENT }, asOf)).toHaveLength(count);
    });

    test.each([
      ['the SKU on which it is retired', 'Standard', 1],
      ['a SKU on which it lives', 'GlobalStandard', 0],
      ['a SKU that cannot be read', unknown('${var.sku}'), 0],
    ])('judges by %s', (_, sku, count) => {
      expect(check({ version: ABSENT, sku })).toHaveLength(count);
    });

    test.each([
      [undefined, 'every known version of gone is retired (the last, 1, no date known): '],
      ['Standard', 'every known version of gone on Standard is retired (the last, 1, no date known): '],
    ])('says that no date is known, on SKU %s', (sku, message) => {
      expect(check({ model: 'gone', version: ABSENT, sku: sku ?? ABSENT })[0]!.message).toContain(message);
    });

    test('stays an error when the rules about versions are waived or off', () => {
      const { findings, summary } = evaluate({
        facts: configuration([deployment({ model: 'old', version: ABSENT })], {
          waivers: [waiver({ rule: 'model-unpinned', expires: '2027-11-01' })],
        }),
        catalog,
        judgement: { asOf: TODAY, clock: TODAY },
        severities: { 'model-unresolved': 'off', 'model-unknown': 'off' },
      });
      expect(findings.filter(({ waived }) => waived === undefined).map(({ rule }) => rule)).toContain('model-retired');
      expect(summary.errors).toBe(1);
    });

    test('holds for gpt-35-turbo of the bundled catalogue, whose last date is not exact', () => {
      const context = contextOf([deployment({ model: 'gpt-35-turbo', version: ABSENT })], {
        catalog: ModelCatalog.bundled(),
      });
      expect(modelRetired.check(context)[0]!.message).toMatch(
        /^every known version of gpt-35-turbo on GlobalStandard is retired \(the last, \w+, not before 2025-09-01\)/,
      );
    });

    test('holds for a name whose versions the catalogue does not tell apart', () => {
      const context = contextOf([deployment({ model: 'AI21-Jamba-Instruct', format: 'AI21 Labs', version: ABSENT })], {
        catalog: ModelCatalog.bundled(),
      });
      expect(modelRetired.check(context)[0]!.message).toMatch(
        /^every known version of AI21-Jamba-Instruct on GlobalStandard is retired \((?:since|not before) \d{4}/,
      );
    });
  });

  test.each([
    ['an unknown model', { model: 'nobody-knows' }],
    ['an unreadable version', { version: unknown('${var.version}') }],
    ['no version', { version: ABSENT }],
  ])('leaves %s to other rules', (_, props) => {
    expect(check(props)).toEqual([]);
  });
});

describe('model-retired with a plan', () => {
  const MOVE = 'deploy chat-next@2 beside it, move traffic, then remove this one';

  test.each<[DeploymentChange['outcome'], string, string]>([
    ['created', 'old', 'build on chat-next@2 instead'],
    ['created', 'gone', 'build on a current model of the same kind instead'],
    [
      'changed-in-place',
      'old',
      'leave the deployment as it is, deploy chat-next@2 beside it, and move traffic to that',
    ],
    ['replaced', 'old', MOVE],
    ['kept', 'old', MOVE],
  ])('advises one that is %s with the model %s', (outcome, model, fix) => {
    const change = { outcome, after: deployment({ model }), ...(outcome !== 'created' && { before: deployment() }) };
    const found = modelRetired.check(planContext({ deployments: [change] }, { catalog }));
    expect(found.map((finding) => finding.fix)).toEqual([fix]);
  });

  test('offers no SKU on which a new deployment would be of a Deprecated model', () => {
    const version = { name: 'lark', version: '1', skuDates: { Standard: '2026-03-31' }, skus: SKUS } as const;
    const after = deployment({ model: 'lark', sku: 'Standard' });
    const fixes = (stage: 'deprecated' | 'generally-available', outcome: DeploymentChange['outcome']) =>
      modelRetired
        .check(
          planContext(
            { deployments: [{ outcome, after, ...(outcome === 'kept' && { before: after }) }] },
            { catalog: fakeKnowledge([{ ...version, stage }]) },
          ),
        )
        .map(({ fix }) => fix.split('; ')[1]);
    const otherSku = 'this version is not retired on GlobalStandard, which is another way out for a while';
    expect(fixes('generally-available', 'created')).toEqual([otherSku]);
    expect(fixes('deprecated', 'kept')).toEqual([otherSku]);
    expect(fixes('deprecated', 'created')).toEqual([undefined]);
  });

  test.each<[DeploymentChange['outcome'], string]>([
    [
      'created',
      'Azure refuses to create the deployment (ServiceModelDeprecated), so that applying this plan fails half-way',
    ],
    [
      'replaced',
      'Azure refuses to create the deployment again (ServiceModelDeprecated), so that this plan destroys it and then fails',
    ],
    [
      'recreated',
      'Azure refuses to create the deployment again (ServiceModelDeprecated), so that this plan destroys it and then fails',
    ],
    [
      'changed-in-place',
      'Azure refuses to change the deployment to it (ServiceModelDeprecated), so that applying this plan fails half-way',
    ],
    ['kept', 'Azure refuses its calls'],
    ['moved', 'Azure refuses its calls'],
  ])('says what becomes of a deployment that is %s', (outcome, consequence) => {
    const after = deployment({ model: 'old' });
    const change = { outcome, after, ...(outcome !== 'created' && { before: deployment() }) };
    expect(modelRetired.check(planContext({ deployments: [change] }, { catalog }))).toMatchObject([
      {
        severity: 'error',
        message: `old@1 on GlobalStandard retired on 2025-02-13, 646 days ago: ${consequence} (source: test, as of 2026-11-21)`,
      },
    ]);
  });

  test('says it of a model of which no version is alive as well', () => {
    const context = planContext(
      { deployments: [{ outcome: 'created', after: deployment({ model: 'old', version: ABSENT }) }] },
      { catalog },
    );
    expect(modelRetired.check(context)[0]!.message).toContain(': Azure refuses to create the deployment (');
  });
});
