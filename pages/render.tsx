import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole document as text. Everything in it is escaped; there is no way around that here. */
export function html(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
