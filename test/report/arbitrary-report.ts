import fc from 'fast-check';
import { RunReport } from '../../lib/report/run-report';
import { summarise } from '../../lib/rules/evaluate';
import { Finding } from '../../lib/rules/finding';
import { RULES } from '../../lib/rules/rules';
import { HOSTILE_TEXTS } from './hostile-texts';
import { MODEL_CHANGE } from './sample-reports';

/** What a plan may say: anything, half characters and what takes effect somewhere included. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(...Object.values(HOSTILE_TEXTS)),
);

const anyDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const optional = { freq: 2, nil: undefined };

const anyModel = fc.record({ format: anyText, name: anyText, version: anyText, sku: anyText }, { requiredKeys: [] });

const anyResource = fc.record(
  {
    address: anyText,
    type: anyText,
    stack: anyText,
    constructPath: anyText,
    account: anyText,
    deployment: anyText,
    path: anyText,
    declaredAt: fc.oneof(
      anyText,
      fc.tuple(anyText, fc.nat()).map(([file, line]) => `${file}:${line}`),
    ),
  },
  { requiredKeys: ['address', 'type'] },
);

const anyFinding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.oneof(fc.constantFrom(...RULES.map(({ id }) => id)), anyText),
  severity: fc.constantFrom('error', 'warning', 'note'),
  status: fc.constantFrom('violation', 'unknown'),
  resource: anyResource,
  message: anyText,
  fix: anyText,
  model: fc.option(anyModel, optional),
  retirementDate: fc.option(anyDay, optional),
  carriedOver: fc.option(fc.record({ from: fc.constantFrom('baseline', 'base'), since: anyDay }), optional),
  waived: fc.option(fc.record({ reason: anyText, owner: anyText, expires: anyDay }), optional),
});

const anyStage = fc.constantFrom('preview', 'generally-available', 'legacy', 'deprecated', 'retired');

/** A report of anything, over whose changes hand-made ones stand in. */
export const anyReport: fc.Arbitrary<RunReport> = fc
  .record({
    inputs: fc.array(anyText, { maxLength: 3 }),
    findings: fc.array(anyFinding, { maxLength: 6 }),
    failOn: fc.constantFrom('error', 'warning', 'never'),
    command: fc.constantFrom('check', 'review'),
    models: fc.array(
      fc.record(
        {
          resource: anyResource,
          model: anyModel,
          stage: anyStage,
          retirementDate: anyDay,
          sources: fc.array(fc.record({ name: anyText, asOf: anyDay, url: fc.oneof(anyText, fc.webUrl()) }), {
            maxLength: 2,
          }),
        },
        { requiredKeys: ['resource', 'model', 'sources'] },
      ),
      { maxLength: 3 },
    ),
  })
  .map((parts) => ({ ...MODEL_CHANGE, ...parts, summary: summarise(parts.findings) }) as RunReport);
