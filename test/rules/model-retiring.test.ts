import { LifecycleAnswer } from '../../lib/catalog/lifecycle';
import { unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { modelDeprecated } from '../../lib/rules/model-deprecated';
import { modelRetired } from '../../lib/rules/model-retired';
import { modelRetiring } from '../../lib/rules/model-retiring';
import { LifecycleKnowledge } from '../../lib/rules/rule';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment, planContext } from './configuration';

const RETIREMENT = '2027-04-14';
const CHAT = {
  name: 'chat',
  version: '1',
  retirementDate: RETIREMENT,
  replacements: [{ name: 'chat-next', version: '2' }],
};
const catalog = fakeKnowledge([CHAT, { name: 'chat-next', version: '2' }]);

function check(asOf: string, props: Parameters<typeof deployment>[0] = {}, settings = {}, knowledge = catalog) {
  return modelRetiring.check(contextOf([deployment(props)], { catalog: knowledge, asOf, settings }));
}

/** The same knowledge with every answer changed. */
function changed(knowledge: LifecycleKnowledge, change: Partial<LifecycleAnswer>): LifecycleKnowledge {
  return {
    ...knowledge,
    lookup: (query, on) => {
      const found = knowledge.lookup(query, on);
      return found.kind === 'known' ? { kind: 'known', answer: { ...found.answer, ...change } } : found;
    },
  };
}

