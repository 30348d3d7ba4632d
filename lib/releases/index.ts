export * from './knowledge-index';
export * from './model-binding';
export * from './orchestrator-release';
export * from './orchestrator-release-props';
export * from './prompt';
export * from './prompt-template';
