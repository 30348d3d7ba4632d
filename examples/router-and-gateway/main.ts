import { App } from 'cdktf';
import { ModelVersion, Ramp } from '../../lib';
import { ChatPlatform } from './chat-platform';

// Application, router, two releases of an orchestrator, gateway, models: one user in ten is served by the new release.
const app = new App();
new ChatPlatform(app, 'chat', {
  environment: 'production',
  capacity: 200,
  stableModel: ModelVersion.openAi('gpt-6-sol', '2026-09-22'),
  ramp: Ramp.of([0, 1, 10, 25, 50, 100], 2),
});
app.synth();
