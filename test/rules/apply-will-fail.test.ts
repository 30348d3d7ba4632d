import { ABSENT, known, unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { applyWillFail } from '../../lib/rules/apply-will-fail';
import { contextOf, deployment, DeploymentProps, planContext, PlanProps } from './configuration';
import { brief } from './release-stack';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

function fact(props: DeploymentProps) {
  return deployment({ account: ACCOUNT, ...props });
}

function check(...deployments: readonly DeploymentChange[]) {
  return applyWillFail.check(planContext({ deployments }));
}

function created(props: DeploymentProps): DeploymentChange {
  return { outcome: 'created', after: fact(props) };
}

function between(
  from: DeploymentProps,
  to: DeploymentProps,
  outcome: DeploymentChange['outcome'] = 'kept',
  rest: Partial<DeploymentChange> = {},
): DeploymentChange {
  return { outcome, before: fact(from), after: fact({ ...from, ...to }), ...rest };
}

describe('apply-will-fail: capacity', () => {
  test('reports fewer PTU than the model has to have, at the capacity', () => {
    expect(check(created({ model: 'gpt-5.1', sku: 'ProvisionedManaged', capacity: known(25) }))).toEqual([
      {
        rule: 'apply-will-fail',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: 'production/chat',
          account: ACCOUNT,
          deployment: 'chat',
          path: 'sku.capacity',
        },
        message:
          "deployment 'chat' gets a capacity of 25, and gpt-5.1@1 on ProvisionedManaged takes at least 50 PTU, in steps of 50: Azure refuses it",
        fix: 'set the capacity to 50 or more, in steps of 50',
        model: { format: 'OpenAI', name: 'gpt-5.1', version: '1', sku: 'ProvisionedManaged' },
        retirementDate: undefined,
      },
    ]);
  });

  const PTU = { sku: 'GlobalProvisionedManaged' };
  test.each<[string, DeploymentChange, string[]]>([
    ['the smallest that there is', created({ ...PTU, capacity: known(15) }), []],
    ['a step', created({ ...PTU, capacity: known(20) }), []],
    [
      'between two steps',
      created({ ...PTU, capacity: known(17) }),
      [
        "deployment 'chat' gets a capacity of 17, and chat@1 on GlobalProvisionedManaged takes at least 15 PTU, in steps of 5: Azure refuses it",
      ],
    ],
    [
      'what azurerm sends where none is given',
      created({ ...PTU, capacity: ABSENT }),
      [
        "deployment 'chat' gets a capacity of 1, and chat@1 on GlobalProvisionedManaged takes at least 15 PTU, in steps of 5: Azure refuses it",
      ],
    ],
    [
      'nothing at all on a deployment that bills tokens',
      created({ capacity: known(0) }),
      [
        "deployment 'chat' gets a capacity of 0, and chat@1 on GlobalStandard takes at least 1, in whole numbers: Azure refuses it",
      ],
    ],
    ['one unit', created({ capacity: known(1) }), []],
    ['a SKU that nobody knows', created({ sku: 'Tomorrow', capacity: known(-1) }), []],
    ['a SKU that cannot be read', created({ sku: unknown('${var.sku}'), capacity: known(-1) }), []],
    ['what stands on Azure and stays', between({ ...PTU, capacity: known(17) }, {}), []],
    ['what an import brings', between({ ...PTU, capacity: known(17) }, {}, 'imported'), []],
    [
      'a capacity that changes',
      between({ ...PTU, capacity: known(20) }, { capacity: known(22) }),
      [
        "deployment 'chat' gets a capacity of 22, and chat@1 on GlobalProvisionedManaged takes at least 15 PTU, in steps of 5: Azure refuses it",
      ],
    ],
    [
      'a SKU that changes and keeps its capacity',
      between({ sku: 'Standard', capacity: known(10) }, PTU, 'changed-in-place'),
      [
        "deployment 'chat' gets a capacity of 10, and chat@1 on GlobalProvisionedManaged takes at least 15 PTU, in steps of 5: Azure refuses it",
      ],
    ],
    [
      'a model that needs more',
      between({ sku: 'ProvisionedManaged', capacity: known(25) }, { model: 'gpt-5.1' }, 'replaced', {
        replaceOrder: 'destroy-first',
      }),
      [
        "deployment 'chat' gets a capacity of 25, and gpt-5.1@1 on ProvisionedManaged takes at least 50 PTU, in steps of 50: Azure refuses it",
      ],
    ],
    ['a deployment that goes', { outcome: 'destroyed', before: fact({ ...PTU, capacity: known(1) }) }, []],
    [
      'a resource that only patches another',
      created({ ...PTU, type: 'azapi_update_resource', declaredBy: 'azapi', capacity: ABSENT }),
      [],
    ],
  ])('judges %s', (_what, change, found) => {
    expect(check(change).map(({ message }) => message)).toEqual(found);
  });

  test.each<[string, DeploymentProps, string]>([
    ['is known after the apply', { capacity: unknown('${var.ptu}\n') }, 'cannot be read (${var.ptu}\\u{a})'],
    ['is left to azapi', { declaredBy: 'azapi', capacity: ABSENT }, 'is left out'],
  ])('does not know a PTU capacity that %s', (_what, props, what) => {
    expect(check(created({ ...PTU, ...props })).map(brief)).toEqual([
      `warning unknown: the capacity of deployment 'chat' ${what}: chat@1 on GlobalProvisionedManaged takes at least 15 PTU, in steps of 5, and Azure refuses anything else`,
    ]);
  });

  test('needs no capacity where tokens are billed', () => {
    expect(check(created({ capacity: unknown('${var.capacity}') }))).toEqual([]);
  });

  test('does not know whether Azure takes another model and another capacity at once', () => {
    const change = between({ capacity: known(10) }, { capacity: known(20), version: '2' }, 'changed-in-place');
    expect(check(change).map(brief)).toEqual([
      "warning unknown: deployment 'chat' changes its model and its capacity (10 to 20) in one update, which Azure has been seen to refuse",
    ]);
  });
});

