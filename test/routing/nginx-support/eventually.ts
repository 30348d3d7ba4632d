import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MILLISECONDS = 10_000;

/** Waits until something is so, for what happens after an answer has arrived; a test then says what it expects. */
export async function eventually(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MILLISECONDS; Date.now() < deadline && !isSo();) {
    await delay(5);
  }
}
