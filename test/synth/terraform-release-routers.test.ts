import { Operation } from '../support/terraform/fake-azure';
import { describeOperation, Phase, phaseProblems } from '../support/terraform/operation-phases';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';
import { Commit, LivingRelease, NEXT, releaseWith, stackOf, Topology } from './support/release-life';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

const A = releaseWith('Answer in one sentence.');
const B = releaseWith('Answer in two sentences.', NEXT);

/** The new release stands first: policies list releases in the order of their declaration, and retired ones come last. */
const living = (a: LivingRelease['stage'], b: LivingRelease['stage']): Commit => ({
  releases: [
    { release: B, stage: b },
    { release: A, stage: a },
  ],
});

let bench: TerraformBench;
let workspace: TerraformWorkspace;

async function start(topology: Topology): Promise<void> {
  bench = await TerraformBench.start();
  workspace = bench.workspace();
  await commit({ releases: [{ release: A, stage: 'stable' }] }, topology);
}

async function commit(next: Commit, topology: Topology): Promise<Operation[]> {
  workspace.write(stackOf(next, topology));
  await workspace.apply();
  return bench.takeOperations();
}

const among = (operations: readonly Operation[], phases: readonly Phase[]) =>
  operations.filter((operation) => phases.flat().includes(describeOperation(operation)));

async function expectEnd(): Promise<void> {
  expect((await workspace.plan()).summary).toEqual([]);
  await workspace.destroy();
  expect(bench.takeOperations().flatMap(({ refused }) => refused ?? [])).toEqual([]);
  expect(bench.azure.all('azurerm_container_app_environment')).toEqual([]);
}

describeWithTerraform('releases behind nginx', () => {
  const ROUTER = ['update container_app router'];
  const ROLES = (action: string): Phase => [`${action} role_assignment`, `${action} role_assignment`];
  const router = () => bench.azure.all('azurerm_container_app').find(({ name }) => name === 'router')!;

  beforeAll(() => start('nginx'));
  afterAll(() => bench.stop());

  test('a release that is added is there before the router, which keeps its address, points at it', async () => {
    const { ingress, latest_revision_name: revision } = structuredClone(router());
    const operations = await commit(living('stable', 'candidate'), 'nginx');
    const phases = [
      [`create user_assigned_identity ${B.label}`],
      ROLES('create'),
      [`create container_app ${B.label}`],
      ROUTER,
    ];
    expect(phaseProblems(operations, phases)).toEqual([]);
    expect(router().ingress).toEqual(ingress);
    expect(router().latest_revision_name).not.toBe(revision);
  });

  test.each([
    ['a share of the users', living('stable', 25)],
    ['the promotion', living('draining', 'stable')],
  ])('%s changes the router alone', async (_, next) => {
    expect(phaseProblems(await commit(next, 'nginx'), [ROUTER])).toEqual([]);
  });

  test('a release that is removed goes after the router let go of it', async () => {
    const operations = await commit({ releases: [{ release: B, stage: 'stable' }], retired: [A.label] }, 'nginx');
    const phases = [
      ROUTER,
      [`delete container_app ${A.label}`],
      ROLES('delete'),
      [`delete user_assigned_identity ${A.label}`],
    ];
    expect(phaseProblems(operations, phases)).toEqual([]);
  });

  test('it ends without a refusal', expectEnd);
});

describeWithTerraform('releases behind a router and in front of a gateway of one service', () => {
  const TOPOLOGY = 'API Management and a gateway';
  const ROUTED = ['update api_policy release-router'];
  const GATEWAY = [
    ...['update api_policy model-gateway-dated', 'update api_policy model-gateway-v1'],
    ...['audio-transcriptions', 'audio-translations', 'images-edits', 'model', 'models'].map(
      (operation) => `update api_operation_policy ${operation}`,
    ),
  ];
  const backends = (action: string, version: string) => [
    `${action} backend ${version}-dated`,
    `${action} backend ${version}-v1`,
  ];

  beforeAll(() => start(TOPOLOGY));
  afterAll(() => bench.stop());

  test('a release on a new version waits for its route, and the router for the release', async () => {
    const operations = await commit(living('stable', 'candidate'), TOPOLOGY);
    const [identity, role] = [`create user_assigned_identity ${B.label}`, 'create role_assignment'];
    const phases = [
      ['create cognitive_deployment gpt-5.2_2025-12-11_globalstandard'],
      backends('create', 'gpt-5-2-2025-12-11'),
      GATEWAY,
      [`create container_app ${B.label}`],
      [`create backend release-router-${B.label}`],
      ROUTED,
    ];
    expect(phaseProblems(operations, phases, [identity, role])).toEqual([]);
    for (const order of [
      [[identity], GATEWAY],
      [[identity], [role], [`create container_app ${B.label}`]],
    ]) {
      expect(phaseProblems(among(operations, order), order)).toEqual([]);
    }
  });

  test('moving the users changes nothing of the gateway', async () => {
    expect(phaseProblems(await commit(living('draining', 'stable'), TOPOLOGY), [ROUTED])).toEqual([]);
  });

  test('once the router knows the old release as retired, its app goes with its route', async () => {
    const retiring = await commit(living('retired', 'stable'), TOPOLOGY);
    expect(phaseProblems(retiring, [ROUTED, [`delete backend release-router-${A.label}`]])).toEqual([]);
    const operations = await commit({ releases: [{ release: B, stage: 'stable' }], retired: [A.label] }, TOPOLOGY);
    const [app, role, identity] = [
      `delete container_app ${A.label}`,
      'delete role_assignment',
      `delete user_assigned_identity ${A.label}`,
    ] as const;
    const phases = [
      GATEWAY,
      backends('delete', 'gpt-5-1-2025-11-13'),
      ['delete cognitive_deployment gpt-5.1_2025-11-13_globalstandard'],
    ];
    expect(phaseProblems(operations, phases, [app, role, identity])).toEqual([]);
    for (const order of [
      [GATEWAY, [identity]],
      [[app], [role], [identity]],
    ]) {
      expect(phaseProblems(among(operations, order), order)).toEqual([]);
    }
  });

  test('it ends without a refusal', expectEnd);
});

describeWithTerraform('releases without create_before_destroy', () => {
  test('cannot be removed while the router names them: the backend goes first', async () => {
    const without = (next: Commit) =>
      JSON.parse(JSON.stringify(stackOf(next)).replaceAll('"create_before_destroy":true', '')) as object;
    bench = await TerraformBench.start();
    try {
      workspace = bench.workspace();
      workspace.write(without(living('draining', 'stable')));
      await workspace.apply();
      expect(bench.takeOperations().flatMap(({ refused }) => refused ?? [])).toEqual([]);
      workspace.write(without({ releases: [{ release: B, stage: 'stable' }] }));
      await expect(workspace.apply()).rejects.toThrow(/is used by the following\s+entities/);
      expect(bench.takeOperations().map(describeOperation)).toContain(
        `delete backend release-router-${A.label} refused`,
      );
    } finally {
      bench.stop();
    }
  });
});
