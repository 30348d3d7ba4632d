import { App } from 'cdktf';
import { ModelLifecycleGuard, ModelVersion } from '../lib';
import { ReferenceStack } from './reference-stack';

// The reference app with one mistake: production still runs a model that Azure has retired. It does not synthesise.
const app = new App();
ModelLifecycleGuard.protect(app);

const chatModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
const retiredModel = ModelVersion.openAi('gpt-35-turbo', '0613');
new ReferenceStack(app, 'staging', { environment: 'staging', chatCapacity: 10, chatModel });
new ReferenceStack(app, 'production', { environment: 'production', chatCapacity: 200, chatModel: retiredModel });

app.synth();
