import { InvalidArgumentError } from 'commander';
import { Format, FORMATS, isFormat } from '../../lib/report/writers';

/** One report of a run: how it is written, and where. */
export interface Output {
  readonly format: Format;
  /** @default - standard output */
  readonly file?: string;
}

/** The output that `format[=file]` names; `-` is standard output. @throws if there is no such format, or no name behind `=` */
export function parseOutput(text: string): Output {
  const [format = '', ...rest] = text.split('=');
  if (!isFormat(format)) {
    throw new InvalidArgumentError(
      `known formats are ${FORMATS.slice(0, -1).join(', ')} and ${FORMATS[FORMATS.length - 1]}.`,
    );
  }
  const file = rest.join('=');
  if (rest.length > 0 && file === '') {
    throw new InvalidArgumentError(`name a file behind '=', for instance ${format}=report.${format}.`);
  }
  return rest.length === 0 || file === '-' ? { format } : { format, file };
}
