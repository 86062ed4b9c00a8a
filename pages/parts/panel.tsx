import type { ComponentChildren, VNode } from 'preact';

interface PanelProps {
  title: ComponentChildren;
  /** Makes the heading's id. */
  id: string;
  /** A remark, or a chip, at the right of the title. */
  aside?: ComponentChildren;
  /** Grid classes such as `c7`, or `no-print`. */
  class?: string;
  foot?: ComponentChildren;
  /** Without padding, for tables. */
  bare?: boolean;
  children: ComponentChildren;
}

/** A titled block. */
export function Panel({ title, id, aside, class: more, foot, bare, children }: PanelProps): VNode {
  return (
    <section class={more ? `panel ${more}` : 'panel'} aria-labelledby={`h-${id}`}>
      <div class="panel__h">
        <h2 id={`h-${id}`}>{title}</h2>
        {typeof aside === 'string' ? <p>{aside}</p> : aside}
      </div>
      {bare ? children : <div class="panel__b">{children}</div>}
      {foot && <p class="panel__f">{foot}</p>}
    </section>
  );
}

/** A remark beside the matter; an alert is read out at once. */
export function Note({
  look,
  alert,
  id,
  children,
}: {
  look?: 'late' | 'soon' | 'ok' | 'tech';
  alert?: boolean;
  id?: string;
  children: ComponentChildren;
}): VNode {
  return (
    <div class={look ? `note note--${look}` : 'note'} role={alert ? 'alert' : undefined} id={id}>
      {children}
    </div>
  );
}

/** Terms and what they are. Pairs whose value is null are left out. */
export function Facts({ pairs }: { pairs: readonly (readonly [string, ComponentChildren])[] }): VNode {
  return (
    <dl class="kv">
      {pairs
        .filter(([, value]) => value !== null && value !== undefined)
        .flatMap(([term, value]) => [<dt key={`${term}-t`}>{term}</dt>, <dd key={`${term}-d`}>{value}</dd>])}
    </dl>
  );
}
