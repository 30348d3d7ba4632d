/** Readers of pipeline logs that find commands as the agents do: the proof that a report gives none but its own. */
export interface LogCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const GITHUB_COMMANDS = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher save-state set-env set-output warning'.split(
    ' ',
  ),
);

/** As https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs reads them, both of its syntaxes. */
export function githubCommands(log: string): LogCommand[] {
  return log.split(/\r\n|\n|\r/u).flatMap((line) => startingCommand(line.trim()) ?? bracketedCommand(line) ?? []);
}

function startingCommand(line: string): LogCommand | undefined {
  const end = line.indexOf('::', 2);
  if (!line.startsWith('::') || end < 0) {
    return undefined;
  }
  const [name, rest] = splitAtFirst(line.slice(2, end), ' ');
  if (!GITHUB_COMMANDS.has(name)) {
    return undefined;
  }
  const data = line.slice(end + 2);
  return {
    name,
    properties: propertiesOf(rest.trim(), ',', (text) => unescaped(text, ['\r', '\n', ':', ',', '%'])),
    data: unescaped(data, ['\r', '\n', '%']),
  };
}

function bracketedCommand(line: string): LogCommand | undefined {
  const [, info, data] = /##\[([^\]]*)\](.*)$/su.exec(line) ?? [];
  const [name, rest] = splitAtFirst(info ?? '', ' ');
  return GITHUB_COMMANDS.has(name)
    ? { name, properties: propertiesOf(rest, ';', (text) => text), data: data! }
    : undefined;
}

/** As https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs does. */
export function azureCommands(log: string): LogCommand[] {
  return log.split(/\r\n|\n|\r/u).flatMap((line) => {
    const [, info, data] = /##vso\[([^\]]*)\](.*)$/isu.exec(line) ?? [];
    const [name, rest] = splitAtFirst(info ?? '', ' ');
    if (name.split('.').filter((part) => part !== '').length !== 2) {
      return [];
    }
    const decode = (text: string) => unescaped(text, [';', '\r', '\n', ']']).replaceAll('%AZP25', '%');
    return [{ name, properties: propertiesOf(rest, ';', decode), data: decode(data!) }];
  });
}

function unescaped(text: string, characters: readonly string[]): string {
  return characters.reduce((result, character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return result.replaceAll(`%${code}`, character);
  }, text);
}

function propertiesOf(text: string, separator: string, decode: (text: string) => string): Record<string, string> {
  const pairs = text.split(separator).map((pair) => splitAtFirst(pair, '='));
  return Object.fromEntries(pairs.filter(([, value]) => value !== '').map(([key, value]) => [key, decode(value)]));
}

function splitAtFirst(text: string, separator: string): [string, string] {
  const place = text.indexOf(separator);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + separator.length)];
}
