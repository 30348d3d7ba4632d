import { GatewayTier } from '../policy/policy-limits';
import { skuNameMalformed, skuUnitsNotAllowed } from './service-errors';
import { VirtualNetworkAccess } from './virtual-network-access';

interface SkuFamily {
  readonly name: string;
  readonly tier: GatewayTier;
  readonly leastUnits: number;
  readonly mostUnits: number;
  readonly networks?: readonly VirtualNetworkAccess[];
  readonly zones?: boolean;
}

const EVERY_NETWORK = [VirtualNetworkAccess.EXTERNAL, VirtualNetworkAccess.INTERNAL];

/**
 * Units: https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/validate/api_management_sku.go
 * (which lets more than ten units of BasicV2 pass and Azure then refuses them). Networks:
 * https://learn.microsoft.com/azure/api-management/virtual-network-concepts. The provider takes zones with Premium alone.
 */
const FAMILIES: readonly SkuFamily[] = [
  { name: 'Consumption', tier: 'consumption', leastUnits: 0, mostUnits: 0 },
  { name: 'Developer', tier: 'classic', leastUnits: 1, mostUnits: 1, networks: EVERY_NETWORK },
  { name: 'Basic', tier: 'classic', leastUnits: 1, mostUnits: 2 },
  { name: 'Standard', tier: 'classic', leastUnits: 1, mostUnits: 4 },
  { name: 'Premium', tier: 'classic', leastUnits: 1, mostUnits: 99, networks: EVERY_NETWORK, zones: true },
  { name: 'BasicV2', tier: 'v2', leastUnits: 1, mostUnits: 10 },
  { name: 'StandardV2', tier: 'v2', leastUnits: 1, mostUnits: 10, networks: [VirtualNetworkAccess.EXTERNAL] },
  { name: 'PremiumV2', tier: 'v2', leastUnits: 1, mostUnits: 30, networks: EVERY_NETWORK },
];

const SKU_NAME = /^(?<family>[A-Za-z0-9]+)_(?<units>0|[1-9][0-9]{0,2})$/;

/**
 * Tier and number of units of an API Management service.
 *
 * What a gateway may hold depends on the tier: Consumption has policies of at most 16 KiB, and neither token limits nor
 * circuit breakers; the others have 256 KiB. Changing between a classic tier and a v2 tier replaces the service.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-features
 */
export class ApiManagementSku {
  /** Billed per call, without units. No token limits, no circuit breakers, policies of at most 16 KiB. */
  public static consumption(): ApiManagementSku {
    return ApiManagementSku.of('Consumption', 0);
  }

  /** Classic tier for development, one unit, without a service level agreement. */
  public static developer(): ApiManagementSku {
    return ApiManagementSku.of('Developer', 1);
  }

  /** Classic tier, 1 or 2 units; one if left out. */
  public static basic(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('Basic', units);
  }

  /** Classic tier, 1 to 4 units; one if left out. */
  public static standard(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('Standard', units);
  }

  /** Classic tier with virtual networks and availability zones, 1 to 99 units; one if left out. */
  public static premium(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('Premium', units);
  }

  /** V2 tier, 1 to 10 units; one if left out. */
  public static basicV2(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('BasicV2', units);
  }

  /** V2 tier that can reach models in a virtual network, 1 to 10 units; one if left out. */
  public static standardV2(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('StandardV2', units);
  }

  /** V2 tier that can reach models in a virtual network or lie inside it, 1 to 30 units; one if left out. */
  public static premiumV2(units: number = 1): ApiManagementSku {
    return ApiManagementSku.of('PremiumV2', units);
  }

  /**
   * The SKU of that name.
   *
   * @param name - tier and units as the azurerm provider writes them, for instance `StandardV2_1` or `Consumption_0`
   * @throws if there is no such tier, or it has other numbers of units
   */
  public static parse(name: string): ApiManagementSku {
    const groups = typeof name === 'string' ? SKU_NAME.exec(name)?.groups : undefined;
    if (groups === undefined || !FAMILIES.some((family) => family.name === groups.family)) {
      throw skuNameMalformed(
        name,
        FAMILIES.map((family) => family.name),
      );
    }
    return ApiManagementSku.of(groups.family!, Number(groups.units));
  }

  private static of(familyName: string, units: number): ApiManagementSku {
    return new ApiManagementSku(
      FAMILIES.find((family) => family.name === familyName)!,
      units,
    );
  }

  /** Tier and units, for instance `StandardV2_1`. */
  public readonly name: string;

  /**
   * What the limits and the policies on offer depend on.
   *
   * @internal
   */
  public readonly _tier: GatewayTier;

  /**
   * The ways in which a service of this tier can be part of a virtual network.
   *
   * @internal
   */
  public readonly _networks: readonly VirtualNetworkAccess[];

  /** @internal */
  public readonly _hasZones: boolean;

  private constructor(family: SkuFamily, units: number) {
    const { name, tier, leastUnits, mostUnits } = family;
    if (!Number.isSafeInteger(units) || units < leastUnits || units > mostUnits) {
      throw skuUnitsNotAllowed(name, units, leastUnits, mostUnits);
    }
    this.name = `${name}_${units}`;
    this._tier = tier;
    this._networks = family.networks ?? [];
    this._hasZones = family.zones ?? false;
  }

  /** The SKU as text, for instance `StandardV2_1`. */
  public toString(): string {
    return this.name;
  }
}
