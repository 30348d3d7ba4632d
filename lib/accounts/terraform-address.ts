import { TerraformResource } from 'cdktf';

/** Address of a resource in its own stack, as `depends_on` and `import` take it. */
export function terraformAddress(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
