/** Searches the index that the release is grounded on: `POST <KNOWLEDGE_URL>/search`. */
export type KnowledgeSearch = (query: string, signal: AbortSignal) => Promise<string>;

/** The knowledge API gave no answer that can be used. */
export class KnowledgeProblem extends Error {}

const PASSAGES = 5;
const TIMEOUT = 20_000;

/** Each passage with its number and source, so that a prompt can ask for citations. */
export function knowledgeSearch(baseUrl: string, label: string): KnowledgeSearch {
  return async (query, signal) => {
    const response = await fetch(`${baseUrl}/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-release': label },
      body: JSON.stringify({ query, top: PASSAGES }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new KnowledgeProblem(`the knowledge API was not reached: ${(error as Error).message}`);
    });
    const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    const passages = (body as { passages?: unknown } | undefined)?.passages;
    if (!Array.isArray(passages) || !passages.every(isPassage)) {
      throw new KnowledgeProblem(`the knowledge API answered ${response.status} without passages`);
    }
    return passages.map(({ source, text }, index) => `[${index + 1}] ${source}\n${text}`).join('\n\n');
  };
}

function isPassage(value: unknown): value is { readonly source: string; readonly text: string } {
  const { source, text } = (value ?? {}) as Record<string, unknown>;
  return typeof source === 'string' && typeof text === 'string';
}
