import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { EXAMPLES, PLAN_CASES } from './support/plan-cases';

/** Terraform starts three to six times in each case. */
jest.setTimeout(60_000);

const REFRESH = process.env.UPDATE_EXAMPLES === 'true';
/** One of our own application with a canary, one of modules and another provider; the others are made anew on request. */
const remade = PLAN_CASES.filter(({ name }) => REFRESH || ['minor-version', 'azapi-module'].includes(name));

describeWithTerraform('the kept plans', () => {
  let bench: TerraformBench;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    bench.azure.operationMilliseconds = 1;
  });
  afterEach(() => bench.stop());

  test.each(remade)('$name is what terraform plans today; UPDATE_EXAMPLES=true writes it anew', async (each) => {
    const plans = await each.make(bench);
    expect(Object.keys(plans)).toEqual(each.files);
    for (const [file, plan] of Object.entries(plans)) {
      const path = resolve(EXAMPLES, each.name, file);
      if (REFRESH) {
        mkdirSync(resolve(EXAMPLES, each.name), { recursive: true });
        writeFileSync(path, plan);
      }
      expect(plan === readFileSync(path, 'utf8')).toBe(true);
    }
  });
});

describe('every kept plan', () => {
  const files = PLAN_CASES.flatMap(({ name, files }) => files.map((file) => `${name}/${file}`));

  test.each(files)('%s is there, is small and names no machine', (file) => {
    const path = resolve(EXAMPLES, file);
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(text.length).toBeLessThan(160_000);
    expect(text.match(/terraform-workspace|"\/(tmp|home|root|work|Users)\//)?.[0]).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({ format_version: '1.2', terraform_version: '1.11.4' });
  });
});
