/** Fields that the managers' lists are filtered by. */
import type { VNode } from 'preact';
import type { ApiDeps } from '../../api/deps';
import type { Actor } from '../../domain/cycle/state';
import { type Option, SelectField } from '../parts/forms';

interface Asking {
  deps: Pick<ApiDeps, 'units'>;
  actor: Actor;
  query: { province?: string | undefined; commune?: string | undefined };
}

/** The commune, for whoever sees several of a province. */
export function CommuneField({ call: { deps, actor, query } }: { call: Asking }): VNode | null {
  const province = query.province ?? actor.provinceCode ?? undefined;
  if (actor.communeCode !== null || province === undefined) return null;
  const communes = deps.units.communesOf(province);
  return (
    <SelectField
      name="commune"
      label="Xã, phường"
      none={`Tất cả ${communes.length}`}
      value={query.commune}
      optional
      options={communes.map(({ code, fullName }) => ({ value: code, title: fullName }))}
    />
  );
}

/** One of the words, or all. */
export function ChoiceField(props: {
  name: string;
  label: string;
  value: string | undefined;
  options: readonly Option[];
  long?: boolean;
}): VNode {
  return <SelectField {...props} none="Tất cả" optional />;
}

/** The words as choices. */
export const choicesOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, title]) => ({ value, title }));

/** Questions without a field of their own, kept when the filters are sent. */
export function Kept<Query extends object>({ query, names }: { query: Query; names: readonly (keyof Query & string)[] }): VNode {
  return (
    <>
      {names.map((name) => {
        const value = query[name];
        return value === undefined ? null : <input key={name} type="hidden" name={name} value={String(value)} />;
      })}
    </>
  );
}
