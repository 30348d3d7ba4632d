#!/usr/bin/env node
import { run, tolerateClosedPipe } from './program';

tolerateClosedPipe(process.stdout);
// Where standard error is closed there is nobody left to tell.
process.stderr.on('error', () => undefined);
void run(process.argv.slice(2));
