import { InvalidArgumentError } from 'commander';
import { FileContent, writeWholeFiles } from './whole-file';

/** One output of a command that has formats of its own. */
export interface FormatOutput<Format extends string> {
  readonly format: Format;
  /** @default - standard output */
  readonly file?: string;
}

/** What reads `--format FORMAT[=FILE]`, given several times; `-` is standard output. */
export function formatOption<Format extends string>(formats: readonly Format[]) {
  return (text: string, before: readonly FormatOutput<Format>[] = []): FormatOutput<Format>[] => {
    const [name, ...rest] = text.split('=');
    const format = formats.find((known) => known === name);
    if (format === undefined) {
      throw new InvalidArgumentError(`known formats are ${formats.slice(0, -1).join(', ')} and ${formats.at(-1)}.`);
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') {
      throw new InvalidArgumentError(`name a file behind '=', for instance ${format}=report.${format}.`);
    }
    return [...before, rest.length === 0 || file === '-' ? { format } : { format, file }];
  };
}

/**
 * Makes every output before any is written; files are written whole, and none of them if one cannot be.
 *
 * @throws if a file cannot be written; what is to be written twice or over an input is refused before, by `requireDistinctOutputs`
 */
export function writeOutputs<Format extends string>(
  outputs: readonly FormatOutput<Format>[],
  write: (format: Format, isPrinted: boolean) => string,
): void {
  const files: FileContent[] = [];
  let printed = '';
  for (const { format, file } of outputs) {
    if (file === undefined) {
      printed += write(format, true);
    } else {
      files.push({ file, text: write(format, false) });
    }
  }
  writeWholeFiles(files);
  process.stdout.write(printed);
}
