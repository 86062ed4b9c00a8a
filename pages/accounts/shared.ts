/** What the pages of accounts and tokens share. */
import { moment } from '../formats';
import type { PageCall } from '../page';

export const PATH = '/tai-khoan';
export const WHO = ['administrator'] as const;

export type Call = PageCall<unknown, unknown>;

export const at = (instant: string | null): string | null => instant && moment(Date.parse(instant));
export const HOLDER = ['role', 'office', 'personId'];

export const refusedIn = ({ refused }: Call, form: string) => (refused?.form === form ? refused : undefined);
