import { abridged } from '../contracts/printable';
import { NameFact, NameKind } from '../facts/release-names';
import { Finding } from './finding';
import { Rule } from './rule';

interface NameLimit {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/**
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and, for what lies in a container
 * app, https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containerapps/validate/validate.go
 */
const LIMITS: Readonly<Record<NameKind, NameLimit>> = {
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
    pattern: /^(?=.{1,54}$)[a-z][a-z0-9-]*--(?!.*--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    allowed:
      'at most 54 characters with the name of the app and two dashes; the suffix has lower-case letters, digits and single dashes',
  },
  'environment of container apps': {
    pattern: /^(?=.{2,60}$)[a-z][a-z0-9-]*[a-z0-9]$/,
    allowed: '2 to 60 lower-case letters, digits and dashes, starting with a letter and not ending with a dash',
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
};

/** A name that Azure refuses. */
export const resourceNameInvalid: Rule = {
  id: 'resource-name-invalid',
  summary: 'A container app, or what belongs to one, has a name that Azure does not take.',
  why:
    'Azure refuses the name in the middle of an apply, when other resources of the release exist already. Names that hold a label or ' +
    'a hash get too long easily: a container app has 32 characters.',
  fix: 'Shorten the name or leave out the characters that are not allowed.',
  severity: 'error',
  unknownWhen: 'Never: a name that an expression makes is left to the provider, which checks it when it plans.',
  check(context) {
    return (context.facts.names ?? []).flatMap(invalid);
  },
};

function invalid({ origin, path, kind, name }: NameFact): Finding[] {
  const { pattern, allowed } = LIMITS[kind];
  return pattern.test(name)
    ? []
    : [
        {
          rule: resourceNameInvalid.id,
          severity: resourceNameInvalid.severity,
          status: 'violation',
          resource: { ...origin, path },
          message: `'${abridged(name)}' (${name.length} characters) cannot be the name of a ${kind}`,
          fix: `use ${allowed}`,
        },
      ];
}
