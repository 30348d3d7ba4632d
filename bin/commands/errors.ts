import { counted } from '../../lib/contracts/counted';
import { printable, quoted } from '../../lib/contracts/printable';

/** What to do for an input, by command; all others take plans, syntheses and states alike. */
const INPUT_ADVICE: Readonly<Record<string, string>> = {
  review:
    "run 'terraform show -json plan.tfplan > plan.json' first, or name a plan, '-' for standard input, or the output folder of 'cdktf synth'",
  check: "run 'cdktf synth' first, or name the output folder, a cdk.tf.json file or a Terraform state",
};

const ANY_INPUT_ADVICE =
  "run 'terraform show -json plan.tfplan > plan.json' or 'cdktf synth' first, or name a plan, the output folder of 'cdktf synth', " +
  "a cdk.tf.json file, a Terraform state, or '-' for standard input";

/** Commands whose inputs are values of an option, and how standard input is given to them. */
const PIPED_COMMANDS: Readonly<Record<string, string>> = { 'catalog diff': 'catalog diff OLD NEW --plan -' };

/** An input of a command is not there. */
export function noSuchFile(source: string, command: string): Error {
  return new Error(`${quoted(source)} does not exist; ${INPUT_ADVICE[command] ?? ANY_INPUT_ADVICE}`);
}

/** An input of a command is there and cannot be read. */
export function unreadableFile(source: string, code: string): Error {
  return new Error(`${quoted(source)} cannot be read (${code}); name a file or folder that you may read`);
}

/** Standard input is a keyboard. */
export function nothingPiped(command: string): Error {
  const what = command === 'check' ? 'show -json' : 'show -json plan.tfplan';
  const piped = PIPED_COMMANDS[command] ?? `${command} -`;
  const state = command in INPUT_ADVICE ? '' : ' (without plan.tfplan for the state)';
  return new Error(
    `'-' is standard input, and nothing is piped into it; run 'terraform ${what} | model-lifecycle ${piped}'${state}, or name a file`,
  );
}

/** An input is given more than once, or as what stands before itself. */
export function givenTwice(source: string, isBase = false): Error {
  if (isBase) {
    return new Error(
      `${source === '-' ? "'-' (standard input)" : quoted(source)} is an input and --base as well: nothing would be new; name the plan of the target branch with --base`,
    );
  }
  return new Error(
    `${source === '-' ? "'-' (standard input)" : quoted(source)} is given twice; every input is read once: leave one out`,
  );
}

/** A command that judges code was given a plan. */
export function planForReview(source: string): Error {
  return new Error(
    `${quoted(source)} is a Terraform plan, not a synthesised stack; run 'model-lifecycle review ${printable(source)}'`,
  );
}

/** Nothing came through a pipe. */
export function emptyPipe(source: string, command: string): Error {
  return new Error(
    `${quoted(source)} is empty; a command before it may have failed: ${INPUT_ADVICE[command] ?? ANY_INPUT_ADVICE}`,
  );
}

/** What is piped into a command is nothing that it takes. */
export function notCode(source: string, command: string): Error {
  if (!(command in INPUT_ADVICE)) {
    return new Error(
      `${quoted(source)} is neither a plan, a synthesised stack nor a Terraform state; ${ANY_INPUT_ADVICE}`,
    );
  }
  return new Error(
    `${quoted(source)} is neither a synthesised stack nor a Terraform state; name the output folder of 'cdktf synth', or pipe 'terraform show -json'`,
  );
}

/** Several of the files to judge with are not there. */
export function namedFilesMissing(
  missing: readonly { readonly what: string; readonly file: string }[],
  configuration?: string,
): Error {
  const lines = missing.map(({ what, file }) => `  ${what} ${quoted(file)}`);
  const from =
    configuration === undefined ? '' : `; those that ${quoted(configuration)} names start at the folder of that file`;
  return new Error(`these files do not exist:\n${lines.join('\n')}\ncorrect their paths, or leave them out${from}`);
}

/** JSON that was piped or written is not JSON. */
export function inputNotJson(source: string, problem: string): Error {
  return new Error(
    `${quoted(source)} is not JSON (${printable(problem)}); make it again, and look whether it was cut off`,
  );
}

/** Two outputs, or an output and an input, are one file. */
export function outputCollides(file: string, other: string): Error {
  return new Error(`${quoted(file)} is to be written, and it is ${other} as well; name another file`);
}

/** One format goes to standard output twice. */
export function formatTwice(format: string): Error {
  return new Error(`--format ${format} is given twice for standard output; give it once, or a file as ${format}=FILE`);
}

