import { Token } from 'cdktf';
import { KNOWLEDGE_ENVIRONMENT } from '../../contracts/knowledge-environment';
import { ORCHESTRATOR_ENVIRONMENT } from '../../contracts/orchestrator-environment';
import { terraformTemplate } from '../../contracts/terraform-template';
import {
  variableGivenTwice,
  variableNameInvalid,
  variableNotText,
  variableReserved,
  variablesDifferInCase,
} from '../errors';
import { isVariableName } from '../resource-names';
import type { EnvironmentVariable } from './environment-variable';

/** Names of the contract, whether or not the app at hand has them, those of telemetry, and Container Apps' own. */
const RESERVED_NAMES: readonly string[] = [
  ...Object.values(ORCHESTRATOR_ENVIRONMENT),
  ...Object.values(KNOWLEDGE_ENVIRONMENT),
  'OTEL_RESOURCE_ATTRIBUTES',
];
const RESERVED = /^(?:MODEL_[A-Z0-9_]+_(?:URL|DEPLOYMENT|SCOPE)|CONTAINER_APP_.*|KUBERNETES_.*)$/i;

/**
 * Variables that a user adds to an app, fit for Terraform.
 *
 * @throws if a name could be none or is reserved, or a value is not known now
 */
export function addedVariables(path: string, added: { [name: string]: string }): EnvironmentVariable[] {
  return Object.entries(added).map(([name, value]) => {
    requireFreeName(path, name);
    if (typeof value !== 'string' || Token.isUnresolved(value) || value.includes('\0')) {
      throw variableNotText(path, name);
    }
    return { name, value: terraformTemplate(value) };
  });
}

export function requireFreeName(path: string, name: string): void {
  if (!isVariableName(name)) {
    throw variableNameInvalid(path, name);
  }
  if (RESERVED.test(name) || RESERVED_NAMES.includes(name.toUpperCase())) {
    throw variableReserved(path, name);
  }
}

/** Linux tells variables apart by case; two that differ in it alone are a mistake. */
export function requireDistinct(path: string, variables: readonly EnvironmentVariable[]): void {
  const seen = new Map<string, string>();
  for (const { name } of variables) {
    const other = seen.get(name.toUpperCase());
    if (other !== undefined) {
      throw other === name ? variableGivenTwice(path, name) : variablesDifferInCase(path, other, name);
    }
    seen.set(name.toUpperCase(), name);
  }
}

/** Bytes that the variables take in the container, with the sign and the end that the system adds to each; a token counts as it is written. */
export function bytesOf(variables: readonly EnvironmentVariable[]): number {
  return variables.reduce(
    (sum, { name, value = '' }) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + 2,
    0,
  );
}
