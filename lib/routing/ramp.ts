import { isWholeNumber } from '../contracts/whole-number';
import { rampEmpty, rampNotAscending, rampPercentInvalid, rampStepInvalid } from './errors';
import { bucketsOf } from './traffic-share';

/**
 * The steps in which a canary is given users, and the one that holds now.
 *
 * Change the step by one in each apply, so that its plan shows one move of users. A step back moves users back.
 *
 * @example
 *
 * Ramp.of([0, 1, 5, 25, 50, 100], 2); // 5 %
 */
export class Ramp {
  /**
   * A ramp.
   *
   * @param steps - percents of all users, 0 to 100 with at most two decimals, at least one, each higher than the one before
   * @param step - position in `steps` of the one that holds now, from 0
   * @throws if a step is no such percent, the steps do not ascend, or there is no step at that position
   */
  public static of(steps: number[], step: number): Ramp {
    if (!Array.isArray(steps) || steps.length === 0) {
      throw rampEmpty(steps);
    }
    steps.forEach((percent, index) => {
      if (bucketsOf(percent) === undefined) {
        throw rampPercentInvalid(index, percent);
      }
      if (index > 0 && percent <= steps[index - 1]!) {
        throw rampNotAscending(index, steps[index - 1]!, percent);
      }
    });
    if (!isWholeNumber(step, 0, steps.length - 1)) {
      throw rampStepInvalid(step, steps);
    }
    return new Ramp([...steps], step);
  }

  /** Percents of all users, ascending. */
  public readonly steps: number[];

  /** Position of the step that holds now, from 0. */
  public readonly step: number;

  private constructor(steps: number[], step: number) {
    this.steps = steps;
    this.step = step;
  }

  /** Percent of all users that the canary has now. */
  public get percent(): number {
    return this.steps[this.step]!;
  }
}
