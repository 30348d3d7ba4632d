import { ModelVersion } from '../accounts/model-version';
import { ModelCatalog } from '../catalog/model-catalog';
import { sameFormat, sameText } from '../catalog/model-key';
import { canonicalJson, canonicalTextOf } from '../contracts/canonical-json';
import { ManifestModelConfig } from '../contracts/release-manifest';
import { DeclaredModel, DeclaredParameter } from './declared-model';
import { BoundRole, declaredApiDiffers, declaredModelDiffers, declaredParameterDiffers } from './prompty-errors';

/** What a role of a release is bound to. */
export interface Binding {
  readonly release: string;
  readonly role: string;
  readonly model: ModelVersion;
  readonly config: ManifestModelConfig;
}

/** @throws if a prompt file declares another model, or other parameters, than the release calls it with */
export function requireDeclaredModel(declared: DeclaredModel, { release, role, model, config }: Binding): void {
  const bound: BoundRole = { release, role, key: model.key };
  for (const { field, text } of declared.names) {
    if (namesOtherModel(text, model)) {
      throw declaredModelDiffers(declared.path, field, text, bound);
    }
  }
  const { api, hosting } = declared;
  if (api !== undefined && isOtherApi(api.text, model)) {
    throw declaredApiDiffers(declared.path, api.field, api.text, bound);
  }
  // Models of OpenAI are not offered as serverless deployments.
  if (hosting !== undefined && hosting.text === 'azure_serverless' && sameFormat(model.format, 'OpenAI')) {
    throw declaredApiDiffers(declared.path, hosting.field, hosting.text, bound);
  }
  for (const parameter of declared.parameters) {
    const used = usedValue(config, parameter);
    // YAML has numbers that JSON has not, such as `.inf`: they are no value of the config.
    if (used === undefined || canonicalJson(used) !== canonicalTextOf(parameter.value)) {
      const { field, value, property } = parameter;
      throw declaredParameterDiffers(declared.path, field, value, property, used, bound);
    }
  }
}

/**
 * Whether a text names a model that is not the bound one. A deployment may have any name: one that no model has, with or
 * without a version behind it, says nothing.
 */
function namesOtherModel(text: string, bound: ModelVersion): boolean {
  if (sameText(text, bound.name) || sameText(text, `${bound.name}-${bound.version}`)) {
    return false;
  }
  const written = text.toLowerCase();
  const named = ModelCatalog.bundled()
    .spellings()
    .flatMap(({ spelling, name, versions }) => [
      ...(written === spelling ? [{ name, version: undefined }] : []),
      ...versions
        .filter((version) => written === `${spelling}-${version.toLowerCase()}`)
        .map((version) => ({ name, version })),
    ]);
  const isBound = ({ name, version }: { name: string; version: string | undefined }) =>
    sameText(name, bound.name) && (version === undefined || sameText(version, bound.version));
  return named.length > 0 && !named.some(isBound);
}

/** Whether the API is one for embeddings and the model for text, or the other way round. */
function isOtherApi(api: string, { format, name, version }: ModelVersion): boolean {
  const kind = ModelCatalog.bundled().details({ format, name, version })?.record.facts.kind;
  return kind !== undefined && (kind === 'embeddings') !== /^embeddings?$/i.test(api);
}

function usedValue(config: ManifestModelConfig, { property, isOther }: DeclaredParameter): unknown {
  const values: Readonly<Record<string, unknown>> = isOther ? (config.other ?? {}) : { ...config };
  return Object.hasOwn(values, property) ? values[property] : undefined;
}
