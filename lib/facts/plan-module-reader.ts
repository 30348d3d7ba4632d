import { isObject, JsonObject, property, propertyAt } from './json';
import { JsonVisitor } from './json-visitor';
import { readHead } from './plan-change-reader';
import { ConfigurationModule, ConfigurationResource, ModuleCall, StateResource } from './plan-document';
import { CountingVisitor, membersOf, parse, PlanSkimming, single } from './plan-skimming';

/** Visits a module of `configuration`. */
export function configurationModule(
  skimming: PlanSkimming,
  place: string,
  set: (module: ConfigurationModule) => void,
): JsonVisitor {
  const resources = new Map<string, ConfigurationResource>();
  const calls = new Map<string, ModuleCall>();
  const outputs = new Map<string, readonly string[]>();
  const output = (name: string): JsonVisitor => ({
    take: (value) => {
      const parsed = parse(value, (problem) => skimming.fail(`${place}.outputs.${name}`, problem));
      outputs.set(name, textsIn(propertyAt(parsed, 'expression', 'references')));
    },
  });
  const visitors: Readonly<Record<string, () => JsonVisitor>> = {
    resources: () =>
      new CountingVisitor(skimming, `${place}.resources`, (entry, fail) => {
        const { mode, type, name } = readHead(entry, fail);
        resources.set(`${mode === 'data' ? 'data.' : ''}${type}.${name}`, readResource(entry));
      }),
    outputs: () => membersOf(skimming, `${place}.outputs`, output),
    module_calls: () =>
      membersOf(skimming, `${place}.module_calls`, (name) =>
        moduleCall(skimming, `${place}.module_calls.${name}`, (call) => calls.set(name, call)),
      ),
  };
  return membersOf(skimming, place, byKey(visitors), () => set({ resources, calls, outputs }));
}

function moduleCall(skimming: PlanSkimming, place: string, set: (call: ModuleCall) => void): JsonVisitor {
  let source: string | undefined;
  let expressions: JsonObject = {};
  let forEach: JsonObject | undefined;
  let module: ConfigurationModule = emptyModule();
  const visitors: Readonly<Record<string, () => JsonVisitor>> = {
    source: () => single(skimming, `${place}.source`, 'string', (text: string) => (source = text)),
    expressions: () => single(skimming, `${place}.expressions`, 'object', (read: JsonObject) => (expressions = read)),
    for_each_expression: () =>
      single(skimming, `${place}.for_each_expression`, 'object', (read: JsonObject) => (forEach = read)),
    module: () => configurationModule(skimming, `${place}.module`, (read) => (module = read)),
  };
  const finish = () =>
    set({ ...(source !== undefined && { source }), expressions, ...(forEach && { forEach }), module });
  return membersOf(skimming, place, byKey(visitors), finish);
}

/** Visits a module of `prior_state.values`. */
export function stateModule(
  skimming: PlanSkimming,
  place: string,
  add: (resource: StateResource) => void,
): JsonVisitor {
  const resources: StateResource[] = [];
  let moduleAddress: string | undefined;
  let children = 0;
  const visitors: Readonly<Record<string, () => JsonVisitor>> = {
    address: () => single(skimming, `${place}.address`, 'string', (text: string) => (moduleAddress = text)),
    resources: () =>
      new CountingVisitor(skimming, `${place}.resources`, (entry, fail) => resources.push(readState(entry, fail))),
    child_modules: () => ({
      item: () => stateModule(skimming, `${place}.child_modules[${children++}]`, add),
      ...pick(membersOf(skimming, `${place}.child_modules`, () => undefined)),
    }),
  };
  // Terraform writes the resources of a module before its address.
  return membersOf(skimming, place, byKey(visitors), () =>
    resources.forEach((resource) => add({ ...resource, ...(moduleAddress !== undefined && { moduleAddress }) })),
  );
}

/** A module that holds nothing. */
export function emptyModule(): ConfigurationModule {
  return { resources: new Map(), calls: new Map(), outputs: new Map() };
}

function byKey(visitors: Readonly<Record<string, () => JsonVisitor>>): (key: string) => JsonVisitor | undefined {
  return (key) => (Object.hasOwn(visitors, key) ? visitors[key]!() : undefined);
}

function pick({ take }: JsonVisitor): Pick<JsonVisitor, 'take'> {
  return { take: take! };
}

function readResource(entry: unknown): ConfigurationResource {
  const expressions = property(entry, 'expressions');
  const forEach = property(entry, 'for_each_expression');
  const count = property(entry, 'count_expression');
  return {
    expressions: isObject(expressions) ? expressions : {},
    ...(forEach !== undefined && { forEach }),
    ...(count !== undefined && { count }),
  };
}

function readState(entry: unknown, fail: (problem: string) => Error): StateResource {
  const deposed = property(entry, 'deposed_key');
  return {
    ...readHead(entry, fail),
    ...(typeof deposed === 'string' && { deposed }),
    values: property(entry, 'values') ?? {},
    sensitiveValues: property(entry, 'sensitive_values') ?? {},
  };
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
