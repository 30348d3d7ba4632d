import { unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { modelDeprecated } from '../../lib/rules/model-deprecated';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf, deployment, planContext } from './configuration';

const catalog = fakeKnowledge([
  {
    name: 'chat',
    version: '1',
    deprecationDate: '2026-08-06',
    retirementDate: '2027-04-14',
    replacements: [{ name: 'chat-next', version: '2' }],
  },
  { name: 'chat', version: 'undated', stage: 'deprecated' },
]);

function check(asOf?: string, props: Parameters<typeof deployment>[0] = {}) {
  return modelDeprecated.check(contextOf([deployment(props)], { catalog, asOf }));
}

describe('model-deprecated: a deployment uses a model version in the Deprecated stage', () => {
  test.each([
    ['2026-08-05', 0, 'is not Deprecated yet'],
    ['2026-08-06', 1, 'is Deprecated'],
    ['2026-12-14', 1, 'retires in 121 days'],
    ['2026-12-15', 0, 'retires in 120 days, which model-retiring reports'],
    ['2027-04-14', 0, 'is retired'],
  ])('on %s there are %i findings, as it %s', (asOf, count) => {
    expect(check(asOf)).toHaveLength(count);
  });

  test('stays a warning where the deployment had the model until somebody changed it: the subscription has deployed it', () => {
    const planned = deployment();
    const found = deployment({ version: '2' });
    const change: DeploymentChange = { outcome: 'changed-in-place', before: found, after: planned };
    const of = (recorded: typeof found) => {
      const drift = [{ address: planned.origin.address, recorded, found, planned }];
      const { facts } = planContext({ deployments: [change], drift });
      return modelDeprecated.check({ ...contextOf([], { catalog }), facts }).map(({ severity }) => severity);
    };
    expect(of(deployment())).toEqual(['warning']);
    expect(of(deployment({ version: '3' }))).toEqual(['error']);
  });

  test('is a warning that names the consequence, the retirement date and the replacement', () => {
    expect(check()).toMatchObject([
      {
        severity: 'warning',
        status: 'violation',
        message:
          'chat@1 on GlobalStandard is Deprecated: a subscription that never deployed it cannot create it; ' +
          'it retires on 2027-04-14, in 144 days (source: test, as of 2026-11-21)',
        fix: 'deploy chat-next@2 beside it, move traffic, then remove this one',
        retirementDate: '2027-04-14',
      },
    ]);
  });

  test('says that no date is known', () => {
    expect(check(undefined, { version: 'undated' })[0]!.message).toBe(
      'chat@undated on GlobalStandard is Deprecated: a subscription that never deployed it cannot create it; ' +
        'no retirement date is known (source: test, as of 2026-11-21)',
    );
  });

  test('does not need the SKU where all SKUs share the stage', () => {
    expect(check(undefined, { sku: unknown('${var.sku}') })).toMatchObject([{ status: 'violation' }]);
  });

  test('is unknown where only some SKUs are Deprecated and the SKU cannot be read', () => {
    const bySku = {
      ...catalog,
      lookup: (...[query, on]: Parameters<typeof catalog.lookup>) => {
        const found = catalog.lookup(query, on);
        return found.kind === 'known' && query.sku === 'GlobalStandard'
          ? { ...found, answer: { ...found.answer, stage: 'generally-available' as const } }
          : found;
      },
    };
    const context = contextOf([deployment({ sku: unknown('${var.sku}') })], { catalog: bySku });
    expect(modelDeprecated.check(context)).toMatchObject([{ status: 'unknown', resource: { path: 'sku.name' } }]);
  });

  describe('with a plan', () => {
    function planned(outcome: DeploymentChange['outcome'], props: Parameters<typeof deployment>[0] = {}, from = '0') {
      const before = deployment({ ...props, version: from });
      const after = deployment(props);
      const change = { outcome, after, ...(outcome !== 'created' && { before }) };
      const context = planContext({ deployments: [change] }, { catalog });
      return modelDeprecated.check(context);
    }

    test.each<[DeploymentChange['outcome'], string]>([
      ['created', 'creates a deployment of it'],
      ['replaced', 'destroys the deployment and creates it with this model'],
      ['recreated', 'destroys the deployment and creates it with this model'],
      ['changed-in-place', 'changes the deployment to it'],
    ])('is an error for a deployment that is %s', (outcome, what) => {
      expect(planned(outcome)).toMatchObject([
        {
          severity: 'error',
          status: 'violation',
          message:
            `chat@1 on GlobalStandard is Deprecated: this plan ${what}, which Azure refuses (ServiceModelDeprecating) in a subscription that never deployed it; ` +
            'it retires on 2027-04-14, in 144 days (source: test, as of 2026-11-21)',
        },
      ]);
    });

    test('advises to create another one', () => {
      expect(planned('created')[0]!.fix).toBe('build on chat-next@2 instead');
      expect(planned('created', { version: 'undated' })[0]!.fix).toBe(
        'build on a current model of the same kind instead',
      );
    });

    test.each<DeploymentChange['outcome']>(['kept', 'moved'])('stays a warning for one that is %s', (outcome) => {
      expect(planned(outcome)).toMatchObject([{ severity: 'warning' }]);
    });

    test.each<DeploymentChange['outcome']>(['imported', 'changed-in-place'])(
      'stays a warning for one that is %s and has the model already',
      (outcome) => {
        expect(planned(outcome, {}, '1')).toMatchObject([{ severity: 'warning' }]);
      },
    );
  });
});
