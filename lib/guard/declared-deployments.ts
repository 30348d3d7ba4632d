import { IConstruct } from 'constructs';

/**
 * A Terraform resource as cdktf's generated classes hold it. `name` is a reference there; what was given stands in
 * `nameInput` (https://developer.hashicorp.com/terraform/cdktf/concepts/resources).
 */
interface HostResource extends IConstruct {
  readonly terraformResourceType?: unknown;
  readonly nameInput?: unknown;
  readonly typeInput?: unknown;
}

const AZAPI_DEPLOYMENT = /^Microsoft\.CognitiveServices\/accounts\/deployments@/i;

/**
 * Names, in lower case, that the constructs below a scope literally give to model deployments.
 *
 * It is what can be known of a stack whose Aspects have not run: tokens, overrides, templates and modules show only
 * in the resolved configuration.
 */
export function declaredDeploymentNames(scope: IConstruct): Set<string> {
  const names = new Set<string>();
  for (const node of scope.node.findAll()) {
    const name = isDeployment(node) ? node.nameInput : undefined;
    if (typeof name === 'string' && !name.includes('${')) {
      names.add(name.toLowerCase());
    }
  }
  return names;
}

function isDeployment(node: IConstruct): node is HostResource {
  const { terraformResourceType, typeInput } = node as HostResource;
  return (
    terraformResourceType === 'azurerm_cognitive_deployment' ||
    (terraformResourceType === 'azapi_resource' && typeof typeInput === 'string' && AZAPI_DEPLOYMENT.test(typeInput))
  );
}
