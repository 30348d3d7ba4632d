import { Waiver } from '../contracts/waiver';
import { Attribute } from './attribute';
import type { GatewayFacts } from './gateway-facts';
import type { PlanFacts } from './plan-facts';
import type { ReleaseFacts } from './release-facts';
import type { NameFact } from './release-names';
import type { TrafficFacts } from './traffic-facts';

/** The place in a configuration that a fact was read from. */
export interface ResourceOrigin {
  /** Terraform address, for instance `azurerm_cognitive_deployment.chat["eu"]` or `module.openai`. */
  readonly address: string;
  /** Terraform type, for instance `azurerm_cognitive_deployment`; `module`, `local`, `variable`, `output` for those blocks. */
  readonly type: string;
  /** Stack name, where the configuration was synthesised by cdktf. */
  readonly stack?: string;
  /** Construct path, where the configuration was synthesised by cdktf. */
  readonly constructPath?: string;
}

/** A model deployment on Azure, whichever provider or construct declares it. */
export interface DeploymentFact {
  readonly origin: ResourceOrigin;
  /** How it is declared. */
  readonly declaredBy: 'azurerm' | 'azapi' | 'template' | 'module';
  /** Resource id of the account, or the expression that leads to it. */
  readonly account: Attribute;
  readonly deployment: Attribute;
  readonly format: Attribute;
  readonly model: Attribute;
  readonly version: Attribute;
  readonly sku: Attribute;
  readonly capacity: Attribute<number>;
  readonly versionUpgradeOption: Attribute;
  /**
   * True where `count` or `for_each` cannot be read, so that there may be no such deployment at all.
   * @default false
   */
  readonly mayNotExist?: boolean;
}

/** A text anywhere in the configuration, outside the attributes that deployment facts hold. */
export interface LiteralFact {
  readonly origin: ResourceOrigin;
  /** Attribute path, for instance `template.container[0].env[2].value`. */
  readonly path: string;
  readonly value: string;
  /** Texts that stand beside it and give it meaning: the env variable's name, sibling settings and their values. */
  readonly siblings: Readonly<Record<string, string>>;
}

/** A part of the configuration that may declare a deployment and cannot be read before Terraform runs. */
export interface OpaqueFact {
  readonly origin: ResourceOrigin;
  readonly path: string;
  /** What stands there. */
  readonly expression: string;
  /** Why it cannot be read, as part of a sentence. */
  readonly reason: string;
}

/** A request that deletes a deployment, or an account and all that is deployed there, whatever declares it. */
export interface DeletionFact {
  readonly origin: ResourceOrigin;
  readonly account: Attribute;
  /** Absent where the account is deleted. */
  readonly deployment: Attribute;
  /** Whether the request is sent when the resource that stands for it is destroyed, not when it is created or updated. */
  readonly isAtDestroy: boolean;
}

/** An account that deployments stand in. */
export interface AccountFact {
  readonly origin: ResourceOrigin;
  /** Resource id, where it is known. */
  readonly id: Attribute;
  readonly name: Attribute;
  /** Azure region, as the configuration writes it: `swedencentral`, `Sweden Central`. */
  readonly location: Attribute;
}

/** Everything that the rules read of one stack. */
export interface ConfigurationFacts {
  readonly stack?: string;
  /** What it was read from, as it was given: a file, `-` for standard input. @default - it was read from memory */
  readonly input?: string;
  readonly deployments: readonly DeploymentFact[];
  readonly literals: readonly LiteralFact[];
  readonly opaque: readonly OpaqueFact[];
  /** Accounts. @default - the stack declares none */
  readonly accounts?: readonly AccountFact[];
  /** Requests that delete deployments. @default - there are none */
  readonly deletions?: readonly DeletionFact[];
  /** Gateways on API Management. @default - the stack declares no part of one */
  readonly gateway?: GatewayFacts;
  /** Containers that are told a release. @default - the stack declares none */
  readonly releases?: ReleaseFacts;
  /** Routers, and weights of revisions. @default - the stack declares none */
  readonly traffic?: TrafficFacts;
  /** Names of container apps, and of what belongs to them, that Azure does not take. @default - there are none */
  readonly names?: readonly NameFact[];
  /** What is known beside the configuration that a plan leads to. @default - the configuration was read from no plan */
  readonly plan?: PlanFacts;
  /** Waivers that stand in the configuration itself. */
  readonly waivers: readonly Waiver[];
}
