import { conformanceProblems } from '../support/provider-schema';
import { fullGateway } from '../support/terraform/full-gateway-configuration';
import {
  Block,
  Configuration,
  gateway,
  GatewayOptions,
  routingPolicy,
  SERVICE_ID,
} from '../support/terraform/gateway-configuration';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

/** What does not wait for one another overlaps when it takes so long. */
const OVERLAPPING = 40;

const OLD = 'gpt-5.1';
const NEW = 'gpt-5.2';
const BACKEND = 'azurerm_api_management_backend.route_gpt_5_1';
const POLICY = 'azurerm_api_management_api_policy.models';

const document = (inbound: string) => `<policies><inbound>${inbound}</inbound></policies>`;

/** The configuration with other attributes for one resource. */
function changed(configuration: Configuration, address: string, change: Block): Configuration {
  const [type, name] = address.split('.') as [string, string];
  const resource = structuredClone(configuration.resource);
  resource[type] = { ...resource[type], [name]: { ...resource[type]?.[name], ...change } };
  return { ...configuration, resource };
}

describeWithTerraform('an API Management gateway under terraform', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    bench.azure.operationMilliseconds = 2;
    workspace = bench.workspace();
  });

  afterEach(() => bench.stop());

  async function applied(configuration: Configuration): Promise<void> {
    workspace.write(configuration);
    await workspace.apply();
    bench.takeOperations();
  }

  const done = () =>
    bench
      .takeOperations()
      .map(({ action, type, name, refused }) =>
        [action, type.replace('azurerm_api_management_', ''), name, ...(refused ? ['refused'] : [])].join(' '),
      );

  describe('with everything that it may be made of', () => {
    test('conforms to the schema of the provider and is valid', async () => {
      expect(conformanceProblems({ ...fullGateway() })).toEqual([]);
      workspace.write(fullGateway());
      expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
    });

    test('applies without a refusal, leaves nothing to plan, and can be destroyed', async () => {
      workspace.write(fullGateway());
      await workspace.apply();
      expect(bench.takeOperations().filter(({ refused }) => refused !== undefined)).toEqual([]);
      expect((await workspace.plan()).summary).toEqual([]);
      await workspace.destroy();
      expect(bench.takeOperations().filter(({ refused }) => refused !== undefined)).toEqual([]);
      expect(bench.azure.find('azurerm_api_management', SERVICE_ID)).toBeUndefined();
    });

    test('has the addresses and the identity that Azure gives it', async () => {
      await applied(fullGateway());
      expect(bench.azure.find('azurerm_api_management', SERVICE_ID)).toMatchObject({
        gateway_url: 'https://contoso-gateway.azure-api.net',
        identity: [{ type: 'SystemAssigned', principal_id: expect.stringMatching(/^[0-9a-f]{8}-/) as unknown }],
      });
      expect(bench.azure.all('azurerm_api_management_subscription')).toEqual([
        expect.objectContaining({
          id: expect.stringMatching(`^${SERVICE_ID}/subscriptions/[0-9a-f-]{36}$`) as unknown,
          primary_key: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        }),
      ]);
    });

    test('is read by a data source, wherever it came from', async () => {
      await applied(gateway({ routes: [] }));
      const reader = bench.workspace();
      reader.write({
        provider: { azurerm: [{ features: [{}] }] },
        data: {
          azurerm_api_management: { gateway: { name: 'contoso-gateway', resource_group_name: 'rg-gateway' } },
        },
        output: {
          url: { value: '${data.azurerm_api_management.gateway.gateway_url}' },
          principal: { value: '${data.azurerm_api_management.gateway.identity[0].principal_id}' },
        },
      });
      expect((await reader.plan()).outputs).toEqual({
        url: 'https://contoso-gateway.azure-api.net',
        principal: expect.stringMatching(/^[0-9a-f]{8}-/) as unknown,
      });
    });
  });

  describe('a route that is removed', () => {
    const removal = async (options: Partial<GatewayOptions>) => {
      bench.azure.operationMilliseconds = OVERLAPPING;
      await applied(gateway({ routes: [OLD, NEW], ...options }));
      workspace.write(gateway({ routes: [NEW], ...options }));
      expect((await workspace.plan()).summary).toEqual([`${POLICY}: update`, `${BACKEND}: delete`]);
    };

    test('fails without create_before_destroy: its backend goes first, and the policy still names it', async () => {
      await removal({});
      await expect(workspace.apply()).rejects.toThrow(
        /ValidationError: The Backend 'route-gpt-5-1' is used by the following entities:\s+\/apis\/models\/policies\/policy/,
      );
      expect(done()).toEqual(['delete backend route-gpt-5-1 refused']);
      expect(bench.azure.all('azurerm_api_management_backend')).toHaveLength(2);
    });

    test('goes after the policy with create_before_destroy from the first apply', async () => {
      await removal({ createBeforeDestroy: true });
      await workspace.apply();
      expect(done()).toEqual(['update api_policy models', 'delete backend route-gpt-5-1']);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('fails when create_before_destroy comes together with the removal', async () => {
      await applied(gateway({ routes: [OLD, NEW] }));
      workspace.write(gateway({ routes: [NEW], createBeforeDestroy: true }));
      await expect(workspace.apply()).rejects.toThrow(/The Backend 'route-gpt-5-1' is used by/);
    });

    test('is no longer in the way once the policy was changed by an apply of its own', async () => {
      await applied(gateway({ routes: [OLD, NEW] }));
      workspace.write(gateway({ routes: [OLD, NEW], policy: routingPolicy([NEW]) }));
      await workspace.apply();
      workspace.write(gateway({ routes: [NEW] }));
      await workspace.apply();
      expect(done()).toEqual(['update api_policy models', 'delete backend route-gpt-5-1']);
    });
  });

  test('a route that is added has its backend before the policy names it', async () => {
    bench.azure.operationMilliseconds = OVERLAPPING;
    await applied(gateway({ routes: [OLD], createBeforeDestroy: true }));
    workspace.write(gateway({ routes: [OLD, NEW], createBeforeDestroy: true }));
    await workspace.apply();
    expect(done()).toEqual(['create backend route-gpt-5-2', 'update api_policy models']);
  });

  describe('a second plan', () => {
    const policyOf = (policy: string) => gateway({ routes: [OLD], policy });
    const variable = (quote: string) =>
      `<set-variable name="model" value=${quote}@(context.Request.Headers["x-model"][0])${quote} />`;

    test.each([
      ['double quotes and entities', routingPolicy([OLD])],
      ['an expression that is not escaped', document(variable('"'))],
      ['an expression in an element', document('<set-body>@{ return "a" + \'b\' + (1 < 2); }</set-body>')],
      ['indentation', document('\n    <base />\n\t<choose />\r\n')],
      ['characters beyond ASCII', document('<set-variable name="größe" value="🙂 &amp; ü" />')],
      // Go's decoder forgets which quotes it read, so where all is XML they do not matter.
      ['single quotes in a policy that is XML all through', document("<set-variable name='model' value='x' />")],
    ])('is empty after a policy with %s', async (_, policy) => {
      await applied(policyOf(policy));
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test.each([
      ['single quotes around an expression', document(variable("'"))],
      ['a CDATA section around an expression', document('<set-body><![CDATA[@("<a>" + 1)]]></set-body>')],
      ['a numeric entity beside an expression', document(`${variable('"')}<set-body>&#65;</set-body>`)],
    ])('changes a policy with %s for ever', async (_, policy) => {
      await applied(policyOf(policy));
      for (let round = 0; round < 2; round += 1) {
        expect((await workspace.plan()).summary).toEqual([`${POLICY}: update`]);
        await workspace.apply();
      }
    });

    test('plans away what was changed in the portal', async () => {
      await applied(gateway({ routes: [OLD] }));
      bench.azure.amend('azurerm_api_management_api_policy', `${SERVICE_ID}/apis/models`, {
        xml_content: document('<base />'),
      });
      expect((await workspace.plan()).summary).toEqual([`${POLICY}: update`]);
    });
  });

  describe('a policy that names what does not exist is refused', () => {
    test.each([
      [
        'a backend',
        '<base />\n  <set-backend-service backend-id="route-gpt-9" />',
        "Error in element 'set-backend-service' on line 2, column 3: Backend with id 'route-gpt-9' could not be found.",
      ],
      [
        'a backend in single quotes',
        "<set-backend-service backend-id='gone' />",
        "Error in element 'set-backend-service' on line 1, column 20: Backend with id 'gone' could not be found.",
      ],
      [
        'a fragment',
        '<include-fragment fragment-id="gone" />',
        "Error in element 'include-fragment' on line 1, column 20: Policy fragment with id 'gone' could not be found.",
      ],
      [
        'a named value',
        '<set-variable name="a" value="{{gone}}" />',
        "Error in element 'set-variable' on line 1, column 20: Cannot find a property 'gone'",
      ],
    ])('%s', async (_, inbound, problem) => {
      workspace.write(gateway({ routes: [OLD], policy: document(inbound) }));
      const pattern = problem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
      await expect(workspace.apply()).rejects.toThrow(
        new RegExp(`ValidationError:\\s+One\\s+or\\s+more\\s+fields\\s+contain\\s+incorrect\\s+values:\\s+${pattern}`),
      );
      expect((await workspace.plan()).summary).toEqual([`${POLICY}: create`]);
    });

    test('but not where an expression picks the backend', async () => {
      const inbound = '<set-backend-service backend-id="@(context.Request.Headers["x-model"][0])" />';
      await applied(gateway({ routes: [], policy: document(inbound) }));
      expect(bench.azure.all('azurerm_api_management_api_policy')).toHaveLength(1);
    });

    test('also where a backend of that name is part of another service', async () => {
      await applied(gateway({ routes: [OLD] }));
      const other = JSON.parse(
        JSON.stringify(gateway({ routes: [], policy: routingPolicy([OLD]) })).replaceAll(
          'contoso-gateway',
          'contoso-gateway-2',
        ),
      ) as Configuration;
      other.resource.azurerm_resource_group!.group = { name: 'rg-other', location: 'swedencentral' };
      const second = bench.workspace();
      second.write(other);
      await expect(second.apply()).rejects.toThrow(/Backend with id\s+'route-gpt-5-1'\s+could not be found/);
    });
  });

  describe('what a saved policy names cannot be deleted', () => {
    const bare = gateway({ routes: [] });
    const value = {
      ...bare.resource.azurerm_api_management_api!.models,
      display_name: undefined,
      path: undefined,
      protocols: undefined,
      revision: undefined,
    };
    const withNamedValue = changed(bare, 'azurerm_api_management_named_value.limit', {
      ...value,
      name: 'limit',
      display_name: 'Limit.Tokens',
      value: '1000',
    });
    const withFragment = changed(bare, 'azurerm_api_management_policy_fragment.log', {
      api_management_id: '${azurerm_api_management.gateway.id}',
      name: 'log',
      value: '<fragment><base-log /></fragment>',
    });

    test.each([
      [
        'a named value',
        withNamedValue,
        'azurerm_api_management_named_value.limit',
        '<set-variable name="a" value="{{Limit.Tokens}}" />',
        /The Named Value 'Limit\.Tokens' is used by the following\s+entities:\s+\/apis\/models\/policies\/policy/,
      ],
      [
        'a fragment',
        withFragment,
        'azurerm_api_management_policy_fragment.log',
        '<include-fragment fragment-id="log" />',
        /The Policy Fragment 'log' is used by the following entities:\s+\/apis\/models\/policies\/policy/,
      ],
    ])('%s', async (_, configuration, address, inbound, refusal) => {
      const policy = { xml_content: document(inbound), depends_on: [address] };
      await applied(changed(configuration, POLICY, policy));
      workspace.write(bare);
      await expect(workspace.apply()).rejects.toThrow(refusal);
    });
  });

  describe('a policy fragment', () => {
    const withFragment = (fragment: Block) =>
      changed(gateway({ routes: [] }), 'azurerm_api_management_policy_fragment.log', {
        api_management_id: '${azurerm_api_management.gateway.id}',
        name: 'log',
        ...fragment,
      });
    const raw = '<fragment><set-variable name="a" value="@("a" + 1)" /></fragment>';
    const escaped = raw.replace('"@("a" + 1)"', '"@(&quot;a&quot; + 1)"');

    test.each([
      ['rawxml', raw],
      ['rawxml', escaped],
      ['xml', escaped],
    ])('of format %s may hold %s, and a second plan is empty', async (format, value) => {
      await applied(withFragment({ format, value }));
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('has to be XML all through where no format is given', async () => {
      workspace.write(withFragment({ value: raw }));
      await expect(workspace.apply()).rejects.toThrow(/The policy\s+fragment\s+is\s+not\s+well-formed\s+XML\./);
    });
  });

  describe('an API', () => {
    test('loses its policy when it is replaced, as the parts of an API go with it', async () => {
      const configuration = gateway({ routes: [OLD] });
      await applied(configuration);
      workspace.write(changed(configuration, 'azurerm_api_management_api.models', { revision: '2' }));
      await workspace.apply();
      expect((await workspace.plan()).summary).toEqual([`${POLICY}: create`]);
    });

    test('needs its service', async () => {
      workspace.write(
        changed(gateway({ routes: [] }), 'azurerm_api_management_api.models', { api_management_name: 'gone' }),
      );
      await expect(workspace.apply()).rejects.toThrow(/ParentResourceNotFound/);
    });

    test('is named without its revision by a subscription, else every plan replaces the subscription', async () => {
      const subscribed = (apiId: string) =>
        changed(gateway({ routes: [] }), 'azurerm_api_management_subscription.team', {
          resource_group_name: 'rg-gateway',
          api_management_name: '${azurerm_api_management.gateway.name}',
          display_name: 'Team',
          api_id: apiId,
        });
      await applied(subscribed('${azurerm_api_management_api.models.id}'));
      expect((await workspace.plan()).summary).toEqual(['azurerm_api_management_subscription.team: delete, create']);
      workspace.write(subscribed('${trimsuffix(azurerm_api_management_api.models.id, ";rev=1")}'));
      expect((await workspace.plan()).summary).toEqual([]);
    });
  });

  describe('the size of a policy', () => {
    const ofSize = (bytes: number) => {
      const empty = document('<set-variable name="a" value="" />');
      return empty.replace('value=""', `value="${'x'.repeat(bytes - empty.length)}"`);
    };

    test.each([
      ['Consumption_0', 16 * 1024, true],
      ['Consumption_0', 16 * 1024 + 1, false],
      ['Developer_1', 16 * 1024 + 1, true],
      ['Developer_1', 256 * 1024, true],
      ['Developer_1', 256 * 1024 + 1, false],
    ])('in tier %s: %d bytes are allowed: %s', async (sku, bytes, allowed) => {
      const policy = ofSize(bytes);
      expect(Buffer.byteLength(policy)).toBe(bytes);
      workspace.write(gateway({ routes: [], sku, policy }));
      const outcome = workspace.apply();
      await (allowed
        ? outcome
        : expect(outcome).rejects.toThrow(new RegExp(`The\\s+policy\\s+document\\s+has\\s+${bytes}\\s+bytes`)));
    });
  });

  describe('the provider', () => {
    const whole = gateway({ routes: [OLD] });
    const breaker = (whole.resource.azurerm_api_management_backend!.route_gpt_5_1 as { circuit_breaker_rule: Block })
      .circuit_breaker_rule;
    const condition = breaker.failure_condition as Block;
    const withCondition = (change: Block) => ({
      circuit_breaker_rule: { ...breaker, failure_condition: { ...condition, ...change } },
    });
    const PATH = 'circuit_breaker_rule.0.failure_condition.0';

    test.each<[string, string, Block, string]>([
      [
        'a backend with a full stop in its name',
        BACKEND,
        { name: 'route-gpt-5.1' },
        '"name" may only contain alphanumeric characters and dashes up to 50 characters in length',
      ],
      [
        'a backend whose name ends with a dash',
        BACKEND,
        { name: 'route-' },
        '"name" may only contain alphanumeric characters and dashes up to 50 characters in length',
      ],
      ['another protocol', BACKEND, { protocol: 'https' }, 'expected protocol to be one of ["http" "soap"], got https'],
      [
        'a breaker that counts both ways',
        BACKEND,
        withCondition({ percentage: 50 }),
        `"${PATH}.count": only one of \`${PATH}.count,${PATH}.percentage\` can be specified, but \`${PATH}.count,${PATH}.percentage\` were specified.`,
      ],
      [
        'a breaker that counts neither way',
        BACKEND,
        withCondition({ count: undefined }),
        `"${PATH}.count": one of \`${PATH}.count,${PATH}.percentage\` must be specified`,
      ],
      [
        'a status code that is none',
        BACKEND,
        withCondition({ status_code_range: { min: 199, max: 429 } }),
        `expected ${PATH}.status_code_range.0.min to be in the range (200 - 599), got 199`,
      ],
      [
        'a status code beyond the last',
        BACKEND,
        withCondition({ status_code_range: [condition.status_code_range, { min: 500, max: 600 }].flat() }),
        `expected ${PATH}.status_code_range.2.max to be in the range (200 - 599), got 600`,
      ],
      [
        'a tier without units',
        'azurerm_api_management.gateway',
        { sku_name: 'Standard' },
        'invalid value for sku_name (This is not a valid Api Management sku name.)',
      ],
      [
        'a path that begins with a slash',
        'azurerm_api_management_api.models',
        { path: '/openai' },
        '"path" may only be up to 400 characters in length, not start or end with `/` and only contain valid url characters',
      ],
      [
        'two sources of one policy',
        POLICY,
        { xml_link: 'https://contoso.com/policy.xml' },
        '"xml_content": conflicts with xml_link',
      ],
    ])('refuses %s at validate', async (_, address, change, summary) => {
      workspace.write(changed(whole, address, change));
      expect((await workspace.validate()).diagnostics.map((each) => each.summary)).toEqual([summary]);
    });

    test.each<[string, Block]>([
      ['599 and 200 as status codes', withCondition({ status_code_range: { min: 200, max: 599 } })],
      ['a percentage alone', withCondition({ count: undefined, percentage: 100 })],
      ['an underscore in a name', { name: '_route_' }],
    ])('accepts %s', async (_, change) => {
      workspace.write(changed(whole, BACKEND, change));
      expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
    });

    // One `$` is missing in the provider's expression.
    test('accepts BasicV2_15, which Azure does not have', async () => {
      workspace.write(changed(whole, 'azurerm_api_management.gateway', { sku_name: 'BasicV2_15' }));
      expect((await workspace.validate()).valid).toBe(true);
    });

    test('plans changes of what can be updated and of what is replaced', async () => {
      const service = 'azurerm_api_management.gateway';
      const api = 'azurerm_api_management_api.models';
      const changes: readonly [string, Block, string][] = [
        [service, { sku_name: 'StandardV2_2' }, 'update'],
        [service, { sku_name: 'Standard_1' }, 'delete, create'],
        [BACKEND, { url: 'https://other.openai.azure.com' }, 'update'],
        [api, { path: 'models' }, 'update'],
        [api, { revision: '2' }, 'delete, create'],
      ];
      await applied(whole);
      for (const [address, change, actions] of changes) {
        workspace.write(changed(whole, address, change));
        expect((await workspace.plan()).summary).toContain(`${address}: ${actions}`);
      }
    });

    test('refuses diagnostics for Azure Monitor at plan, whatever is configured', async () => {
      const full = fullGateway();
      workspace.write(changed(full, 'azurerm_api_management_api_diagnostic.models', { identifier: 'azuremonitor' }));
      expect((await workspace.validate()).valid).toBe(true);
      await expect(workspace.plan()).rejects.toThrow(
        /`operation_name_format` cannot be set when `identifier` is not\s+`applicationinsights`/,
      );
    });

    test('refuses an API that says neither its name nor its protocols at plan', async () => {
      workspace.write(changed(whole, 'azurerm_api_management_api.models', { protocols: undefined }));
      await expect(workspace.plan()).rejects.toThrow(
        /`display_name`, `protocols` are required when `source_api_id` is not\s+set/,
      );
    });
  });

  test('an operation that does not declare the parameters of its template is refused', async () => {
    const full = fullGateway();
    workspace.write(changed(full, 'azurerm_api_management_api_operation.any', { template_parameter: [] }));
    await expect(workspace.apply()).rejects.toThrow(/following\s+parameters\s+are\s+defined:\s+'path'/);
  });
});
