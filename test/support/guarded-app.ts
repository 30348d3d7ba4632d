import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, AppConfig, TerraformStack } from 'cdktf';

/** An app that writes into a folder of its own. */
export function testApp(config: AppConfig = {}): App {
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'guarded-app-')), ...config });
}

/** A stack with the azurerm provider, filled by the given function. */
export function testStack(app: App, id: string, fill: (stack: TerraformStack) => void = () => {}): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  fill(stack);
  return stack;
}

/** What a synthesis did: the message it threw, if it did, and what it printed on standard error. */
export interface SynthesisOutcome {
  readonly thrown?: string;
  readonly printed: string;
}

/** Synthesises the app as plain node does. */
export function synthesise(app: App): SynthesisOutcome {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    app.synth();
    return { printed: written.join('') };
  } catch (error) {
    return { thrown: (error as Error).message, printed: written.join('') };
  } finally {
    spy.mockRestore();
  }
}

/** The synthesised file of a stack, as text. */
export function synthesisedText(app: App, stack: string): string {
  return readFileSync(join(app.outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8');
}
