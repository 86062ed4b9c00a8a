/** Items of a plan with the line and the words that they rest on. */
import type { VNode } from 'preact';
import type { Plan } from '../../domain/plans';
import type { Quote } from '../../domain/sources';
import { number } from '../formats';
import { DataTable } from '../parts/tables';

/** The line and the words of the plan that an item rests on. */
export function Source({ of: { line, quote } }: { of: Quote }): VNode {
  return (
    <span class="small">
      “{quote}” <span class="muted nw">(dòng {number(line)})</span>
    </span>
  );
}

interface Item extends Quote {
  id: string;
  title: { vi: string };
}

export function Items({
  title,
  id,
  items,
  more,
}: {
  title: string;
  id: string;
  items: readonly Item[];
  more: (item: Item) => string;
}): VNode | null {
  if (items.length === 0) return null;
  return (
    <details class="panel fold-list">
      <summary>
        {title} ({number(items.length)})
      </summary>
      <DataTable
        caption={title}
        keyOf={(item) => `${id}-${item.id}`}
        rows={items}
        columns={[
          { title: 'Mục', cell: (item) => item.title.vi },
          { title: 'Nội dung', cell: more },
          { title: 'Căn cứ', cell: (item) => <Source of={item} /> },
        ]}
      />
    </details>
  );
}

/** An item with the facts that its list has beside title and source. */
export const factsOf = (item: object, names: readonly string[]): string =>
  names
    .map((name) => (item as Record<string, unknown>)[name])
    .flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
    .join(' · ') || '–';

export function targetWords({ op, min, max, unit }: Plan['targets'][number]): string {
  const figure = (value: number): string => (unit === 'percent' ? `${number(value)} %` : number(value, Number.isInteger(value) ? 0 : 1));
  if (op === 'range' && max !== null) return `${figure(min)} đến ${figure(max)}`;
  return `${op === 'at-least' ? 'ít nhất ' : op === 'about' ? 'khoảng ' : ''}${figure(min)}`;
}
