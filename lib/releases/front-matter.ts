import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import { isJsonObject, JsonObject } from '../contracts/json-file';
import { frontMatterMissing, frontMatterNotYaml, frontMatterOpen } from './prompty-errors';

/** A file taken apart: the fields between the two lines `---`, and what follows. */
export interface FrontMatter {
  readonly fields: JsonObject;
  readonly body: string;
}

const FENCE = /^---[ \t]*$/;

/**
 * Reads front matter, which is YAML 1.2. What makes a file mean more than it shows is refused with its line: tags, anchors
 * that are used again, keys that are written twice or are no text, several documents.
 *
 * @throws if there is no front matter or it is not such YAML
 */
export function readFrontMatter(path: string, text: string): FrontMatter {
  const lines = text.split('\n');
  if (!FENCE.test(lines[0]!)) {
    throw frontMatterMissing(path);
  }
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (end === -1) {
    throw frontMatterOpen(path);
  }
  return { fields: parseFields(path, lines.slice(1, end).join('\n')), body: lines.slice(end + 1).join('\n') };
}

function parseFields(path: string, yaml: string): JsonObject {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: false, stringKeys: true, logLevel: 'silent' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    throw frontMatterNotYaml(path, lineOf(problem.pos[0]), problem.message);
  }
  visit(document, (_, node) => {
    if (isAlias(node)) {
      throw frontMatterNotYaml(path, lineOf(node.range![0]), `it repeats *${node.source}; write the value out`);
    }
  });
  const fields: unknown = document.toJS() ?? {};
  if (!isJsonObject(fields)) {
    throw frontMatterNotYaml(path, 2, 'it is no mapping; write fields such as name: and model:');
  }
  return fields;

  /** The front matter begins in the second line of its file. */
  function lineOf(offset: number): number {
    return lineCounter.linePos(offset).line + 1;
  }
}
