import { describeOperation, Phase, phaseProblems } from '../support/terraform/operation-phases';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';
import { Commit, NEXT, RAMP, releaseWith, stackOf } from './support/release-life';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

const A = releaseWith('Answer in one sentence.');
const B = releaseWith('Answer in two sentences.', NEXT);
const C = releaseWith('Answer in three sentences.', NEXT);

const POLICY = 'azurerm_api_management_api_policy.router_Policy_D83E6EA7';
const KILL_SWITCH = 'azurerm_api_management_named_value.router_KillSwitch_1C298B06';
const ROUTED = ['update api_policy release-router'];

const ROLES = (action: string): Phase => [`${action} role_assignment`, `${action} role_assignment`];

/** What a release consists of, each waiting for what stands before it. */
const added = (label: string): Phase[] => [
  [`create user_assigned_identity ${label}`],
  ROLES('create'),
  [`create container_app ${label}`],
  [`create backend release-router-${label}`],
  ROUTED,
];
const removed = (label: string): Phase[] => [
  ROUTED,
  [`delete backend release-router-${label}`],
  [`delete container_app ${label}`],
  ROLES('delete'),
  [`delete user_assigned_identity ${label}`],
];

describeWithTerraform('releases over their life, each commit on the state that the one before left', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  /** Plans and applies, and answers what was planned. */
  async function commit(next: Commit): Promise<readonly string[]> {
    workspace.write(stackOf(next));
    return (await workspace.applyTelling()).planned;
  }

  /** Whether exactly that happened since the last question, in that order, and none of it was refused. */
  const happened = (...phases: Phase[]) => {
    expect(phaseProblems(bench.takeOperations(), phases)).toEqual([]);
  };

  const appOf = (label: string) => bench.azure.all('azurerm_container_app').find(({ name }) => name === label);

  beforeAll(async () => {
    bench = await TerraformBench.start();
    workspace = bench.workspace();
  });
  afterAll(() => bench.stop());

  test('the first release is there before the router points at it, and nothing is left to plan', async () => {
    await commit({ releases: [{ release: A, stage: 'stable' }] });
    const operations = bench.takeOperations();
    expect(operations.filter(({ action, refused }) => action !== 'create' || refused !== undefined)).toEqual([]);
    const order = [...added(A.label).slice(0, 4), ['create api_policy release-router']];
    const own = operations.filter((each) => order.flat().includes(describeOperation(each)));
    expect(phaseProblems(own, order)).toEqual([]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('a second release comes beside it, and the router last', async () => {
    const before = structuredClone(appOf(A.label));
    await commit({
      releases: [
        { release: A, stage: 'stable' },
        { release: B, stage: 'candidate' },
      ],
    });
    happened(...added(B.label));
    expect(appOf(A.label)).toEqual(before);
  });

  test.each(RAMP)('at %d %% of the users nothing changes but the policy', async (stage) => {
    const changes = await commit({
      releases: [
        { release: A, stage: 'stable' },
        { release: B, stage },
      ],
    });
    expect(changes).toEqual([`${POLICY}: update`]);
    happened(ROUTED);
  });

  test('promoting the canary and draining the old release changes the policy alone', async () => {
    const changes = await commit({
      releases: [
        { release: A, stage: 'draining' },
        { release: B, stage: 'stable' },
      ],
    });
    expect(changes).toEqual([`${POLICY}: update`]);
    happened(ROUTED);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('an edited prompt is another app, beside those that are there', async () => {
    const before = structuredClone([appOf(A.label), appOf(B.label)]);
    await commit({
      releases: [
        { release: A, stage: 'draining' },
        { release: B, stage: 'stable' },
        { release: C, stage: 25 },
      ],
    });
    happened(...added(C.label));
    expect([appOf(A.label), appOf(B.label)]).toEqual(before);
    expect(C.label).not.toBe(B.label);
  });

  test('the release in the middle goes by two applies, and its neighbours notice nothing', async () => {
    const neighbours = structuredClone([appOf(A.label), appOf(C.label)]);
    await commit({
      releases: [
        { release: A, stage: 'draining' },
        { release: B, stage: 'draining' },
        { release: C, stage: 'stable' },
      ],
    });
    happened(ROUTED);
    await commit({
      releases: [
        { release: A, stage: 'draining' },
        { release: C, stage: 'stable' },
      ],
      retired: [B.label],
    });
    happened(...removed(B.label));
    expect([appOf(A.label), appOf(C.label)]).toEqual(neighbours);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('more capacity and another scale replace nothing', async () => {
    const changes = await commit({
      releases: [
        { release: A, stage: 'draining', maxReplicas: 2 },
        { release: C, stage: 'stable', maxReplicas: 20 },
      ],
      retired: [B.label],
      capacity: 20,
    });
    expect(changes.map((change) => change.replace(/^azurerm_(\w+)\.\S+:/, '$1:')).sort()).toEqual([
      ...['cognitive_deployment: update', 'cognitive_deployment: update'],
      ...['container_app: update', 'container_app: update'],
    ]);
    bench.takeOperations();
  });

  test('the kill switch that somebody turned is in the next plan, and nothing else', async () => {
    const [{ id, value }] = bench.azure.all('azurerm_api_management_named_value') as [{ id: string; value: string }];
    expect(value).toBe('off');
    bench.azure.amend('azurerm_api_management_named_value', id, { value: 'on' });
    const plan = await workspace.plan();
    expect(plan.summary).toEqual([`${KILL_SWITCH}: update`]);
    const [{ change }] = plan.ofType('azurerm_api_management_named_value') as [(typeof plan.changes)[number]];
    expect([change.before?.value, change.after?.value]).toEqual(['on', 'off']);
    await workspace.apply();
    happened(['update named_value release-router-kill-switch']);
  });

  test('a release that still has users can be removed at once: the router lets go of it first', async () => {
    const releases = [
      { release: A, stage: 5 },
      { release: C, stage: 'stable' as const },
    ];
    await commit({ releases, retired: [B.label], capacity: 20 });
    bench.takeOperations();
    await commit({ releases: releases.slice(1), retired: [B.label, A.label], capacity: 20 });
    happened(...removed(A.label));
  });

  test('it ends without a refusal', async () => {
    await workspace.destroy();
    expect(bench.takeOperations().flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(bench.azure.all('azurerm_container_app_environment')).toEqual([]);
  });
});

describe('the addresses of releases', () => {
  type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

  const resourcesOf = (commit: Commit) => {
    const { resource } = stackOf(commit) as { resource: Resources };
    return new Map(
      Object.entries(resource).flatMap(([type, named]) =>
        Object.entries(named).map(([name, body]) => [`${type}.${name}`, body] as const),
      ),
    );
  };
  const [first, middle, last] = [
    { release: A, stage: 'stable' },
    { release: B, stage: 'draining' },
    { release: C, stage: 'candidate' },
  ] as const;
  const all = resourcesOf({ releases: [first, middle, last] });

  test.each([
    ['first', [last, middle].map((each) => ({ ...each, stage: each === last ? ('stable' as const) : each.stage })), A],
    ['middle', [first, last], B],
    ['last', [first, middle], C],
  ])('stay when the %s one is removed', (_, releases, { label }) => {
    const left = resourcesOf({ releases });
    const others = [...all.keys()].filter((address) => !left.has(address));
    expect([...left.keys()].filter((address) => !all.has(address))).toEqual([]);
    expect(others.map((address) => address.split('.')[0]).sort()).toEqual([
      'azurerm_api_management_backend',
      'azurerm_container_app',
      'azurerm_role_assignment',
      'azurerm_role_assignment',
      'azurerm_user_assigned_identity',
    ]);
    expect(others.filter((address) => !JSON.stringify(all.get(address)).includes(label))).toEqual([]);
    const changed = [...left].filter(([address, body]) => JSON.stringify(body) !== JSON.stringify(all.get(address)));
    expect(changed.map(([address]) => address)).toEqual([POLICY]);
  });

  test('do not depend on the order in which releases are listed', () => {
    const reversed = resourcesOf({ releases: [last, middle, first] });
    expect([...reversed.keys()].sort()).toEqual([...all.keys()].sort());
  });

  test('all have create_before_destroy from the first commit, as far as a release consists of them', () => {
    const kinds = /^azurerm_(container_app|api_management_(backend|api_policy|named_value)|cognitive_deployment)\./;
    const lacking = [...all].filter(
      ([address, { lifecycle }]) =>
        (kinds.test(address) || address.includes(A.label)) &&
        (lifecycle as { create_before_destroy?: boolean } | undefined)?.create_before_destroy !== true,
    );
    expect(lacking.map(([address]) => address)).toEqual([]);
  });
});
