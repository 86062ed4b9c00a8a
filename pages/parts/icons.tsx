/** Small shapes, drawn once per document and used by name. */
import type { VNode } from 'preact';

export type IconName = 'late' | 'soon' | 'ok' | 'pause' | 'none' | 'done' | 'tech' | 'mail' | 'down' | 'print' | 'menu' | 'up' | 'dn';

/** A shape that says nothing by itself: a word stands beside it. */
export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The shapes and the patterns of charts (`url(#hatched)`, `url(#dotted)`), at the top of the body. */
export function Sprite(): VNode {
  return (
    <svg class="sprite" aria-hidden="true">
      <defs>
        <symbol id="i-late" viewBox="0 0 16 16">
          <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
          <path d="M8 4v5" stroke="#fff" stroke-width="2" />
          <circle cx="8" cy="11.6" r="1.2" fill="#fff" />
        </symbol>
        <symbol id="i-soon" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.8" />
          <path d="M8 4.4V8l2.6 1.8" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
        </symbol>
        <symbol id="i-ok" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="2" />
        </symbol>
        <symbol id="i-pause" viewBox="0 0 16 16">
          <rect x="3.5" y="2.5" width="3.2" height="11" rx=".6" fill="currentColor" />
          <rect x="9.3" y="2.5" width="3.2" height="11" rx=".6" fill="currentColor" />
        </symbol>
        <symbol id="i-none" viewBox="0 0 16 16">
          <path d="M3 8h10" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        </symbol>
        <symbol id="i-done" viewBox="0 0 16 16">
          <path
            d="M2.5 8.5l3.6 3.6 7.4-8"
            fill="none"
            stroke="currentColor"
            stroke-width="2.2"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </symbol>
        <symbol id="i-tech" viewBox="0 0 16 16">
          <path d="M8 1l6 3.5v7L8 15l-6-3.5v-7z" fill="none" stroke="currentColor" stroke-width="1.6" />
          <path d="M5.8 5.8l4.4 4.4m0-4.4l-4.4 4.4" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
        </symbol>
        <symbol id="i-mail" viewBox="0 0 16 16">
          <rect x="1.5" y="3" width="13" height="10" rx="1.4" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="M2 4.4l6 4.4 6-4.4" fill="none" stroke="currentColor" stroke-width="1.5" />
        </symbol>
        <symbol id="i-down" viewBox="0 0 16 16">
          <path
            d="M8 2v8m-3.4-3L8 10.4 11.4 7M2.5 13.6h11"
            fill="none"
            stroke="currentColor"
            stroke-width="1.7"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </symbol>
        <symbol id="i-print" viewBox="0 0 16 16">
          <path
            d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linejoin="round"
          />
        </symbol>
        <symbol id="i-menu" viewBox="0 0 16 16">
          <path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
        </symbol>
        <symbol id="i-up" viewBox="0 0 16 16">
          <path d="M8 4l5 8H3z" fill="currentColor" />
        </symbol>
        <symbol id="i-dn" viewBox="0 0 16 16">
          <path d="M8 12l5-8H3z" fill="currentColor" />
        </symbol>
        <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="#c2412f" />
          <rect width="2" height="6" fill="#fff" opacity=".55" />
        </pattern>
        <pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill="#d99a20" />
          <circle cx="3" cy="3" r="1.3" fill="#fff" />
        </pattern>
      </defs>
    </svg>
  );
}