describe('apply-will-fail: names that are taken', () => {
  const old = { address: 'a.old' };

  test.each<[string, readonly DeploymentChange[], string[]]>([
    [
      'a deployment that is created before the old one of its name goes',
      [between({}, { model: 'next' }, 'replaced', { replaceOrder: 'create-first' })],
      [
        "error violation: creating deployment 'chat' fails, because the old one has that name on that account until it is destroyed, and this plan creates first",
      ],
    ],
    [
      'one that nothing orders behind the end of the old one',
      [between(old, { address: 'a.new' }, 'recreated')],
      [
        "error violation: deployment 'chat' is destroyed at one address and created at another, and nothing makes Terraform wait for the destruction: destroyed as a.old and created as a.new; unless the destruction happens to be over first, azurerm refuses to create what still exists, and no deployment is left",
      ],
    ],
    [
      'one whose template puts it there meanwhile',
      [between(old, { address: 'a.new', declaredBy: 'template' }, 'recreated')],
      [
        "error violation: deployment 'chat' is destroyed at one address and created at another, and nothing makes Terraform wait for the destruction: destroyed as a.old and created as a.new; unless the destruction happens to be over first, what still exists is updated and then destroyed, and no deployment is left",
      ],
    ],
    [
      'one that is created after the old one is gone',
      [between(old, { address: 'a.new' }, 'recreated', { replaceOrder: 'destroy-first' })],
      [],
    ],
    ['one of another name', [between({}, { deployment: 'next' }, 'replaced', { replaceOrder: 'create-first' })], []],
    [
      'one whose name on the account is only forgotten',
      [{ outcome: 'forgotten', before: fact({ ...old, deployment: 'CHAT' }) }, created({ address: 'a.new' })],
      [
        "error violation: creating deployment 'chat' fails, because this plan only forgets a.old, which has that name on that account and lives on",
      ],
    ],
    [
      'one of that name on another account',
      [{ outcome: 'forgotten', before: fact(old) }, created({ address: 'a.new', account: `${ACCOUNT}2` })],
      [],
    ],
    [
      'one on an account that cannot be read',
      [{ outcome: 'forgotten', before: fact(old) }, created({ address: 'a.new', account: unknown('${x.y.id}') })],
      [],
    ],
  ])('judges %s', (_what, changes, found) => {
    expect(check(...changes).map(brief)).toEqual(found);
  });

  test.each<[string, NonNullable<PlanProps['actions']>[number]]>([
    ['a resource that goes on under another name', { address: 'a.old', action: 'replace' }],
    ['a resource that had another name', { address: 'a.new', action: 'replace' }],
    ['an object that is left over', { address: 'a.old', action: 'delete', deposed: '0a1b2c3d' }],
  ])('does not know whether a dependency orders what becomes of %s', (_what, action) => {
    const deployments = [between(old, { address: 'a.new' }, 'recreated')];
    expect(applyWillFail.check(planContext({ deployments, actions: [action] })).map(brief)).toEqual([
      "warning unknown: deployment 'chat' is destroyed at one address and created at another, in an order that cannot be read: destroyed as a.old and created as a.new; unless the destruction is over first, azurerm refuses to create what still exists, and no deployment is left",
    ]);
  });

  test.each<[string, DeploymentProps, string]>([
    [
      'another address',
      { address: 'module.m.a.new' },
      'write a moved block, so that Terraform keeps the deployment, or give the new one another name',
    ],
    [
      'another type of resource',
      { address: 'azapi_resource.new', type: 'azapi_resource', declaredBy: 'azapi' },
      'let go of it with a removed block and import it at the new address, or give the new one another name',
    ],
  ])('says how to keep a deployment at %s', (_what, after, fix) => {
    expect(check(between(old, after, 'recreated')).map((found) => found.fix)).toEqual([fix]);
  });

  test('speaks of a change where no plan was made', () => {
    const deployments = [{ outcome: 'forgotten', before: fact(old) } as const, created({ address: 'a.new' })];
    expect(applyWillFail.check(planContext({ deployments, isForetold: true })).map(({ message }) => message)).toEqual([
      "creating deployment 'chat' fails, because this change only forgets a.old, which has that name on that account and lives on",
    ]);
  });

  test('advises to import what lives on, and writes addresses so that they cannot disturb a terminal', () => {
    const [found] = check(
      { outcome: 'forgotten', before: fact({ address: 'a["\u001b[2J"]' }) },
      created({ address: 'a["\n"]' }),
    );
    expect(found!.message).toContain('only forgets a["\\u{1b}[2J"], which');
    expect(found!.fix).toBe('import it at a["\\u{a}"], or write a moved block instead of a removed one');
  });

  test('says nothing without a plan', () => {
    expect(applyWillFail.check(contextOf([deployment({ sku: 'GlobalProvisionedManaged' })]))).toEqual([]);
  });

  test('goes through many deployments once', () => {
    const props: PlanProps = {
      deployments: Array.from({ length: 20_000 }, (_, index) =>
        created({ address: `a.b${index}`, deployment: `d${index}` }),
      ),
    };
    expect(applyWillFail.check(planContext(props))).toEqual([]);
  });
});
