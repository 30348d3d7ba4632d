import { isKillSwitchName, killSwitchPosition } from '../contracts/kill-switch';
import { JsonObject, property } from './json';

const NAMED_VALUE = 'azurerm_api_management_named_value';

/**
 * The attributes of a resource, with the position of a router's kill switch in the open. azurerm marks the value of every
 * named value as sensitive, those that are no secret of API Management included
 * (https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/apimanagement/api_management_named_value_resource.go),
 * and whether everybody is on stable is what a review of traffic has to say. No more of the value than that is told.
 *
 * @param values as they stand in the plan
 * @param written the same, with what is secret or unknown taken out
 */
export function withKillSwitch(type: string, values: unknown, written: JsonObject): JsonObject {
  if (type !== NAMED_VALUE) {
    return written;
  }
  const [name, secret] = [property(written, 'display_name'), property(written, 'secret') ?? false];
  const [value, hidden] = [property(values, 'value'), property(written, 'value')];
  return typeof name === 'string' &&
    isKillSwitchName(name) &&
    secret === false &&
    typeof value === 'string' &&
    value !== hidden
    ? { ...written, value: killSwitchPosition(value) }
    : written;
}
