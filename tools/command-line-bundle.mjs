// Bundles the command-line tool so that a run compiles only what it uses: V8 takes longer to compile the whole tool than
// a small plan takes to review. What the sources load with `require('./…')` stands in files of its own, and what several
// of these files share stands in further ones, so that no module exists twice.
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { build, transform } from 'esbuild';

const OWN_REQUIRE = /(?<![\w.])require\('(\.[^']+)'\)/g;

const OPTIONS = {
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
};
const COMMON_JS = { format: 'cjs', target: 'node20', minifyWhitespace: true, supported: { 'dynamic-import': false } };

/** Stand for what esbuild does not know: `require` of a file that it splits off, and of one that it leaves alone. */
const SPLIT_OFF = '__requireSplitOff';
const SHIPPED = '__requireShipped';

/** Where the pieces go that are too small for files of their own, and how small that is: opening a file takes time as well. */
const SHARED = 'shared.js';
const SMALL_BYTES = 16_384;

/**
 * esbuild splits ES modules only. They become CommonJS in a second step, because only `require` loads at once.
 *
 * @returns the files that went into the bundle
 */
export async function bundleCommandLine(root) {
  const folder = join(root, 'dist', 'bin');
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    entryPoints: ['bin/model-lifecycle.ts'],
    outdir: 'dist/bin',
    chunkNames: '[name]-[hash]',
    metafile: true,
    plugins: [
      { name: 'required-when-used', setup: (plugin) => keepRequire(plugin, root) },
      { name: 'commander-without-programs', setup: startNoPrograms },
      { name: 'identity-without-browser', setup: openNoBrowser },
    ],
  });
  const pieces = new Map(outputFiles.map(({ path, text }) => [basename(path), withRequire(text)]));
  requireNoCycle(metafile.outputs);
  const small = smallPieces(metafile.outputs);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, SHARED), await joined(small, pieces));
  for (const [name, text] of pieces) {
    if (!small.includes(name)) {
      await writeFile(join(folder, name), fromShared(await asCommonJs(text), small));
    }
  }
  await requireWhole(folder);
  await chmod(join(folder, 'model-lifecycle.js'), 0o755);
  return Object.keys(metafile.inputs);
}

/** @throws if two files load each other: one of them would find nothing in the other, see `asCommonJs` */
function requireNoCycle(outputs) {
  const done = new Set();
  const visit = (file, way) => {
    if (way.includes(file)) {
      throw new Error(
        `files of the command line load each other: ${[...way, file].map((each) => basename(each)).join(', ')}`,
      );
    }
    if (!done.has(file)) {
      const loaded = outputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
      loaded.forEach(({ path }) => visit(path, [...way, file]));
      done.add(file);
    }
  };
  Object.keys(outputs).forEach((file) => visit(file, []));
}

/** @throws if a file loads another that is not there: some would be missed only in rare runs */
async function requireWhole(folder) {
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const [, needed] of text.matchAll(/\brequire\("(\.[^"]+)"\)/g)) {
      if (!existsSync(join(folder, needed))) {
        throw new Error(`dist/bin/${name} loads ${needed}, which was not written: see tools/command-line-bundle.mjs`);
      }
    }
  }
}

/** Small pieces that several files share, and that load nothing but small pieces themselves, of Node neither. */
function smallPieces(outputs) {
  const needs = new Map();
  for (const [file, { bytes, entryPoint, imports }] of Object.entries(outputs)) {
    if (bytes < SMALL_BYTES && entryPoint === undefined) {
      needs.set(
        basename(file),
        imports.map(({ path }) => basename(path)),
      );
    }
  }
  for (let before = Infinity; before > needs.size;) {
    before = needs.size;
    for (const [name, needed] of needs) {
      if (!needed.every((other) => needs.has(other))) {
        needs.delete(name);
      }
    }
  }
  return [...needs.keys()];
}

