import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelVersion } from '../../lib/accounts';
import { OrchestratorRelease, OrchestratorReleaseProps, Prompt } from '../../lib/releases';

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
export const IMAGE = `example.azurecr.io/assistant@${DIGEST}`;
export const GPT_51 = ModelVersion.openAi('gpt-5.1', '2025-11-13');
export const GPT_4O = ModelVersion.openAi('gpt-4o', '2024-11-20');
export const EMBEDDING = ModelVersion.openAi('text-embedding-3-large', '1');

/** A release that is right, apart from what is changed. */
export function release(changes: Partial<OrchestratorReleaseProps> = {}): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'assistant',
    image: IMAGE,
    orchestration: '2.3.0',
    models: { chat: { model: GPT_51 } },
    prompts: { system: Prompt.inline('Answer briefly.', { madeFor: [GPT_51] }) },
    ...changes,
  });
}

/** The message of the error that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

/** A directory for the tests of a file; it is gone afterwards. */
export function temporaryFiles(): { write(name: string, content: string | Buffer): string; directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'releases-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  return {
    directory,
    write(name, content) {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
  };
}
