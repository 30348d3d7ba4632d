// Regenerates the documents that are made from the code: API.md from the jsii assembly, docs/rules.md from the rules.
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (...args) => execFileSync('npx', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

run('jsii-docgen', '--output', 'API.md');
run('ts-node', 'tools/docs-rules.ts');
