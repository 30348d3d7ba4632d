import { Command, Option } from 'commander';
import { catalogProblems, overlayProblems } from '../../lib/catalog';
import { counted } from '../../lib/contracts/counted';
import { isJsonObject, readJsonFile } from '../../lib/contracts/json-file';
import { printable } from '../../lib/contracts/printable';
import { jsonText } from '../../lib/report/json-text';
import { catalogNotJson, catalogUnreadable } from './errors';

interface ValidateOptions {
  readonly format: 'text' | 'json';
}

/** `model-lifecycle catalog validate`: what is wrong with a catalogue or an overlay. */
export function catalogValidateCommand(): Command {
  return new Command('validate')
    .description('what is wrong with a catalogue file or an overlay; exit code 1 if anything is')
    .argument('<file>', 'catalogue or overlay')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((file: string, { format }: ValidateOptions) => validate(file, format));
}

function validate(file: string, format: ValidateOptions['format']): void {
  const value = readJsonFile(file, { unreadable: catalogUnreadable, notJson: catalogNotJson });
  // Only a catalogue has sources, and only an overlay has a day of its own.
  const kind = isJsonObject(value) && 'asOf' in value && !('sources' in value) ? 'overlay' : 'catalogue';
  const problems = kind === 'overlay' ? overlayProblems(value) : catalogProblems(value);
  process.exitCode = problems.length === 0 ? 0 : 1;
  if (format === 'json') {
    process.stdout.write(jsonText({ schemaVersion: 1, file, kind, problems }));
    return;
  }
  const verdict = problems.length === 0 ? 'can be used' : counted(problems.length, 'problem');
  const lines = [`${kind} ${file}: ${verdict}`, ...problems.map((problem) => `  ${problem}`)];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}
