import { useDatabase } from '../support/env';

const records = useDatabase();

it('smoke', async () => {
  expect(await records.db.cycle.count()).toBe(0);
});
