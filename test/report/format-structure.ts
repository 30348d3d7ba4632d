import { Parser } from 'commonmark';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Format } from '../../lib/report/writers';
import { azureCommands, githubCommands } from './log-readers';

/** What a reader of a format makes of a text, without the words in it: the same for two reports that differ in words alone. */
export function structureOf(format: Format, text: string): unknown {
  return READERS[format](text);
}

const READERS: Readonly<Record<Format, (text: string) => unknown>> = {
  text: lineCount,
  markdown: markdownStructure,
  json: (text) => shape(JSON.parse(text)),
  sarif: (text) => shape(JSON.parse(text)),
  cyclonedx: (text) => shape(JSON.parse(text)),
  junit: xmlStructure,
  html: tags,
  github: (text) => githubCommands(text).map(({ name, properties }) => [name, Object.keys(properties)]),
  'azure-devops': (text) => azureCommands(text).map(({ name, properties }) => [name, Object.keys(properties)]),
};

function lineCount(text: string): number {
  return text.split(/[\n\r\v\f\u0085\u2028\u2029]/u).length;
}

/** Keys and lengths of lists. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shape);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]));
  }
  return typeof value;
}

const xml = new XMLParser({ ignoreAttributes: false, preserveOrder: true });

function xmlStructure(text: string): unknown {
  const verdict = XMLValidator.validate(text);
  return verdict === true ? shape(xml.parse(text)) : verdict;
}

/** Tags with the names of their attributes; a text that is escaped holds no `<`. */
function tags(text: string): string[] {
  return [...text.matchAll(/<[^>]*>?/gu)].map(([tag]) => tag.replace(/="[^"]*"/gu, '=""'));
}

const markdown = new Parser();

/** Blocks, and what stands in a line and is more than text or code; charts by their number of lines. */
function markdownStructure(text: string): string[] {
  const structure: string[] = [];
  const walker = markdown.parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node } = event;
    if (!event.entering || ['text', 'code', 'softbreak'].includes(node.type)) {
      continue;
    }
    const tagsInside = node.type.startsWith('html') ? tags(node.literal ?? '').join('') : '';
    const lines = node.type === 'code_block' ? `${node.info} ${lineCount(node.literal ?? '')}` : '';
    structure.push(`${node.type} ${node.destination ?? ''}${tagsInside}${lines}`);
  }
  return [...structure, ...rowsWithOtherCells(text)];
}

/** Rows of a table whose number of cells is not the one of its head. */
function rowsWithOtherCells(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, index) => {
    const above = lines[index - 1] ?? '';
    return line.startsWith('|') && above.startsWith('|') && cells(line) !== cells(above);
  });
}

function cells(row: string): number {
  return row.replace(/\\\|/gu, '').split('|').length;
}

/** Words of a Markdown document that stand in no code: where GitHub looks for what it makes into links and pictures. */
export function wordsOutsideCode(text: string): string {
  const words: string[] = [];
  const walker = markdown.parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    if (event.entering && event.node.type === 'text') {
      words.push(event.node.literal ?? '');
    } else if (event.entering) {
      words.push('\n');
    }
  }
  return words.join('');
}
