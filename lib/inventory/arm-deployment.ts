import { isJsonObject } from '../contracts/json-file';
import { quoted } from '../contracts/printable';
import { deploymentPlace } from './account-id';
import { notADeployment } from './errors';
import { LiveDeployment, LiveModel, LiveSku } from './live-deployment';

/**
 * A deployment as ARM and Resource Graph write it; they write one shape.
 * Source: https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments/list
 *
 * @param source what errors call the answer
 * @param location region of the account: a deployment has none of its own
 * @throws if it has no id of a deployment, or a property of another kind than Azure documents
 */
export function liveDeployment(value: unknown, source: string, location?: string): LiveDeployment {
  const resource = isJsonObject(value) ? value : {};
  const place = typeof resource.id === 'string' ? deploymentPlace(resource.id) : undefined;
  if (place === undefined) {
    throw notADeployment(source, `its id is ${quoted(resource.id)}`);
  }
  const { account, name } = place;
  const read = new PropertyReader(source, `${account.account}/${name}`);
  const properties = read.object(resource.properties, 'properties') ?? {};
  const model = modelOf(read, properties.model);
  const sku = skuOf(read, resource.sku);
  const versionUpgradeOption = read.text(properties.versionUpgradeOption, 'properties.versionUpgradeOption');
  const provisioningState = read.text(properties.provisioningState, 'properties.provisioningState');
  const deploymentState = read.text(properties.deploymentState, 'properties.deploymentState');
  return {
    id: `${account.id}/deployments/${name}`,
    subscriptionId: account.subscriptionId,
    accountId: account.id,
    account: account.account,
    name,
    ...(location !== undefined && { location }),
    ...(model && { model }),
    ...(sku && { sku }),
    ...(versionUpgradeOption !== undefined && { versionUpgradeOption }),
    ...(provisioningState !== undefined && { provisioningState }),
    ...(deploymentState !== undefined && { deploymentState }),
  };
}

function modelOf(read: PropertyReader, value: unknown): LiveModel | undefined {
  const model = read.object(value, 'properties.model');
  const name = read.text(model?.name, 'properties.model.name');
  if (name === undefined) {
    return undefined;
  }
  const format = read.text(model?.format, 'properties.model.format');
  const version = read.text(model?.version, 'properties.model.version');
  return { ...(format !== undefined && { format }), name, ...(version !== undefined && { version }) };
}

function skuOf(read: PropertyReader, value: unknown): LiveSku | undefined {
  const sku = read.object(value, 'sku');
  const name = read.text(sku?.name, 'sku.name');
  if (name === undefined) {
    return undefined;
  }
  const capacity = read.number(sku?.capacity, 'sku.capacity');
  return { name, ...(capacity !== undefined && { capacity }) };
}

/** Reads properties that may be absent; `null` and an empty text are absent, as ARM writes both. */
class PropertyReader {
  constructor(
    private readonly source: string,
    private readonly deployment: string,
  ) {}

  object(value: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
    return this.optional(value, path, 'an object', isJsonObject);
  }

  text(value: unknown, path: string): string | undefined {
    const text = this.optional(value, path, 'a text', (given): given is string => typeof given === 'string');
    return text === '' ? undefined : text;
  }

  number(value: unknown, path: string): number | undefined {
    return this.optional(value, path, 'a number', (given): given is number => typeof given === 'number');
  }

  private optional<T>(
    value: unknown,
    path: string,
    expected: string,
    is: (given: unknown) => given is T,
  ): T | undefined {
    if (value === undefined || value === null) {
      return undefined;
    }
    if (!is(value)) {
      throw notADeployment(this.source, `${path} of ${quoted(this.deployment)} is ${quoted(value)}, not ${expected}`);
    }
    return value;
  }
}
