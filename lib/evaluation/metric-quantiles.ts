/** From here on the expansion for many degrees of freedom is exact to 12 digits for the confidences that a gate allows. */
const MANY_DEGREES = 1000;

/** Halvings after which an interval of doubles cannot be halved any more. */
const MOST_HALVINGS = 2100;

/**
 * The number of standard deviations around the mean that hold a share of a normal distribution: 1.959964 for 0.95.
 *
 * The share within z is found by Marsaglia's series, all of whose terms are positive (Evaluating the Normal Distribution,
 * 2004, https://doi.org/10.18637/jss.v011.i04), and inverted by halving.
 *
 * @param confidence 0.5 to 0.9999
 */
export function normalQuantile(confidence: number): number {
  return invertedBy(normalShareWithin, confidence);
}

/**
 * The number of standard errors around the mean that hold a share of Student's t distribution: 2.045230 for 0.95 and 29.
 *
 * Below 1,000 degrees of freedom the share within t is the finite sum 26.7.3 and 26.7.4 of Abramowitz and Stegun, inverted by
 * halving; from there on it is their expansion 26.7.5 about the normal quantile (https://personal.math.ubc.ca/~cbm/aands/page_948.htm).
 *
 * @param confidence 0.5 to 0.9999
 * @param degrees degrees of freedom, a whole number from 1
 */
export function studentQuantile(confidence: number, degrees: number): number {
  return degrees < MANY_DEGREES
    ? invertedBy((t) => studentShareWithin(t, degrees), confidence)
    : expandedQuantile(normalQuantile(confidence), degrees);
}

function normalShareWithin(z: number): number {
  let term = z;
  let sum = z;
  for (let divisor = 3; sum + term !== sum; divisor += 2) {
    term *= (z * z) / divisor;
    sum += term;
  }
  return 2 * sum * Math.exp((-z * z) / 2) * Math.sqrt(1 / (2 * Math.PI));
}

function studentShareWithin(t: number, degrees: number): number {
  const squaredCosine = degrees / (degrees + t * t);
  const sine = t / Math.sqrt(degrees + t * t);
  const odd = degrees % 2 === 1;
  let term = odd ? Math.sqrt(squaredCosine) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let factor = odd ? 3 : 2; factor < degrees; factor += 2) {
    term *= (squaredCosine * (factor - 1)) / factor;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (Math.atan(t / Math.sqrt(degrees)) + sine * sum) : sine * sum;
}

function expandedQuantile(z: number, degrees: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3 + fourth / degrees ** 4;
}

/** Where a share that grows from 0 towards 1 reaches the wanted one. */
function invertedBy(shareWithin: (quantile: number) => number, share: number): number {
  let below = 0;
  let above = 1;
  while (shareWithin(above) < share) {
    below = above;
    above *= 2;
  }
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) {
      break;
    }
    if (shareWithin(middle) < share) {
      below = middle;
    } else {
      above = middle;
    }
  }
  return above;
}
