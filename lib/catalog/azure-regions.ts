import { regionKey } from './model-availability';
import { nearestNames } from './nearest-names';

/**
 * Regions of the public cloud and of Azure Government that models can be deployed in, to recognise a slip of the pen: a
 * name that is not here may be a region that is newer than this list.
 *
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 * @see https://learn.microsoft.com/azure/azure-government/documentation-government-welcome
 */
const REGIONS: ReadonlySet<string> = new Set(
  (
    'australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth brazilsoutheast ' +
    'canadacentral canadaeast centralindia centralus centraluseuap chilecentral denmarkeast eastasia eastus eastus2 eastus2euap ' +
    'francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest ' +
    'jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope ' +
    'norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia ' +
    'spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus ' +
    'westeurope westindia westus westus2 westus3 usgovarizona usgovtexas usgovvirginia usdodcentral usdodeast'
  ).split(' '),
);

/** What to say of a name that is no known region; `undefined` for one that is. */
export function unknownRegionHint(region: string): string | undefined {
  const key = regionKey(region);
  if (REGIONS.has(key)) {
    return undefined;
  }
  const nearest = nearestNames(key, REGIONS);
  const meant = nearest.length === 0 ? '' : `; did you mean ${nearest.join(', ')}?`;
  return `'${region}' is no region that is known here${meant}`;
}
