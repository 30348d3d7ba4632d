import { parseJsonDocument, property, propertyAt } from './json';
import { addressOf } from './plan-configuration';
import { ResourceChange } from './plan-document';

/**
 * Addresses of template deployments that delete what they no longer list: in the mode `Complete`, and stacks that delete
 * what they stop to manage. All others leave it alone.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes
 */
export function completeTemplates(changes: readonly ResourceChange[]): ReadonlySet<string> {
  return new Set(changes.filter(({ after }) => isComplete(after)).map(addressOf));
}

function isComplete(values: unknown): boolean {
  const body = property(values, 'body');
  const properties = property(typeof body === 'string' ? parseJsonDocument(body) : body, 'properties');
  const modes = [property(values, 'deployment_mode'), property(properties, 'mode')];
  return (
    modes.some((mode) => isText(mode, 'complete')) ||
    isText(propertyAt(properties, 'actionOnUnmanage', 'resources'), 'delete')
  );
}

function isText(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text;
}
