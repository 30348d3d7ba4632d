import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceSchema } from './schema';

/** What the azurerm provider says of itself, for the resource types that the project uses. */
export interface ProviderSchema {
  /** Version of the provider that said it. */
  readonly version: string;
  readonly provider: ResourceSchema;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
}

let loaded: ProviderSchema | undefined;

/** The schema in the file that `build-azurerm-schema.ts` makes. */
export function azurermSchema(): ProviderSchema {
  return (loaded ??= JSON.parse(
    readFileSync(join(__dirname, '../schema/azurerm-for-terraform.json'), 'utf8'),
  ) as ProviderSchema);
}
