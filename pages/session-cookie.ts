import type { ApiDeps } from '../api/deps';

type Site = Pick<ApiDeps, 'publicUrl'>;

/** Cookies go over https only where people reach the site so. */
export const isSecure = ({ publicUrl }: Site): boolean => publicUrl.startsWith('https:');

/** Name of the session's cookie; on https with the prefix that binds it to this very host. */
export const sessionCookie = (site: Site): string => (isSecure(site) ? '__Host-ocop' : 'ocop');

/** Name of the cookie that ties forms to a browser before anybody signed in. */
export const visitorCookie = (site: Site): string => `${sessionCookie(site)}-visitor`;
