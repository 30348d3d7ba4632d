import { LifecycleAnswer } from '../catalog/lifecycle';
import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { counted } from '../contracts/counted';
import { abridged } from '../contracts/printable';
import { versionedName } from '../contracts/versioned-name';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { isAbsent, readableSku } from './deployment-verdict';

/** Some sources carry a remark behind their name, which `explain` shows. */
const REMARK = / \([^()]*\)$/;

/** `gpt-4o@2024-08-06` as the configuration writes it, or as much of it as can be read. */
export function modelText(fact: DeploymentFact): string {
  const name = isAbsent(fact.model) ? 'a model' : abridged(valueOf(fact.model) ?? 'a model');
  const version = isAbsent(fact.version) ? undefined : valueOf(fact.version);
  return versionedName(name, version && abridged(version));
}

/** The model and, where it can be read, the SKU: `gpt-4o@2024-08-06 on Standard`. */
export function modelOnSku(fact: DeploymentFact): string {
  const sku = readableSku(fact);
  return sku === undefined ? modelText(fact) : `${modelText(fact)} on ${abridged(sku)}`;
}

/** `retired on 2026-03-31, 235 days ago`, for a model that is retired. */
export function retiredSince(answer: LifecycleAnswer, asOf: CalendarDate): string {
  const { retirementDate } = answer;
  if (retirementDate === undefined || retirementDate > asOf) {
    return 'is retired (no date known)';
  }
  return answer.retirementIsEarliest
    ? `is retired (not before ${retirementDate}, the exact day is not known)`
    : `retired on ${retirementDate}, ${ago(daysBetween(retirementDate, asOf))}`;
}

/** `retires on 2026-12-09, in 18 days`, for a model that is not retired. */
export function retiresOn(answer: LifecycleAnswer, asOf: CalendarDate): string {
  if (answer.retirementDate === undefined) {
    return 'no retirement date is known';
  }
  const days = daysBetween(asOf, answer.retirementDate);
  if (!answer.retirementIsEarliest) {
    return `retires on ${answer.retirementDate}, ${inDays(days)}`;
  }
  return days > 0
    ? `retires not before ${answer.retirementDate}, ${inDays(days)} at the earliest`
    : `was to live until ${answer.retirementDate} at least and may retire any day`;
}

/** How far the facts can be trusted and where they come from, in brackets: ` (source: …, as of 2026-10-05)`. */
export function provenance(answer: LifecycleAnswer): string {
  const source = answer.sources[0];
  const parts = [
    source === undefined
      ? `catalogue as of ${answer.asOf}`
      : `source: ${abridged(source.name.replace(REMARK, ''))}, as of ${source.asOf}`,
  ];
  if (answer.layer !== 'bundled') {
    parts.push(`from ${abridged(answer.layer)}`);
  }
  if (answer.confidence === 'inferred') {
    parts.push('inferred, not stated by the source');
  }
  if (answer.confidence === 'low') {
    parts.push('of low confidence: check it against the Azure portal');
  }
  return ` (${parts.join('; ')})`;
}

function ago(days: number): string {
  return days === 0 ? 'today' : `${counted(days, 'day')} ago`;
}

function inDays(days: number): string {
  return `in ${counted(days, 'day')}`;
}
