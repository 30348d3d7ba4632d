import fc from 'fast-check';
import { normalQuantile, studentQuantile } from '../../lib/evaluation/metric-quantiles';

/** As `scipy.stats.norm.ppf` of SciPy 1.17 has them, with 15 digits. */
const NORMAL = [
  [0.5, 0.674489750196082],
  [0.8, 1.2815515655446],
  [0.9, 1.64485362695147],
  [0.95, 1.95996398454005],
  [0.98, 2.32634787404084],
  [0.99, 2.5758293035489],
  [0.999, 3.29052673149193],
  [0.9999, 3.89059188641312],
] as const;

/** Two-sided 0.9, 0.95, 0.99 and 0.999, as `scipy.stats.t.ppf` of SciPy 1.17 has them. */
const STUDENT = [
  [1, 6.313751514675037, 12.706204736174694, 63.656741162871526, 636.6192487687897],
  [2, 2.9199855803537242, 4.302652729749462, 9.924843200918287, 31.599054576445365],
  [3, 2.3533634348018233, 3.1824463052837078, 5.840909309733355, 12.923978636687961],
  [5, 2.0150483733330233, 2.5705818356363146, 4.032142983555228, 6.868826625881276],
  [10, 1.8124611228116756, 2.228138851986274, 3.16927267261695, 4.586893858702708],
  [29, 1.6991270265334972, 2.045229642132703, 2.756385903670605, 3.6594050194663748],
  [30, 1.697260886593957, 2.0422724563012378, 2.7499956535672254, 3.6459586350420627],
  [60, 1.6706488649046363, 2.0002978220142604, 2.6602830288550368, 3.460200469196392],
  [120, 1.6576508993552352, 1.9799304050824402, 2.6174211451068654, 3.373453768562533],
  [999, 1.646380345427535, 1.9623414611334493, 2.5807596372676365, 3.3002924403987666],
  [1000, 1.6463788172854643, 1.9623390808264083, 2.580754698065951, 3.300282648423944],
  [99_999, 1.6448688649373502, 1.9599877077718442, 2.575878470400052, 3.290624032384949],
] as const;

/** Printed to three decimals in Student's table of the NIST handbook; two-sided 0.95. */
const PRINTED = [
  [1, '12.706'],
  [4, '2.776'],
  [7, '2.365'],
  [15, '2.131'],
  [25, '2.060'],
  [40, '2.021'],
  [100, '1.984'],
] as const;

test.each(NORMAL)('the normal quantile of confidence %d is %d', (confidence, expected) => {
  expect(Math.abs(normalQuantile(confidence) / expected - 1)).toBeLessThan(1e-12);
});

test.each(STUDENT)('the t quantiles for %d degrees of freedom are those of SciPy', (degrees, ...expected) => {
  [0.9, 0.95, 0.99, 0.999].forEach((confidence, index) => {
    expect(Math.abs(studentQuantile(confidence, degrees) / expected[index] - 1)).toBeLessThan(1e-11);
  });
});

test.each(PRINTED)('the t quantile for %d degrees of freedom is printed as %s', (degrees, printed) => {
  expect(studentQuantile(0.95, degrees).toFixed(3)).toBe(printed);
});

test.each([1, 2, 3, 998, 999, 1000, 1001])('confidence 0.9999 is inverted at %d degrees of freedom', (degrees) => {
  const quantile = studentQuantile(0.9999, degrees);
  const next = studentQuantile(0.9999, degrees + 1);
  expect(next).toBeLessThan(quantile);
  expect(quantile).toBeGreaterThan(normalQuantile(0.9999));
});

test('fewer degrees of freedom and more confidence make the quantile greater', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.double({ min: 0.5, max: 0.9998, noNaN: true }),
      (degrees, more, confidence) => {
        const quantile = studentQuantile(confidence, degrees);
        expect(studentQuantile(confidence, degrees + more)).toBeLessThan(quantile);
        expect(studentQuantile(confidence + 0.0001, degrees)).toBeGreaterThan(quantile);
      },
    ),
    { numRuns: 100 },
  );
});
