// Builds the package into dist/: jsii compiles lib/, data files are copied beside the code that loads them,
// and the command-line tool is bundled into one file so that the package has no runtime dependencies.
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { loadFoldersLazily } from './lazy-index.mjs';
import { writeNotices } from './third-party-notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync('npx', ['jsii', '--generate-tsconfig', 'tsconfig.jsii.json'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    // Node 20 is supported here for as long as teams run it; the version number is the value this variable takes.
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  },
});
for (const folder of ['catalog/data', 'rules/data', 'report/data']) {
  cpSync(`${root}lib/${folder}`, `${root}dist/${folder}`, { recursive: true });
}
rmSync(`${root}dist/tsconfig.tsbuildinfo`, { force: true });
loadFoldersLazily(`${root}dist/index.js`);

const bundle = await build({
  entryPoints: [`${root}bin/model-lifecycle.ts`],
  outfile: `${root}dist/bin/model-lifecycle.js`,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync(`${root}dist/bin/model-lifecycle.js`, 0o755);
writeNotices(Object.keys(bundle.metafile.inputs), `${root}THIRD-PARTY-NOTICES`);
