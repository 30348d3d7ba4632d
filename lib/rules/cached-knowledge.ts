import { LifecycleLookup, LifecycleQuery, ModelSpelling } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { LifecycleKnowledge } from './rule';

const alreadyCached = new WeakSet<LifecycleKnowledge>();

/** The same knowledge, asked only once for each model, version, SKU and day; itself where it is asked like that already. */
export function cachedKnowledge(catalog: LifecycleKnowledge): LifecycleKnowledge {
  if (alreadyCached.has(catalog)) {
    return catalog;
  }
  const answers = new Map<string, LifecycleLookup>();
  let spellings: readonly ModelSpelling[] | undefined;
  const cached: LifecycleKnowledge = {
    get asOf() {
      return catalog.asOf;
    },
    get oldestSeller() {
      return catalog.oldestSeller;
    },
    get file() {
      return catalog.file;
    },
    spellings: () => (spellings ??= catalog.spellings()),
    lookup(query, on) {
      const key = keyOf(query, on);
      let answer = answers.get(key);
      if (answer === undefined) {
        answer = catalog.lookup(query, on);
        answers.set(key, answer);
      }
      return answer;
    },
  };
  alreadyCached.add(cached);
  return cached;
}

/** Lengths before the texts keep the key unique, whatever stands in them; JSON.stringify takes five times as long. */
function keyOf({ format, name, version, sku, scope, cloud }: LifecycleQuery, on: CalendarDate): string {
  return `${format?.length} ${name.length} ${version.length} ${sku?.length} ${scope} ${cloud} ${on} ${format}${name}${version}${sku}`;
}
