import { Operation } from './fake-azure';
import { describeOperation, Phase, phaseProblems } from './operation-phases';

const operation = (name: string, started: number, finished: number, more: Partial<Operation> = {}): Operation => ({
  action: 'create',
  type: 'azurerm_api_management_backend',
  id: `/service/backends/${name}`,
  ...{ name, started, finished, ...more },
});

test.each<[string, Operation, string]>([
  ['its action, type and name', operation('chat', 1, 2, { action: 'delete' }), 'delete backend chat'],
  ['no digest in the middle', operation('gpt-5-0123abcd-v1', 1, 2), 'create backend gpt-5-v1'],
  ['no digest at the end', operation('diagnostic-0123abcd', 1, 2), 'create backend diagnostic'],
  [
    'no name that is a GUID',
    operation('01234567-89ab-cdef-0123-456789abcdef', 1, 2, { type: 'azurerm_role_assignment' }),
    'create role_assignment',
  ],
  ['a refusal', operation('chat', 1, 2, { refused: 'ValidationError' }), 'create backend chat refused'],
])('an operation is described by %s', (_, given, expected) => {
  expect(describeOperation(given)).toBe(expected);
});

describe('operations', () => {
  const [a, b] = ['create backend a', 'create backend b'];

  test.each<[string, Operation[], Phase[], Phase, string[]]>([
    ['one after the other are two phases', [operation('a', 1, 2), operation('b', 3, 4)], [[a], [b]], [], []],
    ['beside one another are one phase', [operation('a', 1, 3), operation('b', 2, 4)], [[a, b]], [], []],
    ['that overlap are not two', [operation('a', 1, 3), operation('b', 2, 4)], [[a], [b]], [], [`too early: ${b}`]],
    ['in the other order are not', [operation('a', 3, 4), operation('b', 1, 2)], [[a], [b]], [], [`too early: ${b}`]],
    ['may run at any time where that is said', [operation('a', 3, 4), operation('b', 1, 2)], [[a]], [b], []],
    ['that are not expected are told', [operation('a', 1, 2), operation('b', 3, 4)], [[a]], [], [`not expected: ${b}`]],
    ['that were not done are told', [operation('a', 1, 2)], [[a], [b]], [a], [`missing: ${b}`, `missing: ${a}`]],
    [
      'that were refused are not done',
      [operation('a', 1, 2, { refused: 'Conflict' })],
      [[a]],
      [],
      [`missing: ${a}`, `not expected: ${a} refused`],
    ],
  ])('%s', (_, operations, phases, anyTime, expected) => {
    expect(phaseProblems(operations, phases, anyTime)).toEqual(expected);
  });
});
