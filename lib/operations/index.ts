export * from './alert-receivers';
export * from './model-policy';
export * from './model-policy-assignment';
export * from './model-policy-props';
export * from './retirement-alerts';
