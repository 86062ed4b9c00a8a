/** What each change needs to know: its fields, and the proposal that they make. */
import type { VNode } from 'preact';
import { type BulkAction, type Proposal, proposal } from '../../api/bulk/change';
import { plansToChoose } from '../../api/cycles/plans-of-place';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import type { FormFields } from '../form-fields';
import { typedDay } from '../formats';
import { DayField, SelectField } from '../parts/forms';
import { type Call, filterIn } from './shared';
import { changeAt } from './words';

/** What that change needs to know. */
export async function changeFields({ deps, actor, refused }: Call, action: BulkAction): Promise<VNode | null> {
  switch (action) {
    case 'extend-deadline':
      return (
        <div class="two">
          <DayField name="date" label="Hạn mới, chậm nhất ngày" refused={refused} />
        </div>
      );
    case 'adopt-rules':
      return (
        <SelectField
          name="plan"
          label="Theo kế hoạch"
          none="Kế hoạch của chính hồ sơ, phiên bản mới nhất"
          optional
          scope="change"
          options={plansToChoose(deps.rules.plans, actor, deps.today()).map(({ id, title, version }) => ({
            value: id,
            title: `${title.vi} (phiên bản ${version})`,
          }))}
          refused={refused}
        />
      );
    case 'assign-officer': {
      const where = actor.role === 'administrator' && actor.provinceCode === null ? {} : { office: { provinceCode: actor.provinceCode } };
      const people = await deps.db.person.findMany({
        where: { active: true, ...where },
        include: { office: true },
        orderBy: [{ officeCode: 'asc' }, { name: 'asc' }],
        take: 1000,
      });
      return (
        <div class="two">
          <SelectField
            name="officerId"
            label="Cán bộ phụ trách"
            none="Thôi phân công cán bộ cấp xã"
            hint="Cán bộ xã chỉ nhận hồ sơ của xã mình; hồ sơ khác sẽ báo không áp dụng được."
            options={people.map(({ id, name, office }) => ({ value: id, title: `${name}, ${office.name}` }))}
            refused={refused}
          />
        </div>
      );
    }
    case 'pause':
      return (
        <div class="two">
          <DayField name="until" label="Dự kiến tiếp tục ngày" optional refused={refused} />
        </div>
      );
    case 'resume':
      return null;
  }
}

/** The proposal that the fields make. Throws the problem of each field that is wrong. */
export async function proposalIn({ deps, query: asked }: Call, fields: FormFields): Promise<Proposal> {
  const action = changeAt(asked.viec);
  const body = await bodyIn(deps, action, fields);
  const choose = fields.text('which') === 'some' ? { cycles: [...fields.all('cycle')] } : { filter: filterIn(asked) };
  const sourceDocument = fields.given('sourceDocument');
  const given = { change: { action, body }, choose, reason: fields.text('reason'), ...(sourceDocument ? { sourceDocument } : {}) };
  const parsed = proposal.safeParse(given, { reportInput: true });
  const short = (field: string): string => field.replace(/^change\.body\./, '').replace(/^choose\.cycles$/, 'hồ sơ');
  const problems = parsed.success ? [] : problemsOfIssues(parsed.error.issues).map((one) => ({ ...one, field: short(one.field) }));
  if (action === 'extend-deadline' && !sourceDocument)
    problems.push({ field: 'sourceDocument', message: { vi: 'cần số văn bản gia hạn', en: 'the document’s number is needed' } });
  if (!parsed.success || problems.length > 0) throw invalidInput(problems);
  return parsed.data;
}

async function bodyIn({ db }: Call['deps'], action: BulkAction, fields: FormFields): Promise<object> {
  const dated = (name: string): string | undefined => (fields.given(name) === undefined ? undefined : typedDay(fields.text(name)));
  switch (action) {
    case 'extend-deadline':
      return { date: dated('date') };
    case 'adopt-rules': {
      const plan = fields.given('plan');
      return plan === undefined ? {} : { plan };
    }
    case 'assign-officer': {
      const officerId = fields.given('officerId') ?? null;
      const person = officerId === null ? null : await db.person.findUnique({ where: { id: officerId }, include: { office: true } });
      return { side: person && person.office.communeCode === null ? 'province' : 'commune', officerId };
    }
    case 'pause': {
      const until = dated('until');
      return until === undefined ? {} : { until };
    }
    case 'resume':
      return {};
  }
}
