import { isReadType } from '../../lib/facts/plan-resource-types';

/* eslint-disable @typescript-eslint/no-explicit-any -- this reads any JSON, and leaves the checks to the reader that it is compared with */

/** What `readPlanDocument` has to keep of a plan, read the simple way: parse everything, then look. */
export function naiveKept(text: string, namesModel: (text: string) => boolean): Record<string, unknown> {
  const plan = JSON.parse(text);
  const mentions = (value: any): boolean =>
    typeof value === 'string'
      ? namesModel(value)
      : typeof value === 'object' &&
        value !== null &&
        Object.entries(value).some(([key, inner]) => namesModel(key) || mentions(inner));
  const entries = (list: any): any[] => (list ?? []).filter((entry: any) => isReadType(entry.type) || mentions(entry));
  // Beside changes, resources that only name a model are kept where a change of their type is.
  const changes = entries(plan.resource_changes);
  const types = new Set(changes.map(({ type }) => type));
  const beside = (list: any): any[] =>
    (plan.resource_changes ?? []).length === 0
      ? entries(list)
      : (list ?? []).filter(({ type }: any) => isReadType(type) || types.has(type));
  const state = (module: any): any[] => [
    ...(module?.child_modules ?? []).flatMap(state),
    ...beside(module?.resources).map(({ address, values }) => [address, values]),
  ];
  return {
    count: (plan.resource_changes ?? []).length,
    changes: changes.map(({ address, change }) => [address, change.before, change.after]),
    drift: entries(plan.resource_drift).map(({ address, change }) => [address, change.before, change.after]),
    prior: state(plan.prior_state?.values?.root_module),
    configuration: beside(plan.configuration?.root_module?.resources).map(({ expressions }) => expressions),
  };
}
