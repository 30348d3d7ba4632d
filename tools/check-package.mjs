// Packs the package, installs it in a new CDKTF project outside this checkout, compiles code that uses the public API
// under both module resolutions, synthesises it, reads the schemas, sees the guard refuse a retired model, and runs the command line.
import { fileURLToPath } from 'node:url';
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixture = join(root, 'test', 'support', 'consumer');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const project = mkdtempSync(join(tmpdir(), 'consumer-'));

function run(command, args, env = {}) {
  return execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function expect(condition, message, output = '') {
  if (!condition) {
    throw new Error(`${message}\n${output}`);
  }
}

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: root });
  cpSync(fixture, project, { recursive: true });
  const exact = (name) => `${name}@${manifest.devDependencies[name]}`;
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  run('npm', [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefer-offline',
    `./${manifest.name}-${manifest.version}.tgz`,
    ...Object.keys(manifest.peerDependencies).map(exact),
    exact('typescript'),
    exact('@types/node'),
  ]);
  run('npx', ['tsc', '-p', 'tsconfig.json']);
  run('npx', ['tsc', '-p', 'tsconfig.node10.json']);

  // The index loads its folders lazily; Node still has to find the names for an ES module.
  run('node', [
    '--input-type=module',
    '-e',
    `import { ModelAccount, ModelGateway } from '${manifest.name}'; new Set([ModelAccount.name, ModelGateway.name]);`,
  ]);
  run('node', ['app.js'], { MODEL_LIFECYCLE_AS_OF: '2026-11-21' });
  const stack = readFileSync(join(project, 'cdktf.out', 'stacks', 'consumer', 'cdk.tf.json'), 'utf8');
  expect(stack.includes('"NoAutoUpgrade"'), 'the synthesised deployment does not turn auto-upgrade off', stack);

  for (const schema of Object.keys(manifest.exports).filter((path) => path.startsWith('./schemas/'))) {
    const id = run('node', ['-p', `require('${manifest.name}/${schema.slice(2)}').$id`]).trim();
    expect(id.endsWith(schema.slice(1)), `${schema} does not lead to the schema of that name`, id);
  }

  const refused = spawnSync('node', ['app.js'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, MODEL_LIFECYCLE_AS_OF: '2031-01-01' },
  });
  expect(
    refused.status === 1 && refused.stderr.includes('model-retired'),
    'a retired model was not refused',
    refused.stderr,
  );

  const check = spawnSync('npx', ['model-lifecycle', 'check', 'cdktf.out', '--as-of', '2026-11-21'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(check.status === 0, `model-lifecycle check ended with ${check.status}`, check.stdout + check.stderr);

  // Commands and reports are loaded from files of their own: each has to be in the package.
  const commands = run('npx', ['model-lifecycle', '--help']).matchAll(/^  (?!help )(\w+) /gm);
  for (const [, command] of commands) {
    const help = run('npx', ['model-lifecycle', command, '--help']);
    expect(
      help.startsWith(`Usage: model-lifecycle ${command} `),
      `model-lifecycle ${command} --help says no more`,
      help,
    );
  }
  const { FORMATS } = createRequire(import.meta.url)(
    join(project, 'node_modules', manifest.name, 'dist', 'report', 'writers.js'),
  );
  writeFileSync(join(project, 'model-lifecycle.config.yaml'), 'warnDays: 90\n');
  const reports = FORMATS.map((format) => ({ format, file: `report.${format}` }));
  run('npx', [
    'model-lifecycle',
    'check',
    'cdktf.out',
    ...['--as-of', '2026-11-21'],
    ...reports.flatMap(({ format, file }) => ['--format', `${format}=${file}`]),
  ]);
  for (const { format, file } of reports) {
    expect(readFileSync(join(project, file), 'utf8') !== '', `the ${format} report is empty`);
  }
  expect(
    readFileSync(join(project, 'report.text'), 'utf8').includes('model-lifecycle.config.yaml'),
    'the configuration file was not read',
  );
  console.log(
    `${manifest.name}-${manifest.version}.tgz: installed, compiled under node20 and node10 resolution, synthesised, guarded, reported`,
  );
} finally {
  rmSync(project, { recursive: true, force: true });
}
