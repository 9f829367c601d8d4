import { audiences } from '../../src/contract';
import { canRefuse, operationProblems, type OperationName, type Problem } from '../../src/core';
import { allSubjects } from '../support/subjects';

it('the table has every operation that is for clients, and no other', () => {
  const clientOperations = Object.entries(audiences)
    .filter(([, audience]) => audience === 'client')
    .map(([name]) => name);
  expect(Object.keys(operationProblems).sort()).toEqual(clientOperations.sort());
});

it.each(allSubjects)(
  '$name promises no failure of an operation that the table does not have',
  ({ contract }) => {
    const promised = Object.keys(contract.problems).filter((key) => key.includes(': '));
    expect(promised.length).toBeGreaterThan(0);
    const unknown = promised.filter((key) => {
      const [operation = '', code = ''] = key.split(/: | /);
      const forms = operationProblems[operation as OperationName] ?? [];
      return !forms.some((form) => form.code === code);
    });
    expect(unknown).toEqual([]);
  },
);

it('tells limits of guessing from limits of sending', () => {
  const problem = (what: 'sign_in' | 'verification_code'): Problem => ({
    code: 'too_many_requests',
    what,
    retryAfterSeconds: 60,
  });
  expect([
    canRefuse('signIn', problem('sign_in')),
    canRefuse('signIn', problem('verification_code')),
  ]).toEqual([true, false]);
  expect([
    canRefuse('requestCode', problem('sign_in')),
    canRefuse('requestCode', problem('verification_code')),
  ]).toEqual([false, true]);
});