describe('model-retiring: a deployment uses a model version that retires soon', () => {
  test.each([
    ['2026-12-14', 121, []],
    ['2026-12-15', 120, ['warning']],
    ['2027-03-14', 31, ['warning']],
    ['2027-03-15', 30, ['error']],
    ['2027-04-13', 1, ['error']],
    ['2027-04-14', 0, []],
  ])('on %s, with %i days left, the severities are %j', (asOf, _, severities) => {
    expect(check(asOf).map((finding) => finding.severity)).toEqual(severities);
  });

  test.each([
    [{ failDays: 0, warnDays: 10 }, '2027-04-03', []],
    [{ failDays: 0, warnDays: 10 }, '2027-04-04', ['warning']],
    [{ failDays: 0, warnDays: 10 }, '2027-04-13', ['warning']],
    [{ failDays: 200 }, '2026-09-25', []],
    [{ failDays: 200 }, '2026-09-26', ['error']],
  ])('with %j on %s the severities are %j', (settings, asOf, severities) => {
    expect(check(asOf, {}, settings).map((finding) => finding.severity)).toEqual(severities);
  });

  test('names the date, the days left, the source and the replacement', () => {
    expect(check('2027-03-15')).toMatchObject([
      {
        status: 'violation',
        message: 'chat@1 on GlobalStandard retires on 2027-04-14, in 30 days (source: test, as of 2026-11-21)',
        fix: 'deploy chat-next@2 beside it, move traffic, then remove this one',
        retirementDate: RETIREMENT,
      },
    ]);
    expect(check('2027-04-13')[0]!.message).toContain('retires on 2027-04-14, in 1 day (');
  });

  test('reports a Deprecated model that retires soon once, and says that it is Deprecated', () => {
    const deprecated = fakeKnowledge([{ ...CHAT, deprecationDate: '2026-01-01' }]);
    const context = contextOf([deployment()], { catalog: deprecated, asOf: '2027-01-01' });
    expect(modelDeprecated.check(context)).toEqual([]);
    expect(modelRetiring.check(context)).toMatchObject([
      {
        severity: 'warning',
        message:
          'chat@1 on GlobalStandard retires on 2027-04-14, in 103 days; it is Deprecated, so a subscription that never deployed it ' +
          'cannot create it (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test('says so where the day is only an earliest one', () => {
    const earliest = changed(catalog, { retirementIsEarliest: true });
    expect(check('2027-03-15', {}, {}, earliest)[0]!.message).toBe(
      'chat@1 on GlobalStandard retires not before 2027-04-14, in 30 days at the earliest (source: test, as of 2026-11-21)',
    );
  });

  test('warns of a model that outlived its earliest day until it is known to be retired', () => {
    const outlived = changed(catalog, {
      retirementIsEarliest: true,
      daysLeft: undefined,
      stage: 'generally-available',
    });
    const context = contextOf([deployment()], { catalog: outlived, asOf: '2027-04-20' });
    expect(modelRetired.check(context)).toEqual([]);
    expect(modelRetiring.check(context)).toMatchObject([
      {
        severity: 'warning',
        message:
          'chat@1 on GlobalStandard was to live until 2027-04-14 at least and may retire any day (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test.each([
    ['inferred', ' (source: test, as of 2026-11-21; inferred, not stated by the source)'],
    ['low', ' (source: test, as of 2026-11-21; of low confidence: check it against the Azure portal)'],
  ] as const)('says in words that the facts are %s', (confidence, words) => {
    expect(check('2027-03-15', {}, {}, changed(catalog, { confidence }))[0]!.message).toBe(
      `chat@1 on GlobalStandard retires on 2027-04-14, in 30 days${words}`,
    );
  });

  test('names the overlay that the facts come from, and the catalogue where no source is named', () => {
    const overlay = changed(catalog, { layer: 'overlay.json', sources: [] });
    expect(check('2027-03-15', {}, {}, overlay)[0]!.message).toBe(
      'chat@1 on GlobalStandard retires on 2027-04-14, in 30 days (catalogue as of 2026-11-21; from overlay.json)',
    );
  });

  test('leaves a model without a known date alone', () => {
    expect(check('2090-01-01', {}, {}, fakeKnowledge([{ name: 'chat', version: '1' }]))).toEqual([]);
  });

  const bySku = fakeKnowledge([
    { ...CHAT, skuDates: { Standard: '2027-02-01' }, skus: ['Standard', 'GlobalStandard'] },
  ]);
  test.each([
    ['2026-10-03', [], 'retires late on every SKU'],
    ['2026-10-04', [['warning', 'unknown']], 'is in the warning period on one SKU'],
    ['2026-12-15', [['warning', 'violation']], 'is in the warning period on all'],
    ['2027-01-02', [['error', 'unknown']], 'is an error on one SKU'],
    ['2027-02-01', [], 'is retired on one SKU, which model-retired reports'],
  ])('with an unreadable SKU on %s: %j, as it %s', (asOf, expected) => {
    const findings = check(asOf, { sku: unknown('${var.sku}') }, {}, bySku);
    expect(findings.map((finding) => [finding.severity, finding.status])).toEqual(expected);
  });

  test('names the SKUs on which the model retires soon when the SKU cannot be read', () => {
    expect(check('2027-01-02', { sku: unknown('${var.sku}') }, {}, bySku)).toMatchObject([
      {
        resource: { path: 'sku.name' },
        message:
          'chat@1 retires on 2027-02-01, in 30 days (on Standard; its SKU cannot be read before Terraform runs) ' +
          '(source: test, as of 2026-11-21)',
        retirementDate: '2027-02-01',
      },
    ]);
  });
});

describe('model-retiring with a plan', () => {
  const deprecated = fakeKnowledge([{ ...CHAT, deprecationDate: '2026-01-01' }]);

  function found(outcome: DeploymentChange['outcome'], knowledge: LifecycleKnowledge, asOf = '2027-01-14') {
    const change = { outcome, after: deployment(), ...(outcome !== 'created' && { before: deployment() }) };
    return modelRetiring.check(planContext({ deployments: [change] }, { catalog: knowledge, asOf }));
  }

  test('is an error where a Deprecated model is deployed anew, however many days are left', () => {
    expect(found('created', deprecated)).toMatchObject([
      {
        severity: 'error',
        message:
          'chat@1 on GlobalStandard retires on 2027-04-14, in 90 days; it is Deprecated, and this plan creates a deployment of it, ' +
          'which Azure refuses (ServiceModelDeprecating) in a subscription that never deployed it (source: test, as of 2026-11-21)',
      },
    ]);
  });

  test('is what it was where the deployment stands, or the model is not Deprecated', () => {
    expect(found('kept', deprecated)).toMatchObject([{ severity: 'warning' }]);
    expect(found('created', catalog)).toMatchObject([{ severity: 'warning' }]);
    expect(found('created', catalog, '2027-04-01')).toMatchObject([{ severity: 'error' }]);
  });
});
