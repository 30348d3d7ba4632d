import { LifecycleLookup, LifecycleQuery, ModelSpelling } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { LifecycleKnowledge } from './rule';

/** The same knowledge, asked only once for each model, version, SKU and day. */
export function cachedKnowledge(catalog: LifecycleKnowledge): LifecycleKnowledge {
  const answers = new Map<string, LifecycleLookup>();
  let spellings: readonly ModelSpelling[] | undefined;
  return {
    get asOf() {
      return catalog.asOf;
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
}

/** Lengths before the texts keep the key unique, whatever stands in them; JSON.stringify takes five times as long. */
function keyOf({ format, name, version, sku, scope, cloud }: LifecycleQuery, on: CalendarDate): string {
  return `${format?.length} ${name.length} ${version.length} ${sku?.length} ${scope} ${cloud} ${on} ${format}${name}${version}${sku}`;
}
