import { notAssignable } from './errors';
import { Expression } from './syntax';
import { TokenStream } from './token-stream';

/** @throws if the target is neither a variable nor an indexer */
export function requireAssignable(stream: TokenStream, target: Expression, at: number): void {
  const indexer = target.kind === 'postfix' && target.steps[target.steps.length - 1]!.kind === 'index';
  if (!indexer && !(target.kind === 'name' && target.typeArguments.length === 0)) {
    throw notAssignable(stream.text, at);
  }
}
