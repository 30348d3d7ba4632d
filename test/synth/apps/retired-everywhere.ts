import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ModelLifecycleGuard } from '../../../lib';
import { retiredPlaces } from '../../support/retired-places';

// One stack per place; the environment variable PLACES selects some of them.
const app = new App({ skipValidation: process.env.SKIP_VALIDATION === 'true' });
if (process.env.PROTECT !== 'late') {
  ModelLifecycleGuard.protect(app);
}
for (const place of (process.env.PLACES ?? Object.keys(retiredPlaces).join(',')).split(',')) {
  const stack = new TerraformStack(app, place);
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  retiredPlaces[place]!(stack);
}
if (process.env.PROTECT === 'late') {
  ModelLifecycleGuard.protect(app);
}
app.synth();
