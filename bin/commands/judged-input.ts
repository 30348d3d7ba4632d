import { ConfigurationFacts } from '../../lib/facts/facts';
import { InputOpening } from './input-source';

/** What a command judges, and where it was read from. */
export interface JudgedInput {
  /** File, `-` for standard input. */
  readonly input: string;
  readonly facts: ConfigurationFacts;
}

/** How inputs are read. */
export interface InputReading extends InputOpening {
  /** Whether a text may name a model; other texts are passed over. */
  readonly literals: (text: string) => boolean;
}
