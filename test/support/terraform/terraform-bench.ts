import { AZAPI_SCHEMA } from './azapi-schema';
import { azurermSchema, ProviderSchema } from './azurerm-schema';
import { FakeAzure, Operation } from './fake-azure';
import { ProviderServer, reattaching } from './provider-server';
import { providerCalls } from './provider-service';
import { TerraformWorkspace } from './terraform-workspace';

const AZURERM = 'registry.terraform.io/hashicorp/azurerm';
const AZAPI = 'registry.terraform.io/azure/azapi';

/**
 * The real terraform over stand-ins for the azurerm and azapi providers: the schema of the first is the real one, and
 * behind both is one subscription in memory.
 */
export class TerraformBench {
  private readonly workspaces: TerraformWorkspace[] = [];

  private constructor(
    readonly azure: FakeAzure,
    private readonly servers: ReadonlyMap<string, ProviderServer>,
  ) {}

  static async start(schema: ProviderSchema = azurermSchema()): Promise<TerraformBench> {
    const azure = new FakeAzure({ ...schema, resources: { ...schema.resources, ...AZAPI_SCHEMA.resources } });
    const [azurerm, azapi] = await Promise.all([
      ProviderServer.start(providerCalls(schema, azure)),
      ProviderServer.start(providerCalls(AZAPI_SCHEMA, azure)),
    ]);
    const servers = { [AZURERM]: azurerm, [AZAPI]: azapi };
    return new TerraformBench(azure, new Map(Object.entries(servers)));
  }

  /**
   * A new empty directory; several of them share the subscription.
   * @param variables values of the configuration's input variables
   */
  workspace(variables: Readonly<Record<string, string>> = {}): TerraformWorkspace {
    const values = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]);
    const workspace = new TerraformWorkspace({
      ...(Object.fromEntries(values) as Record<string, string>),
      TF_REATTACH_PROVIDERS: reattaching(this.servers),
    });
    this.workspaces.push(workspace);
    return workspace;
  }

  /** What was done since the last call, in the order in which it finished. */
  takeOperations(): Operation[] {
    return this.azure.operations.splice(0);
  }

  stop(): void {
    this.servers.forEach((server) => server.stop());
    this.workspaces.forEach((workspace) => workspace.remove());
  }
}
