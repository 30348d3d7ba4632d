import { azurermSchema, ProviderSchema } from './azurerm-schema';
import { FakeAzure, Operation } from './fake-azure';
import { ProviderServer } from './provider-server';
import { providerCalls } from './provider-service';
import { TerraformWorkspace } from './terraform-workspace';

const AZURERM = 'registry.terraform.io/hashicorp/azurerm';

/**
 * The real terraform over a stand-in for the azurerm provider: the schema is the real one, and behind it is a
 * subscription in memory.
 */
export class TerraformBench {
  private readonly workspaces: TerraformWorkspace[] = [];

  private constructor(
    readonly azure: FakeAzure,
    private readonly server: ProviderServer,
  ) {}

  static async start(schema: ProviderSchema = azurermSchema()): Promise<TerraformBench> {
    const azure = new FakeAzure(schema);
    return new TerraformBench(azure, await ProviderServer.start(providerCalls(schema, azure)));
  }

  /**
   * A new empty directory; several of them share the subscription.
   * @param variables values of the configuration's input variables
   */
  workspace(variables: Readonly<Record<string, string>> = {}): TerraformWorkspace {
    const values = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]);
    const workspace = new TerraformWorkspace({
      ...(Object.fromEntries(values) as Record<string, string>),
      TF_REATTACH_PROVIDERS: this.server.reattach(AZURERM),
    });
    this.workspaces.push(workspace);
    return workspace;
  }

  /** What was done since the last call, in the order in which it finished. */
  takeOperations(): Operation[] {
    return this.azure.operations.splice(0);
  }

  stop(): void {
    this.server.stop();
    this.workspaces.forEach((workspace) => workspace.remove());
  }
}
