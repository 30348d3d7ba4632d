#!/usr/bin/env node
import nodeModule from 'node:module';

/** What Node 22.8 has and Node 20 has not: it keeps compiled programs, so that the next start does without. */
interface CompileCache {
  readonly enableCompileCache?: () => unknown;
}

(nodeModule as CompileCache).enableCompileCache?.();

// Only what is loaded from here on is kept.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- import() of a file wants an extension that ts-node does not find
const { endDespiteConnections, run, tolerateClosedPipe } = require('./program') as typeof import('./program');
tolerateClosedPipe(process.stdout);
// Where standard error is closed there is nobody left to tell.
process.stderr.on('error', () => undefined);
void run(process.argv.slice(2)).then(endDespiteConnections);
