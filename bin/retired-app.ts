import { App } from 'cdktf';
import { ChatPlatform } from '../examples/router-and-gateway/chat-platform';
import { ModelLifecycleGuard, ModelVersion, Ramp } from '../lib';

// The reference app with one mistake: production still runs a model that Azure has retired. It does not synthesise.
const app = new App();
ModelLifecycleGuard.protect(app);

const stableModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
const retiredModel = ModelVersion.openAi('gpt-35-turbo', '0613');
const ramp = Ramp.of([0, 1, 5, 10, 25, 50, 100], 3);
new ChatPlatform(app, 'staging', { environment: 'staging', capacity: 10, stableModel, ramp });
new ChatPlatform(app, 'production', { environment: 'production', capacity: 200, stableModel: retiredModel, ramp });

app.synth();
