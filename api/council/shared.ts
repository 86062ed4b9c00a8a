/** What the council's routes share. */
import { z } from 'zod';

export const TAG = 'Hội đồng';

/** A change takes its turn behind others of the same session; nine members may enter their sheets in the same minute. */
export const TRANSACTION = { maxWait: 20_000, timeout: 30_000 };

export const cycleIdSchema = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/);

export const cycleList = z.array(cycleIdSchema).min(1).max(200);
