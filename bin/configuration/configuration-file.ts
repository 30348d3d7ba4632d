import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { parseOutput } from '../commands/output';
import { Configuration } from './configuration';
import { configurationProblems } from './configuration-keys';
import {
  badConfiguration,
  configurationNotText,
  configurationTooLarge,
  severalConfigurations,
  unreadableConfiguration,
} from './errors';
import { LocatedValue } from './located-value';
import type { LocatedDocument } from './yaml-text';

/** Names under which a configuration is found in the working directory. */
export const CONFIGURATION_FILES: readonly string[] = ['yaml', 'yml', 'json'].map(
  (extension) => `model-lifecycle.config.${extension}`,
);

const MOST_BYTES = 65_536;

/**
 * The configuration file of the working directory, if there is one.
 *
 * @throws if there are several
 */
export function findConfiguration(): string | undefined {
  const found = CONFIGURATION_FILES.filter((file) => existsSync(file));
  if (found.length > 1) {
    throw severalConfigurations(found);
  }
  return found[0];
}

/**
 * Reads a configuration file, YAML or JSON as described by `config.schema.json`. Relative paths in it start at its folder.
 *
 * @throws if it cannot be read or says what it may not say, with line and column of every problem
 */
export async function readConfiguration(file: string): Promise<Configuration> {
  const { value, problems } = readYaml(textOf(file));
  const all = [...problems, ...(value === undefined ? [] : configurationProblems(value))];
  if (all.length > 0) {
    throw badConfiguration(file, all);
  }
  const entries = value?.kind === 'map' ? value.entries.filter(({ key }) => key !== '$schema') : [];
  const written = Object.fromEntries(entries.map((entry) => [entry.key, plain(entry.value)]));
  return withPathsFrom(dirname(file), written as WrittenConfiguration);
}

/** Loaded only where there is a configuration file: it takes longer to load than a small plan takes to judge. */
function readYaml(text: string): LocatedDocument {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() of a file wants an extension that ts-node and Jest do not find
  return (require('./yaml-text') as typeof import('./yaml-text')).readYamlText(text);
}

/** A configuration as it is written, its formats being texts. */
type WrittenConfiguration = Omit<Configuration, 'formats'> & { readonly formats?: readonly string[] };

function withPathsFrom(folder: string, { formats, ...written }: WrittenConfiguration): Configuration {
  const placed = (path: string) => (isAbsolute(path) ? path : relative('.', join(folder, path)) || '.');
  const { catalog, overlays, waivers, baseline } = written;
  return {
    ...written,
    ...(catalog !== undefined && { catalog: placed(catalog) }),
    ...(overlays !== undefined && { overlays: overlays.map(placed) }),
    ...(waivers !== undefined && { waivers: waivers.map(placed) }),
    ...(baseline !== undefined && { baseline: placed(baseline) }),
    ...(formats !== undefined && {
      formats: formats.map(parseOutput).map(({ format, file }) => ({ format, ...(file && { file: placed(file) }) })),
    }),
  };
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadableConfiguration(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  if (bytes.length > MOST_BYTES) {
    throw configurationTooLarge(file, bytes.length, MOST_BYTES);
  }
  try {
    // A byte order mark in front is taken away by the decoder.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw configurationNotText(file);
  }
}

function plain(value: LocatedValue): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
}
