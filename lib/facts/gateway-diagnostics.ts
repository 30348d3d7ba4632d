import { resolveValue } from './expression';
import { GatewayBlock } from './gateway-backends';
import { DiagnosticFact } from './gateway-facts';
import { GatewayService, GatewayServices } from './gateway-service';
import { blocksOf, isObject, property, propertyAt } from './json';
import { documentOf } from './json-document';
import { isType } from './resource-type';
import { StackReferences } from './stack-references';
import { Unresolved } from './unresolved';

/** Which APIs a diagnostic is for. */
export interface DeclaredDiagnostic extends DiagnosticFact {
  /** `undefined` where a template deploys it, which says so in its parameters. */
  readonly service?: GatewayService;
  /** Name of the API; `undefined` for all APIs of the service. */
  readonly api?: string;
  /** What the template's parameters say, for templates. */
  readonly parameters?: string;
}

const ARM_API_DIAGNOSTIC = 'Microsoft.ApiManagement/service/apis/diagnostics';
const ARM_DIAGNOSTIC = 'Microsoft.ApiManagement/service/diagnostics';

/** `azurerm_api_management_diagnostic` and `azurerm_api_management_api_diagnostic`. */
export function azurermDiagnostic(
  block: GatewayBlock,
  references: StackReferences,
  services: GatewayServices,
): DeclaredDiagnostic {
  const headers = ['frontend_request', 'frontend_response'].map((attribute) =>
    listOf(
      blocksOf(property(block.body, attribute)).map((logged) => property(logged, 'headers_to_log')),
      block,
    ),
  );
  return {
    address: block.origin.address,
    service: services.of(block),
    api: references.text(block, 'api_name')?.split(';')[0],
    headers: together(headers),
  };
}

/** The diagnostics of a template: the only way to turn on metrics, which the provider cannot write. */
export function templateDiagnostics(block: GatewayBlock): DeclaredDiagnostic[] {
  const { scope } = block.instance;
  const resolved = (attribute: string) => resolveValue(property(block.body, attribute), scope);
  const template = documentOf(resolved('template_content'), scope);
  const resources = property(template, 'resources');
  const all = Array.isArray(resources) ? resources : isObject(resources) ? Object.values(resources) : [];
  const given = resolved('parameters_content');
  const parameters = given instanceof Unresolved ? given.expression : JSON.stringify(given ?? '');
  return all.filter(isObject).flatMap((resource): DeclaredDiagnostic[] => {
    const type = property(resource, 'type');
    if (!isType(type, ARM_API_DIAGNOSTIC) && !isType(type, ARM_DIAGNOSTIC)) {
      return [];
    }
    const logged = ['request', 'response'].map((part) =>
      listOf([propertyAt(resource, 'properties', 'frontend', part, 'headers')], block),
    );
    return [
      {
        address: block.origin.address,
        headers: together(logged),
        ...(isType(type, ARM_API_DIAGNOSTIC) && {
          parameters: `${parameters} ${JSON.stringify(property(resource, 'name'))}`,
        }),
      },
    ];
  });
}

/** Whether a diagnostic reports calls of the API. */
export function reportsOn(
  { service, api, parameters }: DeclaredDiagnostic,
  of: { readonly service: GatewayService; readonly name: string; readonly address: string },
  mayShareService: (left: GatewayService, right: GatewayService) => boolean,
): boolean {
  if (parameters !== undefined) {
    return parameters.includes(of.name) || parameters.includes(of.address);
  }
  return (service === undefined || mayShareService(service, of.service)) && (api === undefined || api === of.name);
}

function listOf(
  values: readonly unknown[],
  { instance }: { readonly instance: GatewayBlock['instance'] },
): string[] | undefined {
  const lists = values
    .filter((value) => value !== undefined && value !== null)
    .map((value) => resolveValue(value, instance.scope));
  return lists.every((list) => Array.isArray(list) && list.every((name) => typeof name === 'string'))
    ? (lists as string[][]).flat().map((name) => name.toLowerCase())
    : undefined;
}

function together(lists: readonly (readonly string[] | undefined)[]): string[] | undefined {
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
