/** The first page: where each role begins its day. */
import { USER_ROLES } from '../api/http/route';
import { page } from './page';

const home = page({
  path: '/',
  who: USER_ROLES,
  show: async ({ caller }) => ({ redirect: FIRST[caller.role] ?? '/viec-cua-toi' }),
});

const FIRST: Partial<Record<string, string>> = { manager: '/tong-quan', council_member: '/hoi-dong' };

export const HOME_PAGES = [home];
