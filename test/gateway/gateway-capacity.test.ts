import { Testing } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';
import { ApiManagementSku, ModelGateway } from '../../lib/gateway';
import { accountIn, deploymentOf, gatewayIn, platformStack, serviceIn } from './support/gateway-stack';
import { policyOf } from './support/policy-of';

function gatewayWith(sku: ApiManagementSku, routes: number) {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack, { service: serviceIn(stack, sku) });
  const account = accountIn(stack);
  for (let index = 0; index < routes; index++) {
    gateway.addRoute(deploymentOf(account, ModelVersion.openAi('gpt-5.1', `2025-11-${10 + index}`)));
  }
  return { stack, gateway };
}

test('a Consumption gateway has room for fifteen routes', () => {
  const { stack, gateway } = gatewayWith(ApiManagementSku.consumption(), 15);
  const { routesThatFit, ...capacity } = gateway.describeCapacity();
  const bytes = Math.max(...(['dated', 'v1'] as const).map((surface) => Buffer.byteLength(policyOf(stack, surface))));
  expect(capacity).toEqual({
    routes: 15,
    bytesPerRoute: expect.any(Number),
    largestPolicyBytes: bytes,
    limitBytes: 16_384,
  });
  expect(routesThatFit).toBeGreaterThanOrEqual(15);
  expect(gateway.node.validate()).toEqual([]);
});

test('as many as are said to fit do fit, and two more are too many', () => {
  const { gateway } = gatewayWith(ApiManagementSku.consumption(), 15);
  const { routesThatFit } = gateway.describeCapacity();
  const problemsOf = (routes: number) => gatewayWith(ApiManagementSku.consumption(), routes).gateway.node.validate();
  expect(problemsOf(routesThatFit)).toEqual([]);
  const problems = problemsOf(routesThatFit + 2);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]).toMatch(
    new RegExp(
      String.raw`^the policy of the (dated|v1) API of stack/gateway has \d{5} bytes, and Consumption_0 takes 16384: a route takes about \d+ bytes, ` +
        String.raw`so \d+ like these fit and there are ` +
        `${routesThatFit + 2}; ` +
        'remove routes, divide them among gateways with paths of their own, or use a larger tier$',
    ),
  );
});

test('too many routes do not synthesise', () => {
  const { stack } = gatewayWith(ApiManagementSku.consumption(), 60);
  expect(() => Testing.synth(stack, true)).toThrow('Consumption_0 takes 16384');
});

test.each([ApiManagementSku.developer(), ApiManagementSku.standardV2(1)])('%s has room for 300 routes', (sku) => {
  const { gateway } = gatewayWith(sku, 3);
  const { limitBytes, routesThatFit } = gateway.describeCapacity();
  expect(limitBytes).toBe(262_144);
  expect(routesThatFit).toBeGreaterThanOrEqual(300);
});

test('an empty gateway says what a usual route would take', () => {
  const empty = gatewayWith(ApiManagementSku.standardV2(1), 0).gateway.describeCapacity();
  expect(empty.routes).toBe(0);
  expect(empty.bytesPerRoute).toBeGreaterThan(250);
  expect(empty.bytesPerRoute).toBeLessThan(800);
});

test('retired routes take room and are not counted', () => {
  const sizes = (change: (gateway: ModelGateway) => void) => {
    const { gateway } = gatewayWith(ApiManagementSku.consumption(), 2);
    change(gateway);
    return gateway.describeCapacity();
  };
  const without = sizes(() => {});
  const withSome = sizes((gateway) =>
    // More bytes than a live route takes, so that the number of routes that fit cannot stay the same by rounding.
    Array.from({ length: 10 }, (_, index) => `${index}`).forEach((version) =>
      gateway.addRetiredRoute(ModelVersion.openAi('gpt-4', version)),
    ),
  );
  expect(withSome.routes).toBe(2);
  expect(withSome.largestPolicyBytes).toBeGreaterThan(without.largestPolicyBytes);
  expect(withSome.routesThatFit).toBeLessThan(without.routesThatFit);
});