/** One file of several pieces, each of them an export. */
async function joined(names, pieces) {
  const { outputFiles } = await build({
    ...OPTIONS,
    ...COMMON_JS,
    bundle: true,
    stdin: { contents: names.map((name, index) => `export * as ${partName(index)} from './${name}';`).join('\n') },
    plugins: [
      {
        name: 'pieces',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\// }, ({ path }) => ({ path: basename(path), namespace: 'pieces' }));
          onLoad({ filter: /./, namespace: 'pieces' }, ({ path }) => ({ contents: pieces.get(path) }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

function fromShared(text, names) {
  return names.reduce(
    (result, name, index) => result.replaceAll(`require("./${name}")`, `require("./${SHARED}").${partName(index)}`),
    text,
  );
}

function partName(index) {
  return `part${index}`;
}

/** Marks each `require` of our own: code is split off there, data files are read where the package has them. */
function keepRequire({ onLoad }, root) {
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    if (/^export let /m.test(text)) {
      throw new Error(`${relative(root, path)} exports a variable that changes: what was split off would not see that`);
    }
    const contents = text.replace(OWN_REQUIRE, (_, file) =>
      file.endsWith('.json')
        ? `${SHIPPED}(${JSON.stringify(shippedPlace(root, join(dirname(path), file)))})`
        : `${SPLIT_OFF}(import('${file}'))`,
    );
    return { loader: 'ts', contents };
  });
}

/** Where a data file of `lib/` stands as seen from `dist/bin/`. */
function shippedPlace(root, file) {
  const place = relative(join(root, 'lib'), file);
  if (!existsSync(join(root, 'dist', place))) {
    throw new Error(`${basename(file)} is loaded by the command line and is not copied to dist/: see tools/build.mjs`);
  }
  return posix.join('..', ...place.split(sep));
}

/** Commander loads `node:child_process`, and with it Node's network, for subcommands that are programs: there are none. */
function startNoPrograms({ onResolve, onLoad }) {
  onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    importer.includes(`${sep}commander${sep}`) ? { path: 'child_process', namespace: 'absent' } : undefined,
  );
  onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
}

/** Azure's identities would load a package to open a browser, for a sign-in that none of the default credentials is. */
function openNoBrowser({ onLoad }) {
  onLoad({ filter: /[\\/]@azure[\\/]identity[\\/].*[\\/]msalClient\.js$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    const contents = text.replace('await import("open")', '{ default: undefined }');
    if (contents === text) {
      throw new Error('@azure/identity opens a browser in another way than it did: see tools/command-line-bundle.mjs');
    }
    return { loader: 'js', contents };
  });
}

function withRequire(text) {
  const required = text
    .replace(new RegExp(`${SPLIT_OFF}\\(import\\((".+?")\\)\\)`, 'g'), 'require($1)')
    .replaceAll(`${SHIPPED}(`, 'require(');
  if (required.includes(SPLIT_OFF)) {
    throw new Error('esbuild wrote import() in another way than it did: see tools/command-line-bundle.mjs');
  }
  if (/\bimport\("\.\//.test(required)) {
    throw new Error(
      "import() of a package would find its 'default' only: load a file of our own that imports it by require()",
    );
  }
  return required;
}

/** What one file takes from another becomes a variable; esbuild would ask a getter at each use, in code that is mostly interpreted. */
async function asCommonJs(text) {
  const linked = text
    .replace(
      /^import \{([^}]*)\} from ("\.\/[^"]+");$/gm,
      (_, names, file) => `const {${renamed(names)}} = require(${file});`,
    )
    .replace(/^import ("\.\/[^"]+");$/gm, 'require($1);')
    .replace(/^export \{([^}]*)\};$/gm, (_, names) => `module.exports = {${renamed(names, true)}};`);
  const { code } = await transform(linked, COMMON_JS);
  return code;
}

/** `a as b` as it stands between the braces of an object; what is exported is called by its second name there. */
function renamed(names, isExport = false) {
  return names.replace(/([\w$]+) as ([\w$]+)/g, isExport ? '$2: $1' : '$1: $2');
}
