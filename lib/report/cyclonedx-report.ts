import { CatalogSource } from '../catalog/lifecycle';
import { abridged, printable } from '../contracts/printable';
import { compareText } from '../contracts/text-order';
import { jsonText } from './json-text';
import { ModelInUse, RunReport } from './run-report';

/** What stands for a name that only the apply makes known: a model that cannot be read is listed all the same. */
const UNREAD_NAME = 'unread model';

/**
 * The models in use as a CycloneDX 1.6 bill of materials: one machine-learning component for each model version and
 * SKU. Azure's models have no package URL, so that `bom-ref` and properties say what they are and where they are used.
 *
 * Equal reports give equal text: there is no serial number, which would have to differ, and the time is the day that
 * was judged on.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function cycloneDxReport(report: RunReport): string {
  const components = [...groupedModels(report.models)].map(([reference, uses]) => component(reference, uses));
  return jsonText({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: `${report.asOf}T00:00:00Z`,
      tools: { components: [{ type: 'application', name: 'model-lifecycle', version: printable(report.toolVersion) }] },
      properties: [
        property('command', report.command),
        property('asOf', report.asOf),
        property('catalogAsOf', report.catalog.asOf),
        ...report.inputs.map((input) => property('input', input)),
      ],
    },
    components,
  });
}

/** Uses of one model by a reference that is theirs alone; in the order of the references. */
function groupedModels(models: readonly ModelInUse[]): Map<string, ModelInUse[]> {
  const groups = new Map<string, ModelInUse[]>();
  for (const use of models) {
    const { stage, retirementDate } = use;
    const key = JSON.stringify([referenceOf(use), stage, retirementDate]);
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, [use]);
    } else {
      known.push(use);
    }
  }
  const seen = new Map<string, number>();
  return new Map(
    [...groups]
      .sort(([left], [right]) => compareText(left, right))
      .map(([, uses]): [string, ModelInUse[]] => {
        // One model on one SKU has several dates where base and fine-tuned models or clouds differ.
        const reference = referenceOf(uses[0]!);
        const number = (seen.get(reference) ?? 0) + 1;
        seen.set(reference, number);
        return [number === 1 ? reference : `${reference}#${number}`, uses];
      }),
  );
}

function referenceOf({ model }: ModelInUse): string {
  const { format, name, version, sku } = model;
  const [publisher, title, release, offer] = [format, name, version, sku].map(encoded);
  return `model:${publisher}/${title}@${release}?sku=${offer}`;
}

function encoded(part: string | undefined): string {
  return part === undefined ? '' : encodeURIComponent(printable(part));
}

/** CycloneDX takes versions of at most 1,024 characters. */
function component(reference: string, uses: readonly ModelInUse[]) {
  const { model, stage, retirementDate } = uses[0]!;
  const facts = [
    ...(model.sku === undefined ? [] : [property('sku', model.sku)]),
    ...(stage === undefined ? [] : [property('stage', stage)]),
    ...(retirementDate === undefined ? [] : [property('retirementDate', retirementDate)]),
  ];
  const links = documentation(uses.flatMap(({ sources }) => sources));
  return {
    type: 'machine-learning-model',
    'bom-ref': reference,
    ...(model.format === undefined ? {} : { publisher: printable(model.format) }),
    name: model.name === undefined ? UNREAD_NAME : printable(model.name),
    ...(model.version === undefined ? {} : { version: abridged(model.version) }),
    ...(links.length === 0 ? {} : { externalReferences: links }),
    properties: [...facts, ...uses.flatMap(placesOf)],
  };
}

function placesOf({ resource }: ModelInUse) {
  return [
    property('address', resource.address),
    ...(resource.constructPath === undefined ? [] : [property('constructPath', resource.constructPath)]),
    ...(resource.account === undefined ? [] : [property('accountId', resource.account)]),
    ...(resource.deployment === undefined ? [] : [property('deployment', resource.deployment)]),
  ];
}

/** An overlay may name any source; only pages on the web become links. */
function documentation(sources: readonly CatalogSource[]) {
  const urls = sources.flatMap(({ url }) =>
    url !== undefined && /^https?:/iu.test(url) && URL.canParse(url) ? [url] : [],
  );
  return [...new Set(urls.map((url) => new URL(url).href))].map((url) => ({ type: 'documentation', url }));
}

function property(name: string, value: string) {
  return { name: `model-lifecycle:${name}`, value: printable(value) };
}
