import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { planOfStack } from './plan-of-stack';
import { facts } from './planned-resources';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

function stack(example: string, file: string): { resource: Record<string, Record<string, unknown>> } {
  const read = JSON.parse(readFileSync(join(EXAMPLES, example, 'expected', file), 'utf8'));
  return { resource: read.resource };
}

const names = (text: string) => /gpt|deepseek|embedding/i.test(text);

/** The facts that a synthesis says, with what a plan does not hold left out. */
function declared(json: { resource: Record<string, Record<string, unknown>> }): ConfigurationFacts {
  const resource = Object.fromEntries(
    Object.entries(json.resource).map(([type, blocks]) => [
      type,
      Object.fromEntries(
        Object.entries(blocks).map(([name, body]) => [
          name,
          { ...(body as object), '//': undefined, lifecycle: undefined },
        ]),
      ),
    ]),
  );
  return readStackConfiguration({ resource }, { literals: names });
}

/** The same with every address of the stack inside of a module. */
function inside(module: string, value: unknown, addresses: readonly string[]): unknown {
  const pattern = new RegExp(`(?<![\\w.-])(?:${addresses.join('|')})(?![\\w-])`, 'g');
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? inner.replace(pattern, (address) => `${module}.${address}`) : inner,
  );
}

function addressesOf({ resource }: ReturnType<typeof stack>): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`));
}

test.each([
  ['router', 'router.tf.json'],
  ['direct-client', 'direct-client.tf.json'],
])('the plan of examples/%s says the same as its synthesis', (example, file) => {
  const json = stack(example, file);
  const { plan, ...planned } = facts(planOfStack(json), { literals: names });
  expect(planned).toEqual(declared(json));
  expect(plan!.deployments.every(({ outcome }) => outcome === 'created')).toBe(true);
  expect(plan!.before).toEqual({ deployments: [], literals: [], opaque: [], waivers: [] });
});

describe('the plan of examples/router-and-gateway, all of it in modules', () => {
  const MODULE = 'module.platform["eu west"].module.chat[0]';
  const json = stack('router-and-gateway', 'chat.tf.json');
  const planned: ConfigurationFacts = { ...facts(planOfStack(json, MODULE), { literals: names }), plan: undefined };

  test('says the same as its synthesis, with the addresses of the plan', () => {
    expect(JSON.parse(JSON.stringify(planned))).toEqual(inside(MODULE, declared(json), addressesOf(json)));
  });

  test('holds the router, and the orchestrators that it leads to', () => {
    const { traffic, releases } = planned;
    const apps = ['chat-a568f824a84c', 'chat-d88b9126bd47'].map((label) => `${MODULE}.azurerm_container_app.${label}`);
    expect(traffic!.routers.map(({ origin, kind }) => [origin.address, kind])).toEqual([
      [`${MODULE}.azurerm_api_management_api_policy.router_Policy_D83E6EA7`, 'api-management'],
    ]);
    expect(traffic!.routers[0]!.rows.map(({ target, app }) => [target, app]).sort()).toEqual(
      apps.map((app) => ['declared', app]),
    );
    expect(releases!.orchestrators.map(({ origin, manifest }) => [origin.address, manifest.state])).toEqual(
      expect.arrayContaining(apps.map((app) => [app, 'read'])),
    );
  });

  test('holds routes that lead to its deployments', () => {
    const { gateway, deployments } = planned;
    const served = gateway!.routes.flatMap(({ targets }) => targets.flatMap(({ serves }) => serves ?? []));
    expect(new Set(served)).toEqual(new Set(deployments));
    expect(served.every((fact) => deployments.includes(fact))).toBe(true);
    expect(new Set(gateway!.routes.map(({ service }) => service))).toEqual(
      new Set([`${MODULE}.azurerm_api_management.service`]),
    );
  });
});
