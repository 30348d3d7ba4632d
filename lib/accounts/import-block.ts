import { TerraformElement, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { terraformAddress } from './terraform-address';

/**
 * A Terraform import block (Terraform 1.5 or later).
 *
 * `TerraformResource.importFrom` writes the same, but also makes every synthesis start the terraform binary to learn
 * its version, and fail where there is none.
 */
export class ImportBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly resource: TerraformResource,
    private readonly resourceId: string,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    return { import: [{ to: terraformAddress(this.resource), id: this.resourceId }] };
  }

  public override toHclTerraform(): object {
    return {
      import: [
        {
          to: { value: terraformAddress(this.resource), type: 'simple', storageClassType: 'reference' },
          id: { value: this.resourceId, type: 'simple', storageClassType: 'string' },
        },
      ],
    };
  }
}
