import { contract, substitutions } from '../../../dialects/anqicms/contract';

test.each(Object.entries(substitutions))('the published %s is written as %s', (published, ours) => {
  const written = JSON.stringify(contract.exchanges);
  expect(written).not.toContain(published);
  expect(written).toContain(ours);
});
