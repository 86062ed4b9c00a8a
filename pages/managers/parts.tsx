/** What the managers' pages share: numbers that open their lists, a list's tools, a bar. */
import type { ComponentChildren, VNode } from 'preact';
import type { Counter } from '../../api/managers/counter';
import { number } from '../formats';
import { Form, type FormCall } from '../parts/forms';
import { Icon } from '../parts/icons';
import { Count } from '../parts/tables';

/** The page over the list of a counter: the same questions at the page's address. */
export function pageOf({ list }: Pick<Counter, 'list'>): string {
  return list.replace(/^\/api\/stuck/, '/dang-tac').replace(/^\/api\/certificates/, '/ra-soat/danh-sach');
}

/** A number that opens its list. */
export const Opens = ({ counter, label }: { counter: Counter; label?: string }): VNode => (
  <Count value={counter.count} href={pageOf(counter)} {...(label === undefined ? {} : { label })} />
);

/** A count with its noun as one link, inside a sentence. */
export function Said({ counter, children, look }: { counter: Counter; children: ComponentChildren; look?: 'late' | 'soon' }): VNode {
  const words = (
    <b>
      {number(counter.count)} {children}
    </b>
  );
  if (counter.count === 0) return words;
  return (
    <a class={look && `t-${look}`} href={pageOf(counter)}>
      {words}
    </a>
  );
}

/** Excel of exactly what is shown, and a short address of it. */
export function Tools({ call, excel, rows }: { call: FormCall & { url: string }; excel: string; rows?: string }): VNode {
  return (
    <>
      <a class="btn" href={excel}>
        <Icon name="down" />
        Tải Excel{rows && ` (${rows})`}
      </a>
      <Form call={call} action="/lien-ket" class="inline">
        <input type="hidden" name="path" value={call.url} />
        <button class="btn" type="submit">
          Liên kết ngắn
        </button>
      </Form>
    </>
  );
}

/** The same questions as Excel. */
export function excelOf(path: string, url: string): string {
  const [, query] = url.split('?');
  return `${path}/excel${query === undefined ? '' : `?${query}`}`;
}

/** A bar of parts in proportion; the numbers stand beside it. */
export function Bar({ parts }: { parts: readonly { share: number; look: string }[] }): VNode {
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ share, look }) => {
        const width = total === 0 ? 0 : (100 * share) / total;
        x += width;
        return width > 0 ? (
          <rect
            key={look}
            class={`fill-${look}`}
            x={(x - width).toFixed(2)}
            y="0"
            width={Math.max(width - 0.6, 0.4).toFixed(2)}
            height="10"
          />
        ) : null;
      })}
    </svg>
  );
}
