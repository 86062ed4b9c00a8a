/** Every route of the API. */
import { TOKEN_ROUTES } from './auth/tokens';
import { CYCLE_ROUTES } from './cycles/routes';
import type { Route } from './http/route';

export const ROUTES: readonly Route[] = [...CYCLE_ROUTES, ...TOKEN_ROUTES];
