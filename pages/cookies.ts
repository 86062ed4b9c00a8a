/** Cookies of this site: read by nobody but the server, sent by no other site's forms. */
import type { Request, Response } from 'express';

/** The value of a cookie; empty when there is none. */
export function cookieOf(req: Request, name: string): string {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return '';
}

/** Sets a cookie of this site, or clears it with null. Without an age it ends with the browser. */
export function setCookie(
  res: Response,
  secure: boolean,
  { name, value, maxAgeSeconds }: { name: string; value: string | null; maxAgeSeconds?: number | undefined },
): void {
  const age = value === null ? 0 : maxAgeSeconds;
  const parts = [`${name}=${value ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (secure) parts.push('Secure');
  if (age !== undefined) parts.push(`Max-Age=${age}`);
  res.append('Set-Cookie', parts.join('; '));
}
