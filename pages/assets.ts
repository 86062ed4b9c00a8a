/** Stylesheet and fonts, read once, served under names that hold their content's hash, so that browsers keep them for a year. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

/** In the order in which they are joined; print comes last. */
const STYLES = [
  'tokens',
  'base',
  'frame',
  'parts',
  'tables',
  'forms',
  'work',
  'dossier',
  'receipt',
  'managers',
  'admin',
  'council',
  'rehearsal',
  'print',
];
const FONTS = [
  'be-vietnam-pro-400',
  'be-vietnam-pro-500',
  'be-vietnam-pro-600',
  'inter-digits-400',
  'inter-digits-500',
  'inter-digits-600',
];
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5c55"/><circle cx="16" cy="16" r="8.2" fill="none" stroke="#fff" stroke-width="3"/><path d="M16 11v5.4l3.6 2.2" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>';

interface Asset {
  type: string;
  content: Buffer;
  gzipped?: Buffer;
}

const assets = new Map<string, Asset>();

function kept(name: string, ending: string, type: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const path = `/assets/${name}.${hash}.${ending}`;
  assets.set(path, { type, content, ...(ending === 'woff2' ? {} : { gzipped: gzipSync(content) }) });
  return path;
}

function stylesheet(): string {
  const fonts = new Map(FONTS.map((name) => [`${name}.woff2`, kept(name, 'woff2', 'font/woff2', read('fonts', `${name}.woff2`))]));
  const css = STYLES.map((name) => read('style', `${name}.css`).toString('utf8')).join('\n');
  const linked = css.replaceAll(/url\("?([\w.-]+)"?\)/g, (_whole, file: string) => `url("${fonts.get(file) ?? file}")`);
  return kept('style', 'css', 'text/css; charset=utf-8', Buffer.from(linked.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\n\s*/g, '\n')));
}

const read = (folder: string, file: string): Buffer => readFileSync(join(__dirname, folder, file));

/** Addresses of the assets, for the head of every page. */
export const STYLESHEET = stylesheet();
export const FAVICON = kept('icon', 'svg', 'image/svg+xml', Buffer.from(ICON));
export const FIRST_FONTS = [...assets.keys()].filter((path) => /be-vietnam-pro-(400|600)/.test(path));

/** Serves the assets; everything else goes on. */
export const serveAssets: RequestHandler = (req, res, next) => {
  const path = req.path === '/favicon.ico' ? FAVICON : req.path;
  const asset = path.startsWith('/assets/') ? assets.get(path) : undefined;
  if (!asset || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
  res.set({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': asset.type, vary: 'Accept-Encoding' });
  if (!asset.gzipped || !req.acceptsEncodings('gzip')) return void res.end(asset.content);
  res.set('content-encoding', 'gzip').end(asset.gzipped);
};
