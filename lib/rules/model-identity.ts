import { Judgement } from './judgement-memory';

/** One text for a model version however it is written: `gpt-35-turbo`, `gpt-3.5-turbo`. */
export function identityOf(context: Judgement, model: { format?: string; name: string; version: string }): string {
  const lookup = context.catalog.lookup(model, context.asOf);
  const { format = '', name, version } = lookup.kind === 'known' ? lookup.answer : model;
  return JSON.stringify([format, name, version]).toLowerCase();
}
