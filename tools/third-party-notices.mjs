// Writes the licence texts of every package whose code is bundled into this one.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function writeNotices(bundledFiles, target) {
  const folders = new Set(bundledFiles.map(packageFolder).filter(Boolean));
  const sections = [...folders].sort().map(section);
  writeFileSync(target, `The compiled package contains code of these packages.\n\n${sections.join('\n')}`);
}

function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function section(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!licence || !existsSync(join(folder, licence))) {
    throw new Error(`${manifest.name} brings no licence text, so it cannot be bundled`);
  }
  const text = readFileSync(join(folder, licence), 'utf8').trim();
  return `${'-'.repeat(80)}\n${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
}
