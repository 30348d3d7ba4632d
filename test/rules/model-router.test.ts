import { unknown } from '../../lib/facts/attribute';
import { modelRouter } from '../../lib/rules/model-router';
import { contextOf, deployment } from './configuration';

function check(props: Parameters<typeof deployment>[0], forbidModelRouter = false) {
  return modelRouter.check(contextOf([deployment(props)], { settings: { forbidModelRouter } }));
}

describe('model-router: a deployment uses the model router', () => {
  test.each(['model-router', 'Model-Router'])('warns of %s', (model) => {
    expect(check({ model, version: '2025-11-18' })).toMatchObject([
      {
        rule: 'model-router',
        severity: 'warning',
        status: 'violation',
        resource: { path: 'model.name' },
        message: `${model}@2025-11-18 picks a model for each call, so the models that answer are not pinned`,
        fix: 'deploy the models that were tested, each with its version, and route between them',
      },
    ]);
  });

  test('is an error where the model router is forbidden', () => {
    expect(check({ model: 'model-router' }, true)).toMatchObject([{ severity: 'error' }]);
  });

  test.each(['chat', 'my-model-router', unknown('${var.model}')])('leaves %j alone', (model) => {
    expect(check({ model }, true)).toEqual([]);
  });
});
