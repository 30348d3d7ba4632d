import { App } from 'cdktf';
import { ModelLifecycleGuard, ModelVersion } from '../lib';
import { ReferenceStack } from './reference-stack';

// The reference app: two environments on the models that live longest by the bundled catalogue.
const app = new App();
ModelLifecycleGuard.protect(app);

const chatModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
new ReferenceStack(app, 'staging', { environment: 'staging', chatCapacity: 10, chatModel });
new ReferenceStack(app, 'production', { environment: 'production', chatCapacity: 200, chatModel });

app.synth();
