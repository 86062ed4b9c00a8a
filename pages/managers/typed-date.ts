import { z } from 'zod';
import { localDate } from '../../api/http/schemas';
import { typedDay } from '../formats';

/** A day in an address, as people write it. */
export const typedDate = z.string().transform(typedDay).pipe(localDate);
