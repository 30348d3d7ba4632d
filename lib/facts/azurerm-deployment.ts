import { Block, textAttribute } from './block';
import { BlockReading, ConfigurationBlock, originOf } from './configuration-block';
import { withDynamicBlocks } from './dynamic-blocks';
import { resolveValue } from './expression';
import { DeploymentFact } from './facts';
import { Instance } from './instances';
import { property } from './json';

/** Attributes of `azurerm_cognitive_deployment` that its deployment fact holds. */
const HELD = ['name', 'cognitive_account_id', 'model', 'sku', 'scale', 'version_upgrade_option'];

/**
 * Reads `azurerm_cognitive_deployment`; `scale` is what `sku` was called before provider version 4.
 * Source: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_deployment
 */
export function readAzurermDeployment(block: ConfigurationBlock): BlockReading {
  const body = withDynamicBlocks(block.body, block.scope);
  block.held.hold(body, ...HELD);
  if (block.instances.expanded) {
    block.held.hold(body, 'for_each');
  }
  return { deployments: block.instances.all.map((instance) => deploymentOf(block, instance)), opaque: [], body };
}

function deploymentOf(block: ConfigurationBlock, instance: Instance): DeploymentFact {
  const body = withDynamicBlocks(block.body, instance.scope);
  const read = (key: string) => resolveValue(property(body, key), instance.scope);
  const model = Block.of(read('model'));
  const sku = Block.of(read('sku') ?? read('scale'));
  return {
    origin: originOf(block, instance),
    declaredBy: 'azurerm',
    account: textAttribute(read('cognitive_account_id')),
    deployment: textAttribute(read('name')),
    format: model.text('format'),
    model: model.text('name'),
    version: model.text('version'),
    sku: sku.text('name', 'type'),
    capacity: sku.number('capacity'),
    versionUpgradeOption: textAttribute(read('version_upgrade_option')),
  };
}
