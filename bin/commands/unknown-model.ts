/** The catalogue does not know a model; the nearest names are suggested, if any is near. */
export function unknownModel(name: string, nearest: readonly string[]): Error {
  const hint = nearest.length > 0 ? `; did you mean ${nearest.join(', ')}?` : '';
  return new Error(`the catalogue knows no model '${name}'${hint}`);
}
