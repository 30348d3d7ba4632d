import { printable } from '../contracts/printable';
import type { InputKind } from './plan-recognition';

/** The commands that make a plan that can be read. */
const HOW_TO =
  "run 'terraform plan -out=plan.tfplan' and 'terraform show -json plan.tfplan > plan.json', then 'model-lifecycle review plan.json'";

const LOOKS_LIKE: Readonly<Record<Exclude<InputKind, 'plan' | 'empty'>, readonly [what: string, instead: string]>> = {
  state: [
    "a Terraform state as 'terraform show -json' writes it when no plan file is named",
    `name the plan file: ${HOW_TO}; 'model-lifecycle check' judges a state as it is`,
  ],
  'state-file': ['a Terraform state file', `${HOW_TO}; 'model-lifecycle check' judges a state as it is`],
  synthesised: [
    'what cdktf synthesised (or Terraform configuration in JSON)',
    "run 'model-lifecycle check cdktf.out' for it, or plan it: in the stack's folder below cdktf.out/stacks " + HOW_TO,
  ],
  'binary-plan': [
    'a plan file of Terraform, which is binary',
    "run 'terraform show -json FILE > plan.json' in the folder where it was planned, then 'model-lifecycle review plan.json'",
  ],
  compressed: ['a file that gzip compressed', "run 'gunzip -c FILE | model-lifecycle review -'"],
  encrypted: [
    'a plan or state that OpenTofu encrypted',
    "run 'tofu show -json FILE > plan.json' where its key is configured, then 'model-lifecycle review plan.json'",
  ],
  'text-plan': ["the text that 'terraform plan' or 'terraform show' prints for people", HOW_TO],
  'plan-log': [
    "the log of 'terraform plan -json', which reports progress and leaves out the values",
    `'-json' belongs to 'terraform show': ${HOW_TO}`,
  ],
  wrapped: [
    'a plan with another line before it',
    "run 'terraform show -json plan.tfplan > plan.json' again, with nothing else that writes to the file; in GitHub Actions set 'terraform_wrapper: false' on hashicorp/setup-terraform, which writes such a line",
  ],
  hcl: ['Terraform configuration (HCL)', HOW_TO],
  json: ['JSON of another kind', HOW_TO],
  other: ['neither JSON nor anything else that is known here', HOW_TO],
};

/** The input is something else than a plan in JSON. */
export function notAPlan(source: string, kind: Exclude<InputKind, 'plan'>): Error {
  if (kind === 'empty') {
    return new Error(`'${printable(source)}' is empty; a command before it may have failed: ${HOW_TO}`);
  }
  const [what, instead] = LOOKS_LIKE[kind];
  return new Error(`'${printable(source)}' is no Terraform plan in JSON; it looks like ${what}: ${instead}`);
}

/** The input is a folder of Terraform configuration, which says nothing of what changes. */
export function configurationFolder(folder: string): Error {
  return new Error(
    `'${printable(folder)}' is a folder of Terraform configuration (HCL), which is read as a plan only: in it ${HOW_TO}`,
  );
}

/** The input starts as a plan and is not JSON, or JSON of another shape than a plan has. */
export function brokenPlan(source: string, problem: string, offset: number, place: string): Error {
  const where = place === '' ? '' : ` in '${printable(place)}'`;
  return new Error(
    `'${printable(source)}' cannot be read as a plan: ${problem}, at byte ${offset}${where}; ` +
      "it may have been cut off or edited: write it again by 'terraform show -json plan.tfplan > plan.json'",
  );
}

/** A part of the plan has another shape than Terraform and OpenTofu give it. */
export function unexpectedShape(source: string, place: string, problem: string): Error {
  return new Error(
    `'${printable(source)}' cannot be read as a plan: '${printable(place)}' ${problem}; ` +
      "write it again by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
  );
}

/** The plan says what will stand, and nothing of what changes. */
export function changesMissing(source: string): Error {
  return new Error(
    `'${printable(source)}' has no 'resource_changes', although its configuration declares what its state does not hold; ` +
      "write it by 'terraform show -json plan.tfplan > plan.json', and do not edit or filter it",
  );
}

/** The format of the plan is missing, or one that is not known. */
export function unknownFormat(source: string, given: string | undefined): Error {
  const what = given === undefined ? "has no 'format_version'" : `has the format version ${JSON.stringify(given)}`;
  return new Error(
    `'${printable(source)}' ${what}; format versions 0.2 to 1.x can be read, which Terraform writes from 0.15.1 on and every OpenTofu: ` +
      "write it by 'terraform show -json plan.tfplan > plan.json', and do not filter it; " +
      'for a later format install the newest model-lifecycle',
  );
}
