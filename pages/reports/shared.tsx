/** What the parts of the reports page have in common. */
import type { VNode } from 'preact';
import type { UserRole } from '../../api/http/route';
import type { PageCall, Refused } from '../page';
import { Field, type Option, SelectField } from '../parts/forms';

export const PATH = '/bao-cao';
export const REMINDERS: UserRole[] = ['administrator', 'provincial_staff'];
export const NATIONAL_TABLE: UserRole[] = ['administrator', 'provincial_staff', 'manager'];
export const FIRST_YEAR = 2018;

export type Call = PageCall<unknown, { province?: string | undefined }>;
/** Of a form that downloads: what its fields hold, as typed. */
export type Typed = Readonly<Record<string, string>>;

export interface NewAddress {
  name: string;
  url: string;
}

export const refusedIn = ({ refused }: Pick<Call, 'refused'>, name: string): Refused | undefined =>
  refused?.form === name ? refused : undefined;

/** Where it may be asked which part of the country or province. */
export function AreaFields({ call, scope, refused }: { call: Call; scope: string; refused: Refused | undefined }): VNode | null {
  const { actor, deps } = call;
  if (actor.communeCode !== null) return null;
  return (
    <div class="two">
      {actor.provinceCode === null && (
        <SelectField
          name="province"
          label="Tỉnh, thành phố"
          scope={scope}
          optional
          none="Cả nước"
          options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
          refused={refused}
        />
      )}
      <Field name="commune" label="Mã xã" scope={scope} optional inputMode="numeric" maxLength={5} refused={refused} />
    </div>
  );
}

export const planOptions = ({ deps }: Call): Option[] => deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }));
