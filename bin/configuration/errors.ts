import { quoted } from '../../lib/contracts/printable';
import { ConfigurationProblem } from './located-value';

/** The configuration file could not be read. */
export function unreadableConfiguration(file: string, code: string): Error {
  return new Error(
    `the configuration file ${quoted(file)} cannot be read (${code}); give --config the path of a YAML or JSON file, or leave it out`,
  );
}

/** The working directory has several configuration files, and none is more right than the other. */
export function severalConfigurations(files: readonly string[]): Error {
  return new Error(
    `there is more than one configuration file here: ${files.map(quoted).join(' and ')}; keep one, or name one with --config`,
  );
}

/** The configuration file is larger than a file that somebody wrote. */
export function configurationTooLarge(file: string, bytes: number, most: number): Error {
  return new Error(
    `the configuration file ${quoted(file)} has ${bytes} bytes; it may have at most ${most}: name a file that holds options and nothing else`,
  );
}

/** The configuration file is text in another encoding, or no text. */
export function configurationNotText(file: string): Error {
  return new Error(`the configuration file ${quoted(file)} is not UTF-8 text; save it as UTF-8`);
}

/** The configuration file does not say what it may say; every problem is named at once, in the order of the file. */
export function badConfiguration(file: string, problems: readonly ConfigurationProblem[]): Error {
  const lines = [...problems]
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
    .map(({ place, text }) => `  line ${place.line}, column ${place.column}: ${text}`);
  return new Error(`the configuration file ${quoted(file)} cannot be used:\n${lines.join('\n')}`);
}
