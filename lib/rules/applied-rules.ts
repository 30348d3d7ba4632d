/** Rules that speak of what applying a plan does, and not of what stands. */
const APPLIED: ReadonlySet<string> = new Set([
  'access-removed-while-live',
  'apply-will-fail',
  'destroyed-while-live',
  'model-changed-in-place',
  'route-to-destroyed',
  'traffic-jumps',
]);

/** Whether a finding of the rule comes true when the plan is applied, however long it was known before. */
export function describesApply(rule: string): boolean {
  return APPLIED.has(rule);
}