/** `--synth` or `--base-synth` is given, and there is no plan that could have been made of it. */
export function synthWithoutPlan(option: '--synth' | '--base-synth', folder: string): Error {
  const where = option === '--synth' ? 'the inputs are' : '--base gives';
  const instead =
    option === '--synth'
      ? 'a synthesis among the inputs needs no --synth: its construct paths and waivers are read with it'
      : 'name the plan of the target branch with --base, or leave --base-synth out';
  return new Error(`${option} ${quoted(folder)} says what plans were made of, and ${where} no plan; ${instead}`);
}

/** None of the plans belongs to a stack of `--synth` or `--base-synth`. */
export function noStackMatches(
  option: string,
  folder: string,
  plans: readonly string[],
  stacks: readonly string[],
): Error {
  return new Error(
    `${option} ${quoted(folder)} has no stack that ${plans.map(quoted).join(' or ')} was made of: none declares an address that the plan holds ` +
      `(stacks: ${stacks.map(quoted).join(', ') || 'none'}); give the output of the code that was planned, or leave ${option} out`,
  );
}

/** A plan belongs to several stacks of `--synth` or `--base-synth` alike. */
export function severalStacksMatch(option: string, folder: string, plan: string, stacks: readonly string[]): Error {
  return new Error(
    `${quoted(plan)} may have been made of ${stacks.map(quoted).join(' or ')} of ${option} ${quoted(folder)}, whose resources have the same addresses; ` +
      `put the plan into the folder of its stack (cdktf.out/stacks/<name>), or give ${option} that folder`,
  );
}

/** A page of Azure's model list is not there, or cannot be read. */
export function listUnreadable(file: string, code: string): Error {
  const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
  return new Error(
    `${quoted(file)} ${what}; run 'az cognitiveservices model list --location REGION --output json > REGION.json' and give REGION=REGION.json`,
  );
}

/** A page of Azure's model list is not JSON. */
export function listNotJson(file: string, problem: string): Error {
  return new Error(
    `${quoted(file)} is not JSON (${printable(problem)}): it was cut off, or it is a page that a proxy or a login answered with; ` +
      'list again with --output json',
  );
}

/** A file that is to be checked is not there, or cannot be read. */
export function catalogUnreadable(file: string, code: string): Error {
  const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
  return new Error(`${quoted(file)} ${what}; give the path of a catalogue or an overlay`);
}

/** A file that is to be checked is not JSON. */
export function catalogNotJson(file: string, problem: string): Error {
  return new Error(`${quoted(file)} is not JSON (${printable(problem)}); give a catalogue or an overlay`);
}

/** The catalogue and the report about it would both go to standard output. */
export function jsonReportNeedsFile(): Error {
  return new Error('--format json writes the report to standard output, where the catalogue goes; give --out FILE');
}

/** Findings are to fail, and nothing is named that could have any. */
export function failOnNeedsPlan(failOn: string): Error {
  return new Error(
    `--fail-on ${failOn} weighs what the new catalogue means for --plan, and there is none; name a plan, the output of 'cdktf synth' or a state with --plan, or leave --fail-on out`,
  );
}

/** What came of asking about a region. */
interface RegionOutcome {
  readonly region: string;
  readonly pages: number;
  readonly rows: number;
  readonly problem?: string;
}

/** Azure did not give the whole list of every region. */
export function listsNotRead(outcomes: readonly RegionOutcome[]): Error {
  const failed = outcomes.filter(({ problem }) => problem !== undefined);
  const [first] = failed;
  if (failed.length === outcomes.length && failed.every(({ problem }) => problem === first?.problem)) {
    return new Error(
      `Azure's model list (${outcomes.map(({ region }) => region).join(', ')}) was not read, and nothing was written: ${first?.problem}`,
    );
  }
  const lines = outcomes.map(
    ({ region, pages, rows, problem }) =>
      `  ${region}: ${problem ?? `${counted(rows, 'row')} on ${counted(pages, 'page')}`}`,
  );
  return new Error(
    `Azure's model lists of ${failed.length} of ${counted(outcomes.length, 'region')} were not read whole, and nothing was written:\n${lines.join('\n')}`,
  );
}

/** Pages are to be saved where something is already. */
export function folderNotEmpty(folder: string): Error {
  return new Error(
    `${quoted(folder)} is not empty, and pages of another list would be read as pages of this one; name a new folder with --save-pages`,
  );
}

/** Pages cannot be saved there. */
export function folderUnusable(folder: string, code: string): Error {
  return new Error(`${quoted(folder)} cannot be used to save pages in (${code}); name a folder that you may write`);
}
