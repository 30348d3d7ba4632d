import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Before Node 24 each `AsyncLocalStorage` that ever ran is handed on to every promise of its process, and jest-circus makes one
 * for each test file and never disables it: the more files a worker has run, the slower its promises. So those of the files before
 * this one are disabled.
 * https://github.com/nodejs/node/blob/v20.20.0/lib/async_hooks.js
 * https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-circus/src/testExecutionContext.ts
 */
const RUNNING = Symbol.for('storages that ran in this process');

const shared = AsyncLocalStorage as unknown as { [RUNNING]?: Set<AsyncLocalStorage<unknown>> };

function record(storages: Set<AsyncLocalStorage<unknown>>, method: 'run' | 'enterWith'): void {
  const original = AsyncLocalStorage.prototype[method] as (...given: unknown[]) => unknown;
  Object.assign(AsyncLocalStorage.prototype, {
    [method](this: AsyncLocalStorage<unknown>, ...given: unknown[]): unknown {
      storages.add(this);
      return original.apply(this, given);
    },
  });
}

if (shared[RUNNING] === undefined) {
  shared[RUNNING] = new Set();
  record(shared[RUNNING], 'run');
  record(shared[RUNNING], 'enterWith');
}
shared[RUNNING].forEach((storage) => storage.disable());
shared[RUNNING].clear();
