// One synthesis of COUNT deployments in plain node, with the guard or without; prints its own figures.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { CognitiveDeployment } = require('@cdktf/provider-azurerm/lib/cognitive-deployment');
const { AzurermProvider } = require('@cdktf/provider-azurerm/lib/provider');
const { App, TerraformStack } = require('cdktf');
const { ModelLifecycleGuard } = require('../dist');

const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'bench-')) });
const stack = new TerraformStack(app, 'bench');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
for (let index = 0; index < Number(process.env.COUNT); index++) {
  new CognitiveDeployment(stack, `deployment-${index}`, {
    name: `deployment-${index}`,
    cognitiveAccountId: `/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a${index}`,
    model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
    sku: { name: 'GlobalStandard', capacity: 10 },
    raiPolicyName: 'Microsoft.DefaultV2',
    versionUpgradeOption: 'NoAutoUpgrade',
  });
}
if (process.env.GUARD === 'on') {
  ModelLifecycleGuard.protect(app, { asOf: '2026-11-21', severities: { 'as-of-shifted': 'off' } });
}
const start = process.hrtime.bigint();
const before = process.cpuUsage();
app.synth();
const used = process.cpuUsage(before);
console.log(
  JSON.stringify({
    milliseconds: Number(process.hrtime.bigint() - start) / 1e6,
    cpuMilliseconds: (used.user + used.system) / 1e3,
    mebibytes: process.resourceUsage().maxRSS / 1024,
  }),
);
