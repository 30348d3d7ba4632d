import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { FakeAzure } from '../test/support/azure/fake-azure';
import { deploymentsRoute, FakeAccount, graphRoute } from '../test/support/azure/resource-graph';

// Time and peak memory of `inventory` against a fake of Azure on this computer, which takes a part of the processors:
// ts-node -T bench/inventory.ts [ACCOUNTS] [CONCURRENCY]

const GNU_TIME = '/usr/bin/time';

const MODELS = [
  ['gpt-6-sol', '2026-09-22', 'GlobalStandard'],
  ['gpt-4o', '2024-08-06', 'Standard'],
  ['gpt-4.1', '2025-04-14', 'GlobalStandard'],
  ['gpt-35-turbo', '0613', 'Standard'],
  ['text-embedding-3-large', '1', 'GlobalStandard'],
] as const;

/** Accounts over forty subscriptions with ten deployments each. */
function estateOf(count: number, indexed: FakeAccount['indexed']): FakeAccount[] {
  return Array.from({ length: count }, (_, index) => ({
    subscription: `aaaaaaaa-0000-4000-8000-0000000000${String(index % 40).padStart(2, '0')}`,
    group: `rg-${index % 200}`,
    name: `models-${index}`,
    location: ['swedencentral', 'eastus2', 'westeurope'][index % 3]!,
    indexed,
    deployments: Array.from({ length: 10 }, (_none, each) => {
      const [name, version, sku] = MODELS[(index + each) % MODELS.length]!;
      return {
        name: `deployment-${each}`,
        sku: { name: sku, capacity: 10 + each },
        properties: {
          model: { format: 'OpenAI', name, version, callRateLimit: { rules: [] } },
          versionUpgradeOption: each % 3 === 0 ? 'OnceCurrentVersionExpired' : 'NoAutoUpgrade',
          provisioningState: 'Succeeded',
          capabilities: { chatCompletion: 'true' },
          rateLimits: [{ key: 'request', renewalPeriod: 10, count: 10 }],
        },
      };
    }),
  }));
}

async function measure(azure: FakeAzure, program: string, folder: string, args: readonly string[]): Promise<string> {
  const report = join(folder, 'time');
  const command = [process.execPath, program, 'inventory', '--resource-manager', azure.origin, '--no-config', ...args];
  const [file, given] = existsSync(GNU_TIME)
    ? [GNU_TIME, ['--quiet', '-f', '%M %U %S', '-o', report, ...command]]
    : [command[0]!, command.slice(1)];
  const started = performance.now();
  const child = spawn(file, given, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...azure.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = (await once(child, 'close')) as [number];
  const seconds = (performance.now() - started) / 1_000;
  if (status > 1) {
    throw new Error(`inventory ended with ${status}`);
  }
  const [kilobytes, user, system] = existsSync(report)
    ? readFileSync(report, 'utf8').trim().split(' ').map(Number)
    : [];
  const processors =
    kilobytes === undefined
      ? ''
      : `, ${(user! + system!).toFixed(1)} s of processors, ${Math.round(kilobytes / 1_024)} MB`;
  return `${seconds.toFixed(1)} s${processors}`;
}

async function main(): Promise<void> {
  const [count = '2000', concurrency = '8'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'inventory-bench-'));
  const azure = await FakeAzure.start();
  try {
    const program = join(folder, 'model-lifecycle.js');
    buildSync({
      entryPoints: [resolve(__dirname, '../bin/model-lifecycle.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['open'],
    });
    for (const indexed of ['none', 'whole'] as const) {
      azure.reset();
      const accounts = estateOf(Number(count), indexed);
      azure.route(graphRoute({ accounts }), deploymentsRoute({ accounts }));
      const way = indexed === 'none' ? 'deployments by Resource Manager' : 'deployments by Resource Graph';
      for (const format of ['text', 'json'] as const) {
        const figures = await measure(azure, program, folder, [
          '--concurrency',
          concurrency,
          '--all',
          '--format',
          format,
        ]);
        console.log(`${count} accounts, ${10 * Number(count)} deployments, ${way}, ${format}: ${figures}`);
      }
    }
  } finally {
    await azure.stop();
    rmSync(folder, { recursive: true });
  }
}

void main();
