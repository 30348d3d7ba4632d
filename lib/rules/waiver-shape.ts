import { isCalendarDate } from '../contracts/calendar-date';
import { quoted } from '../contracts/printable';

/** A reason has to say something; cdk-nag settled on the same length. */
const SHORTEST_REASON = 10;

const FIELDS = ['rule', 'resource', 'reason', 'owner', 'expires'] as const;

type WaiverField = (typeof FIELDS)[number];

const ADVICE: Readonly<Record<WaiverField, string>> = {
  rule: 'give the id of a rule, for instance model-retiring',
  resource: 'give a construct path, a Terraform address, or a pattern with *',
  reason: `say in at least ${SHORTEST_REASON} characters why the finding is accepted`,
  owner: 'name the person or team that answers for it',
  expires: "write the last day on which the waiver holds as YYYY-MM-DD, for instance '2026-12-31'",
};

/** What is wrong with a waiver taken by itself: missing and malformed fields, each with what to write instead. */
export function waiverProblems(candidate: Readonly<Partial<Record<WaiverField, unknown>>>): string[] {
  return FIELDS.filter((field) => !isGood(field, candidate[field])).map((field) => {
    const given = candidate[field];
    return `${field} ${describe(given)}; ${ADVICE[field]}`;
  });
}

/** What is wrong with the input that a waiver of a file is limited to. */
export function inputProblems({ input }: Readonly<Record<string, unknown>>): string[] {
  return input === undefined || (typeof input === 'string' && input.trim() !== '')
    ? []
    : [`input ${describe(input)}; give the name of an input or a stack, a pattern with *, or leave it out`];
}

/** Whether the text is one of a waiver's fields. */
export function isWaiverField(text: string): boolean {
  return (FIELDS as readonly string[]).includes(text);
}

function isGood(field: WaiverField, value: unknown): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  switch (field) {
    case 'reason':
      return [...value.trim()].length >= SHORTEST_REASON;
    case 'expires':
      return isCalendarDate(value);
    default:
      return value.trim() !== '';
  }
}

function describe(given: unknown): string {
  if (given === undefined) {
    return 'is missing';
  }
  return typeof given === 'string' ? `is ${quoted(given)}` : `is ${kindOf(given)}, not a text`;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'an object'
      : `the ${typeof value} ${String(value)}`;
}
