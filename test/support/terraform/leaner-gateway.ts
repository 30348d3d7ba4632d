type Resources = Record<string, Record<string, object>>;

const OPERATION = 'azurerm_api_management_api_operation';
const POLICY = 'azurerm_api_management_api_operation_policy';

/**
 * The stack without most of a gateway's operations: those that have no policy of their own, and those for unknown paths.
 * They are more than half of its resources, and no change of a route touches them.
 */
export function leanerGateway(stack: object): object {
  const { resource, ...rest } = stack as { resource: Resources };
  const policies = keep(resource[POLICY] ?? {}, (name) => !name.includes('-unknown-path-'));
  const named = JSON.stringify(policies);
  const operations = keep(resource[OPERATION] ?? {}, (name) => named.includes(`\${${OPERATION}.${name}.`));
  return { ...rest, resource: { ...resource, [POLICY]: policies, [OPERATION]: operations } };
}

function keep(resources: Resources[string], wanted: (name: string) => boolean): Resources[string] {
  return Object.fromEntries(Object.entries(resources).filter(([name]) => wanted(name)));
}
