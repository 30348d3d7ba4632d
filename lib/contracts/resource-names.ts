/** What a name is the name of. */
export type NameKind =
  | 'container app'
  | 'container'
  | 'secret of a container app'
  | 'revision of a container app'
  | 'environment of container apps'
  | 'container registry'
  | 'storage container'
  | 'user-assigned identity'
  | 'model account'
  | 'model deployment'
  | 'service of API Management'
  | 'part of API Management'
  | 'private endpoint'
  | 'network security group'
  | 'log workspace';

/** A name as Azure takes it: in words and as a pattern. */
export interface NameLimit {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/**
 * Names that Azure takes.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and, for what lies in a container
 * app, https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containerapps/validate/validate.go. What Azure's
 * clouds and old resources may have been called is let through: a name that is refused here is refused everywhere.
 */
export const NAME_LIMITS: Readonly<Record<NameKind, NameLimit>> = {
  'container app': {
    pattern: /^(?!.*--)(?=.{2,32}$)[a-z][a-z0-9-]*[a-z0-9]$/,
    allowed: '2 to 32 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
  },
  container: {
    pattern: /^(?=.{1,46}$)[a-z0-9][a-z0-9.-]*$/,
    allowed: "1 to 46 lower-case letters, digits, '-' and '.', starting with a letter or digit",
  },
  'secret of a container app': {
    pattern: /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    allowed: '1 to 253 lower-case letters, digits and dashes, none at the ends',
  },
  'revision of a container app': {
    pattern: /^(?=.{1,54}$)(?!.*--.*--)[a-z][a-z0-9-]*--[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    allowed:
      'at most 54 characters with the name of the app and two dashes; the suffix has lower-case letters, digits and single dashes',
  },
  'environment of container apps': {
    // Azure takes 60 characters, azurerm the sixtieth only where it is a letter.
    pattern: /^[a-z](?:[a-z0-9-]{0,57}[a-z0-9]|[a-z0-9-]{58}[a-z])$/,
    allowed:
      '2 to 60 lower-case letters, digits and dashes, starting with a letter and not ending with a dash, nor with a digit if there are 60',
  },
  'container registry': { pattern: /^[A-Za-z0-9]{5,50}$/, allowed: '5 to 50 letters and digits' },
  'storage container': {
    pattern: /^(?:\$root|\$web|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/,
    allowed: '3 to 63 lower-case letters, digits and single dashes, none at the ends',
  },
  'user-assigned identity': {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
    allowed: "3 to 128 letters, digits, '-' and '_', starting with a letter or digit",
  },
  'model account': {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{1,63}$/,
    allowed: "2 to 64 letters, digits, '-', '_' and '.', starting with a letter or digit",
  },
  'model deployment': {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{1,63}$/,
    allowed: "2 to 64 letters, digits, '-', '_' and '.', starting with a letter or digit",
  },
  'service of API Management': {
    pattern: /^[A-Za-z](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?$/,
    allowed: '1 to 50 letters, digits and dashes, starting with a letter and not ending with a dash',
  },
  'part of API Management': {
    pattern: /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9_])?$/,
    allowed: "1 to 80 letters, digits, '-' and '_', with no dash at the ends",
  },
  'private endpoint': {
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
    allowed: "1 to 80 letters, digits, '-', '_' and '.', starting with a letter or digit and ending with one or '_'",
  },
  'network security group': {
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
    allowed: "1 to 80 letters, digits, '-', '_' and '.', starting with a letter or digit and ending with one or '_'",
  },
  'log workspace': {
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
    allowed: '4 to 63 letters, digits and dashes, none at the ends',
  },
};

/** Whether Azure takes the name. */
export function isResourceName(kind: NameKind, name: unknown): name is string {
  return typeof name === 'string' && NAME_LIMITS[kind].pattern.test(name);
}
