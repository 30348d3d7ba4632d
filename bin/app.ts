import { App } from 'cdktf';
import { ChatPlatform } from '../examples/router-and-gateway/chat-platform';
import { ModelLifecycleGuard, ModelVersion, Ramp } from '../lib';

// The reference app: router, two releases of an orchestrator, gateway and models, in two environments.
const app = new App();
ModelLifecycleGuard.protect(app);

const stableModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
const steps = [0, 1, 5, 10, 25, 50, 100];
new ChatPlatform(app, 'staging', { environment: 'staging', capacity: 10, stableModel, ramp: Ramp.of(steps, 6) });
new ChatPlatform(app, 'production', { environment: 'production', capacity: 200, stableModel, ramp: Ramp.of(steps, 3) });

app.synth();
