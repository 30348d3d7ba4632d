// Shows the product without an Azure account: the reference app synthesises, the same app with a retired model does not.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function synthesise(title, app, output) {
  console.log(`\n=== ${title}\n\n$ cdktf synth --app "npx ts-node ${app}"\n`);
  const run = spawnSync('npx', ['cdktf', 'synth', '--app', `npx ts-node ${app}`, '--output', output], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', CI: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
  });
  console.log(withoutProgress(run.stdout + run.stderr));
  console.log(`\nexit code ${run.status}`);
  return run.status;
}

/** Leaves out the progress indicator and the command-line tool's own log lines (its version look-ups need a network). */
function withoutProgress(text) {
  const noise =
    /^(?:\[[^\]]+\] \[(?:ERROR|INFO|WARN)\] default - .*|npm warn .*|[⠀-⣿]?\s*(?:Starting|Synthesizing)?\s*)$/u;

  const lines = text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').split('\n');
  return lines.filter((line) => !noise.test(line)).join('\n');
}

function showStack(output, stack) {
  const file = `${output}/stacks/${stack}/cdk.tf.json`;
  console.log(`\n${file}`);
  const { resource } = JSON.parse(readFileSync(`${root}${file}`, 'utf8'));
  for (const { name, model, sku, version_upgrade_option: upgrade } of Object.values(
    resource.azurerm_cognitive_deployment,
  )) {
    console.log(`  ${name.padEnd(46)} ${model.name}@${model.version}, ${sku.name} ${sku.capacity}, ${upgrade}`);
  }
  const policies = Object.values(resource.azurerm_api_management_api_policy).map(({ xml_content: text }) => text);
  const [, releases] = /<set-variable name="releases" value="([^"]+)"/.exec(policies.join('\n'));
  for (const row of releases.split(';')) {
    const [label, stage, from, to] = row.split('|');
    console.log(`  ${label.padEnd(46)} ${stage}, ${(to - from) / 100} % of the users`);
  }
}

const good = synthesise(
  'the reference app: router, two releases, gateway and living models, in two environments',
  'bin/app.ts',
  'cdktf.out',
);
if (good === 0) {
  ['staging', 'production'].forEach((stack) => showStack('cdktf.out', stack));
}
const bad = synthesise(
  'the same app, with one model that Azure has retired',
  'bin/retired-app.ts',
  'cdktf.out/retired',
);

if (good !== 0 || bad !== 1) {
  console.error('\nthe demonstration did not go as described: expected exit code 0, then 1');
  process.exit(1);
}
console.log('\nThe first synthesis is in cdktf.out. The second was refused: nobody deploys it by accident.');
