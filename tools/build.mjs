// Builds the package into dist/: jsii compiles lib/, data files are copied beside the code that loads them, and the
// command-line tool and the reader of front matter are bundled so that the package has no runtime dependencies.
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleCommandLine } from './command-line-bundle.mjs';
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
for (const folder of ['catalog/data', 'contracts/data', 'evaluation/data', 'rules/data', 'report/data']) {
  cpSync(`${root}lib/${folder}`, `${root}dist/${folder}`, { recursive: true });
}
rmSync(`${root}dist/tsconfig.tsbuildinfo`, { force: true });
loadFoldersLazily(`${root}dist/index.js`);

// The one file of the library that imports a package: the package moves into it, files of our own stay outside.
const frontMatter = await build({
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  entryPoints: [`${root}dist/releases/front-matter.js`],
  outfile: `${root}dist/releases/front-matter.js`,
  allowOverwrite: true,
  plugins: [{ name: 'own-files-stay', setup: keepOwnFilesOutside }],
});
const bundled = [...Object.keys(frontMatter.metafile.inputs), ...(await bundleCommandLine(root))];
writeNotices(bundled, `${root}THIRD-PARTY-NOTICES`);

function keepOwnFilesOutside({ onResolve }) {
  onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) =>
    resolveDir.includes('node_modules') ? undefined : { path, external: true },
  );
}
