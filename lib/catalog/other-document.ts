import { isJsonObject } from '../contracts/json-file';

/** What a document is that is neither a catalogue nor an overlay, and what to do with it; `undefined` where it is not recognised. */
export function otherDocument(value: unknown): string | undefined {
  if (isModelList(value)) {
    return "the file is Azure's own model list; make a catalogue of it: model-lifecycle catalog import --from FILE --out CATALOGUE";
  }
  if (!isJsonObject(value) || Object.hasOwn(value, 'schemaVersion')) {
    return undefined;
  }
  return Object.hasOwn(value, 'terraform_version')
    ? 'the file is a Terraform plan or state, which says nothing of what Azure offers; give a catalogue or an overlay'
    : undefined;
}

/** Rows that `az cognitiveservices model list` prints, or a page as the API answers. */
function isModelList(value: unknown): boolean {
  const rows: unknown = isJsonObject(value) ? value.value : value;
  return Array.isArray(rows) && rows.some((row) => isJsonObject(row) && isJsonObject(row.model));
}
