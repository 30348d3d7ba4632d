/** Names, versions and SKUs are compared without case. */
export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Formats are compared without case, blanks, dots and dashes: `Mistral AI` and `mistral-ai` are one. */
export function sameFormat(a: string, b: string): boolean {
  return a === b || formatKey(a) === formatKey(b);
}

/** One key for every way to write a model's format and name. */
export function modelKey(format: string, name: string): string {
  return JSON.stringify([formatKey(format), name.toLowerCase()]);
}

function formatKey(format: string): string {
  return format.toLowerCase().replace(/[\s._-]+/g, '');
}
