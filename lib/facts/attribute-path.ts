import { Step } from './scope';

/** A place inside a block, linked to the place around it, so that a path costs nothing until somebody asks for it. */
export interface Place {
  readonly parent?: Place;
  readonly step: Step;
  readonly depth: number;
}

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** The place one step further in. */
export function inside(parent: Place | undefined, step: Step): Place {
  return { parent, step, depth: (parent?.depth ?? 0) + 1 };
}

/** The steps from the block to the place. */
export function stepsTo(place: Place): Step[] {
  const steps: Step[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    steps.unshift(at.step);
  }
  return steps;
}

/** The path as a person writes it: `template.container[0].env[2].value`, `tags["cost center"]`. */
export function pathTo(place: Place): string {
  return stepsTo(place)
    .map((step, index) => {
      if (typeof step === 'number') {
        return `[${step}]`;
      }
      return PLAIN_KEY.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** The steps of a path as `pathTo` writes it. */
export function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([A-Za-z_][\w-]*)/g)].map((match) =>
    match[1] !== undefined
      ? Number(match[1])
      : match[2] !== undefined
        ? (JSON.parse(`"${match[2]}"`) as string)
        : match[3]!,
  );
}
