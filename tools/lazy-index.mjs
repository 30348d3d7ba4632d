// Makes the package's index load a folder when one of its names is first used: whoever guards an app without a gateway
// does not pay for API Management's provider classes. aws-cdk-lib does the same with its own index.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const EXPORT_ALL = /^__exportStar\(require\("(\.\/[\w/-]+)"\), exports\);$/gm;

/** Rewrites `export * from './folder'` in a compiled CommonJS index. */
export function loadFoldersLazily(index) {
  const text = readFileSync(index, 'utf8');
  const lazy = text.replace(EXPORT_ALL, (_, folder) => {
    const names = Object.keys(createRequire(index)(folder));
    // Assigned first, so that Node finds the names when an ES module imports them.
    const declared = names.map((name) => `exports.${name} = `).join('');
    return (
      `${declared}void 0;\n` +
      `for (const name of ${JSON.stringify(names)}) {\n` +
      `    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => require("${folder}")[name] });\n` +
      '}'
    );
  });
  if (lazy === text) {
    throw new Error(`${index} re-exports no folder as it did: see tools/lazy-index.mjs`);
  }
  writeFileSync(index, lazy);
}
