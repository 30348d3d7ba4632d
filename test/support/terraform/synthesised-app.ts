import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AS_OF_VARIABLE } from '../../../lib/contracts/as-of';

/** The models in these tests are judged on this day unless one says another, whatever the clock says. */
const AS_OF = '2026-11-21';

/**
 * What `cdktf synth` writes for each stack (`cdk.tf.json`), through `app.synth()`, so that Aspects and validations run.
 * @param declare adds stacks to the app
 * @param day on which the models are judged
 * @throws Error when the app does not synthesise
 */
export function synthesisedApp(declare: (app: App) => void, day = AS_OF): Readonly<Record<string, object>> {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesised-app-'));
  const { [AS_OF_VARIABLE]: asOf } = process.env;
  process.env[AS_OF_VARIABLE] = day;
  try {
    const app = new App({ outdir });
    declare(app);
    app.synth();
    return Object.fromEntries(
      readdirSync(join(outdir, 'stacks')).map((stack) => [
        stack,
        JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as object,
      ]),
    );
  } finally {
    if (asOf === undefined) {
      delete process.env[AS_OF_VARIABLE];
    } else {
      process.env[AS_OF_VARIABLE] = asOf;
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}

/**
 * The same for an app with one stack.
 * @param declare adds resources to the stack, which has the azurerm provider already
 */
export function synthesisedStack(declare: (stack: TerraformStack) => void, day = AS_OF): object {
  return synthesisedApp((app) => {
    const stack = new TerraformStack(app, 'test');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    declare(stack);
  }, day).test;
}
