import { FragmentDocument, PolicyDocument } from '../policy/policy-document';
import { expressionOf } from './block';
import { ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import {
  ARM_BACKEND,
  ARM_FRAGMENT,
  azapiBackend,
  azurermBackend,
  DeclaredBackend,
  GatewayBlock,
} from './gateway-backends';
import { azurermDiagnostic, DeclaredDiagnostic, templateDiagnostics } from './gateway-diagnostics';
import { PolicyRead, PolicyTexts } from './gateway-policy-text';
import { GatewayService, GatewayServices } from './gateway-service';
import { property } from './json';
import { isType } from './resource-type';
import { StackReferences } from './stack-references';
import { Unresolved } from './unresolved';

/** A policy that the stack declares. */
export interface DeclaredPolicy<Document = PolicyDocument> {
  readonly block: GatewayBlock;
  readonly path: string;
  readonly service: GatewayService;
  /** As it is written, for those that cannot be read. */
  readonly text: string;
  readonly read: PolicyRead<Document>;
}

export interface ApiPolicy extends DeclaredPolicy {
  readonly reach: 'service' | 'product' | 'api';
  /** Name of the API, where the policy is for one. */
  readonly api?: string;
}

export interface DeclaredFragment extends DeclaredPolicy<FragmentDocument> {
  readonly name: string;
}

export interface DeclaredApi {
  readonly block: GatewayBlock;
  readonly service: GatewayService;
  readonly name: string;
  readonly serviceUrl?: string;
}

/** A value that policies refer to as `{{name}}`. */
export interface DeclaredNamedValue {
  readonly block: GatewayBlock;
  readonly service: GatewayService;
  readonly name: string;
  /** Absent where it is a secret, or nothing tells it. */
  readonly value?: string;
}

/** The parts of all gateways of a stack. */
export interface GatewayParts {
  readonly apis: readonly DeclaredApi[];
  readonly policies: readonly ApiPolicy[];
  readonly fragments: readonly DeclaredFragment[];
  readonly backends: readonly DeclaredBackend[];
  readonly diagnostics: readonly DeclaredDiagnostic[];
  readonly namedValues: readonly DeclaredNamedValue[];
}

/** Policies by Terraform type, and what they apply to. */
const POLICY_REACH: Readonly<Record<string, ApiPolicy['reach']>> = {
  azurerm_api_management_policy: 'service',
  azurerm_api_management_product_policy: 'product',
  azurerm_api_management_api_policy: 'api',
  azurerm_api_management_api_operation_policy: 'api',
};

const FRAGMENT = 'azurerm_api_management_policy_fragment';

const PARTS: ReadonlySet<string> = new Set([
  ...Object.keys(POLICY_REACH),
  FRAGMENT,
  'azurerm_api_management_api',
  'azurerm_api_management_api_diagnostic',
  'azurerm_api_management_backend',
  'azurerm_api_management_diagnostic',
  'azurerm_api_management_named_value',
  'azurerm_resource_group_template_deployment',
]);

/** Whether a resource may be part of a gateway. */
export function isGatewayPart({ origin, body }: ConfigurationBlock): boolean {
  return PARTS.has(origin.type) || (origin.type === 'azapi_resource' && isArmPart(property(body, 'type')));
}

/** The attribute that holds a policy or fragment, for the resources that are one. */
export function policyAttribute(type: string): 'xml_content' | 'value' | undefined {
  return type === FRAGMENT ? 'value' : Object.hasOwn(POLICY_REACH, type) ? 'xml_content' : undefined;
}

/** One entry for each instance of a resource. */
export function gatewayBlocks(block: ConfigurationBlock): GatewayBlock[] {
  return block.instances.all.map((instance) => ({ origin: originOf(block, instance), body: block.body, instance }));
}

export function gatewayParts(
  blocks: readonly GatewayBlock[],
  references: StackReferences,
  texts: PolicyTexts,
): GatewayParts {
  const services = new GatewayServices(references);
  const ofType = (type: string) => blocks.filter(({ origin }) => origin.type === type);
  const ofArmType = (type: string) =>
    ofType('azapi_resource').filter(({ body }) => isType(property(body, 'type'), type));
  const apiName = (block: GatewayBlock) => references.text(block, 'api_name')?.split(';')[0];
  return {
    apis: ofType('azurerm_api_management_api').map((block) => ({
      block,
      service: services.of(block),
      name: references.text(block, 'name') ?? '',
      // A state has an empty one where there is none.
      serviceUrl: references.text(block, 'service_url') || undefined,
    })),
    policies: Object.entries(POLICY_REACH).flatMap(([type, reach]) =>
      ofType(type).map((block) => ({
        reach,
        ...(reach === 'api' && { api: apiName(block) }),
        ...declared(block, 'xml_content', services, (text) => texts.policy(text)),
      })),
    ),
    fragments: [
      ...ofType(FRAGMENT).map((block) => ({
        name: references.text(block, 'name') ?? '',
        ...declared(block, 'value', services, (text) => texts.fragment(text)),
      })),
      ...ofArmType(ARM_FRAGMENT).map((block) => ({
        name: references.text(block, 'name') ?? '',
        block,
        path: 'body',
        service: services.of(block),
        text: '',
        read: { reason: 'is declared by azapi, whose fragments are not read' },
      })),
    ],
    backends: [
      ...ofType('azurerm_api_management_backend').map((block) => azurermBackend(block, references, services)),
      ...ofArmType(ARM_BACKEND).map((block) => azapiBackend(block, references, services)),
    ],
    diagnostics: [
      ...['azurerm_api_management_diagnostic', 'azurerm_api_management_api_diagnostic']
        .flatMap(ofType)
        .map((block) => azurermDiagnostic(block, references, services)),
      ...ofType('azurerm_resource_group_template_deployment').flatMap(templateDiagnostics),
    ],
    namedValues: ofType('azurerm_api_management_named_value').flatMap((block) => {
      const name = references.text(block, 'display_name');
      const value = references.text(block, 'secret') === 'true' ? undefined : references.text(block, 'value');
      return name === undefined
        ? []
        : [{ block, service: services.of(block), name, ...(value !== undefined && { value }) }];
    }),
  };
}

/** The policy's text as it stands, locals and `each` filled in. */
export function policyTemplate(block: Pick<GatewayBlock, 'body' | 'instance'>, attribute: string): string | undefined {
  const resolved = resolveValue(property(block.body, attribute), block.instance.scope);
  return typeof resolved === 'string' ? resolved : resolved instanceof Unresolved ? expressionOf(resolved) : undefined;
}

function declared<Document>(
  block: GatewayBlock,
  path: string,
  services: GatewayServices,
  read: (text: string) => PolicyRead<Document>,
): DeclaredPolicy<Document> {
  const text = policyTemplate(block, path);
  return {
    block,
    path: text === undefined && property(block.body, 'xml_link') !== undefined ? 'xml_link' : path,
    service: services.of(block),
    text: text ?? '',
    read: text === undefined ? { reason: 'stands behind a link' } : read(text),
  };
}

function isArmPart(type: unknown): boolean {
  return isType(type, ARM_BACKEND) || isType(type, ARM_FRAGMENT);
}
