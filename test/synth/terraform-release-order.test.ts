import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Who has `create_before_destroy`. */
type Flag = 'nobody' | 'the releases' | 'the router';

const lifecycle = (has: boolean) => (has ? { lifecycle: { create_before_destroy: true } } : {});

/** A router over releases, of resources that need no provider. */
function routed(releases: readonly string[], flag: Flag): object {
  const versions = releases.map((release) => [release, { input: release, ...lifecycle(flag === 'the releases') }]);
  const targets = releases.map((release) => `\${terraform_data.${release}.output}`);
  const router = { input: targets, ...lifecycle(flag !== 'nobody') };
  return { resource: { terraform_data: { ...(Object.fromEntries(versions) as object), router } } };
}

const OUTAGE = { removedBeforeRouter: true, addedBeforeRouter: true };
const SAFE = { removedBeforeRouter: false, addedBeforeRouter: true };

describeWithTerraform('a router that loses v1 and gains v3 in one apply', () => {
  let workspace: TerraformWorkspace;

  beforeEach(() => {
    workspace = new TerraformWorkspace({});
  });

  afterEach(() => workspace.remove());

  async function apply(releases: readonly string[], flag: Flag): Promise<readonly string[]> {
    workspace.write(routed(releases, flag));
    return (await workspace.applyTelling()).steps;
  }

  /** What happened before the router no longer pointed at v1. */
  function orderOf(steps: readonly string[]): typeof SAFE {
    const at = (step: string) => {
      expect(steps).toContain(step);
      return steps.indexOf(step);
    };
    return {
      removedBeforeRouter: at('begin delete terraform_data.v1') < at('end update terraform_data.router'),
      addedBeforeRouter: at('end create terraform_data.v3') < at('begin update terraform_data.router'),
    };
  }

  test.each<[string, readonly Flag[], typeof SAFE]>([
    ['by default v1 goes while the router still points at it', ['nobody', 'nobody'], OUTAGE],
    ['with create_before_destroy in the state it goes last', ['the releases', 'the releases'], SAFE],
    ['the flag of the router is enough, as it passes on to what the router needs', ['the router', 'the router'], SAFE],
    ['the flag comes too late together with the removal', ['nobody', 'the releases'], OUTAGE],
    ['the flag comes in time with an apply of its own', ['nobody', 'the releases', 'the releases'], SAFE],
  ])('%s', async (_, [first, ...later], order) => {
    const last = later.pop()!;
    await apply(['v1', 'v2'], first!);
    for (const flag of later) {
      expect(await apply(['v1', 'v2'], flag)).toEqual([]);
    }
    const steps = await apply(['v2', 'v3'], last);
    expect(orderOf(steps)).toEqual(order);
    expect(steps.filter((step) => step.includes('terraform_data.v2'))).toEqual([]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('an id by place instead of name replaces what stays', async () => {
    const byPlace = (releases: readonly string[]) => {
      const places = releases.map((release, index) => [
        `release_${index}`,
        { input: release, triggers_replace: release },
      ]);
      return { resource: { terraform_data: Object.fromEntries(places) as object } };
    };
    workspace.write(byPlace(['v1', 'v2', 'v3']));
    await workspace.apply();
    workspace.write(byPlace(['v1', 'v3']));
    expect((await workspace.plan()).summary).toEqual([
      'terraform_data.release_1: delete, create',
      'terraform_data.release_2: delete',
    ]);
  });
});
