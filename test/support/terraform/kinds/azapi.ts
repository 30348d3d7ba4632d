import { ResourceKind } from '../resource-kind';
import { ValueObject } from '../value-encoding';

const DEPLOYMENT = /^Microsoft\.CognitiveServices\/accounts\/deployments@/i;

/** A value where the schema says `dynamic`. */
const emptyObject = () => [Buffer.from('["object",{}]'), {}];

/**
 * `azapi_resource` for model deployments, the one type that it is used with here. What forces a replacement and the
 * defaults follow https://github.com/Azure/terraform-provider-azapi/blob/v2.7.0/internal/services/azapi_resource.go:
 * a change of the body is an update, whatever Azure will say to it.
 */
export const azapiKinds: Readonly<Record<string, ResourceKind>> = {
  azapi_resource: {
    id: '{parent_id}/deployments/{name}',
    parent: 'parent_id',
    forcesReplacement: ['name', 'parent_id'],
    providerDefaults: {
      ignore_casing: false,
      ignore_missing_property: true,
      ignore_null_property: false,
      schema_validation_enabled: true,
    },
    validate: ({ type }) =>
      typeof type === 'string' && !DEPLOYMENT.test(type)
        ? [`the stand-in knows azapi_resource for model deployments only, got ${type}`]
        : [],
    azureAnswers: () => ({ output: emptyObject() }),
    account: ({ parent_id }: ValueObject) => String(parent_id),
    whileAccountIsBusy: 'queue',
  },
};
