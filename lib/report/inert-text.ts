import { printable } from '../contracts/printable';

/**
 * Azure Pipelines' agent takes `##vso[` for a command wherever it stands in a line, and GitHub's runner `##[`:
 * https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const COMMAND_ANYWHERE = /(?<=##(?:vso)?)\[/gi;

/** GitHub's runner takes `::name …::` for a command at the start of a line, white space left out. */
const COMMAND_AT_START = /^(?<space>[^\S\n]*):(?=:[^\n]*::)/gmu;

/** Text of several lines in which no agent of a pipeline finds a command of its own; nothing else changes. */
export function withoutLogCommands(text: string): string {
  return text.replace(COMMAND_ANYWHERE, '\\u{5b}').replace(COMMAND_AT_START, '$<space>\\u{3a}');
}

/** The same for markup: what would be one is written as a character reference, which readers show as it was. */
export function withoutLogCommandsInMarkup(markup: string): string {
  return markup.replace(COMMAND_ANYWHERE, '&#91;').replace(COMMAND_AT_START, '$<space>&#58;');
}

/** What somebody wrote, fit to stand inside one line of a pipeline's log. */
export function inertText(text: string): string {
  return printable(text).replace(COMMAND_ANYWHERE, '\\u{5b}');
}
