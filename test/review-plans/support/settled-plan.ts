/** When every kept plan was made, whenever it was. */
const MADE_AT = '2026-11-21T08:00:00Z';
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

interface Resource {
  readonly type: string;
  readonly values?: { readonly id?: unknown };
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

/**
 * What `terraform show -json` wrote, with what differs from run to run settled: the time, the order of
 * `relevant_attributes`, and the ids that Terraform itself draws for `terraform_data`. One resource a line, so that a change of the plan is a readable change of the file.
 * @param leftOut parts that are not kept, so that the file stays small
 */
export function settledPlan(text: string, leftOut: readonly string[] = []): string {
  const written = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const plan = Object.fromEntries(written.filter(([name]) => !leftOut.includes(name)));
  const drawn = new Map(
    drawnIds(plan).map((id, index) => [id, `00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`]),
  );
  const parts = Object.entries({ ...plan, timestamp: MADE_AT }).map(
    ([name, value]) => `${JSON.stringify(name)}:${lines(value, name === 'relevant_attributes')}`,
  );
  return `{${parts.join(',\n')}}\n`.replace(UUID, (id) => drawn.get(id) ?? id);
}

function lines(value: unknown, inAnyOrder: boolean): string {
  if (!Array.isArray(value) || value.length === 0) {
    return JSON.stringify(value);
  }
  const elements = value.map((element) => JSON.stringify(element));
  return `[\n${(inAnyOrder ? elements.sort() : elements).join(',\n')}]`;
}

function drawnIds(plan: Record<string, unknown>): string[] {
  const { values } = (plan.prior_state ?? {}) as { values?: { root_module?: Module } };
  return idsIn(values?.root_module).sort();
}

function idsIn(module: Module | undefined): string[] {
  const own = (module?.resources ?? [])
    .filter(({ type }) => type === 'terraform_data')
    .map(({ values }) => String(values?.id));
  return [...own, ...(module?.child_modules ?? []).flatMap(idsIn)];
}
