/** What may be done with a dossier now: one form per action, the likeliest open. */
import type { VNode } from 'preact';
import { type ApiAction, API_ACTIONS } from '../../api/cycles/payloads';
import { plansToChoose } from '../../api/cycles/plans-of-place';
import type { ApiDeps } from '../../api/deps';
import { type ActionDefinition, sideOf } from '../../domain/cycle/action';
import { ACTIONS } from '../../domain/cycle/actions';
import { actionsFor, actionsNow } from '../../domain/cycle/decide';
import type { Actor, CycleState } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { day } from '../formats';
import type { Refused } from '../page';
import {
  CheckBox,
  CheckBoxes,
  DayField,
  Field,
  Form,
  type FormCall,
  FormProblem,
  type Option,
  SelectField,
  Submit,
  TextField,
} from '../parts/forms';
import { Panel } from '../parts/panel';
import { lowerFirst, roleTitle } from '../words';
import { type ActionField, fieldsOf } from './action-fields';
import { FILES, FilesField } from './papers';
import { labelOf, LIKELIEST, spokenRefusal, valueTitle } from './action-words';

/** What the fields of the forms may be chosen from. */
export interface Choices {
  officers: readonly Option[];
  plans: readonly Option[];
  grounds: readonly Option[];
}

/** The actions that this actor may do now, the likeliest first. */
export function actionsOpen(state: CycleState, actor: Actor): ApiAction[] {
  const open = actionsFor(state, actor).filter((name): name is ApiAction => API_ACTIONS.some((one) => one === name));
  const likeliest = state.paused ? 'resume' : LIKELIEST[state.step];
  return [...open.filter((name) => name === likeliest), ...open.filter((name) => name !== likeliest)];
}

/** Officers who can be named, plans, grounds of revocation. */
export async function choicesFor({ db, rules, today }: ApiDeps, state: CycleState, actor: Actor): Promise<Choices> {
  const { communeCode, provinceCode } = state;
  const fit = plansToChoose(rules.plans, state, today());
  const plans = rules.plans.filter((plan) => plan.id === state.rules.planId || fit.includes(plan));
  const offices = actor.role === 'commune_staff' ? [{ communeCode }] : [{ communeCode }, { provinceCode, communeCode: null }];
  const people = await db.person.findMany({
    where: { active: true, office: { OR: offices } },
    include: { office: true },
    orderBy: [{ officeCode: 'asc' }, { name: 'asc' }],
  });
  return {
    officers: people.map(({ id, name, office }) => ({ value: id, title: `${name}, ${office.name}` })),
    plans: plans.map(({ id, title }) => ({ value: id, title: title.vi })),
    grounds: state.rules.procedure.revocationGrounds.value.map((value) => ({ value, title: valueTitle('ground', value) })),
  };
}

interface ActionsProps {
  call: FormCall;
  state: CycleState;
  actor: Actor;
  choices: Choices;
  today: LocalDate;
  /** The form that the address asks for. */
  wanted: string | undefined;
}

export function Actions({ call, state, actor, choices, today, wanted }: ActionsProps): VNode {
  const open = actionsOpen(state, actor);
  const refusedAct = call.refused && API_ACTIONS.some((name) => name === call.refused?.form) ? call.refused : undefined;
  const isOpenNow = ({ form }: Refused): boolean => open.some((name) => name === form);
  const first = open.find((name) => name === (call.refused?.form ?? wanted)) ?? open.find((name) => name === LIKELIEST[state.step]);
  return (
    <Panel title="Việc được làm lúc này" id="viec" aside={`Vai trò: ${roleTitle(actor.role)}`} class="no-print second-s">
      {refusedAct && !isOpenNow(refusedAct) && <NoLongerOpen refused={spokenRefusal(refusedAct)} />}
      {open.length === 0 && <p>Tài khoản này không có việc phải làm với hồ sơ ở bước hiện tại.</p>}
      {open.map((action) => (
        <ActionForm key={action} action={action} isOpen={action === first} {...{ call, state, actor, choices, today }} />
      ))}
      <NotYet state={state} open={open} />
    </Panel>
  );
}

/** An action that was refused because somebody else had moved the dossier meanwhile: why, and what was typed, to be copied from. */
function NoLongerOpen({ refused }: { refused: Refused }): VNode {
  const action = refused.form as ApiAction;
  const typed = fieldsOf(action).flatMap(({ name, kind }) => {
    const text = refused.fields
      .all(name)
      .map((value) => valueTitle(name, value))
      .join(', ');
    return kind === 'officer' || kind === 'plan' || text === '' ? [] : [{ name, label: labelOf(action, name), text }];
  });
  return (
    <div class="gap-b">
      <FormProblem refused={refused} />
      <p>
        Việc đã gửi: <b>{lowerFirst(ACTIONS[action].title.vi)}</b>. Hồ sơ đã sang bước khác từ khi mở trang; nội dung đã nhập:
      </p>
      <ul>
        {typed.map(({ name, label, text }) => (
          <li key={name}>
            {label}: {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ActionFormProps extends Omit<ActionsProps, 'wanted'> {
  action: ApiAction;
  isOpen: boolean;
}

function ActionForm({ action, isOpen, call, state, choices, today, actor }: ActionFormProps): VNode {
  const fields = fieldsOf(action);
  const refused = call.refused?.form === action ? spokenRefusal(call.refused) : undefined;
  const { title, source } = ACTIONS[action];
  const input = (field: ActionField): VNode => (
    <ActionInput key={field.name} {...{ field, action, refused, choices, today, state, actor }} />
  );
  return (
    <details class="act" open={isOpen} id={`viec-${action}`}>
      <summary>{title.vi}</summary>
      <Form call={call} action={`/ho-so/${state.cycleId}/${action}`} files>
        <FormProblem refused={refused} known={[...fields.map(({ name }) => name), FILES]} />
        {fields.filter((field) => !isExtra(field)).map(input)}
        <details
          class="extra"
          open={
            refused !== undefined &&
            (refused.fields.files(FILES).length > 0 || fields.some((field) => isExtra(field) && refused.fields.text(field.name) !== ''))
          }
        >
          <summary>Ghi chú, văn bản làm căn cứ, tệp kèm theo</summary>
          <div class="form">
            {fields.filter(isExtra).map(input)}
            <FilesField action={action} refused={refused} />
          </div>
        </details>
        <p class="hint">{after(action, source)}</p>
        <Submit main={isOpen}>{title.vi}</Submit>
      </Form>
    </details>
  );
}

/** What goes with every action and is seldom needed. */
const isExtra = ({ name, optional }: ActionField): boolean => optional && (name === 'reason' || name === 'sourceDocument');

interface InputProps extends Pick<ActionFormProps, 'action' | 'choices' | 'today' | 'state' | 'actor'> {
  field: ActionField;
  refused: Refused | undefined;
}

function ActionInput({ field, action, refused, choices, today, state, actor }: InputProps): VNode {
  const { name, kind, optional, values } = field;
  const common = { name, label: labelOf(action, name), scope: action, optional, refused, half: true };
  const titled = (): Option[] => values.map((value) => ({ value, title: valueTitle(name, value) }));
  switch (kind) {
    case 'day':
      return <DayField {...common} value={name === 'on' ? day(today) : undefined} />;
    case 'long':
      return <TextField {...common} half={false} />;
    case 'number':
      return <Field {...common} inputMode="numeric" />;
    case 'box':
      return <CheckBox name={name} label={common.label} refused={refused} />;
    case 'boxes':
      return <CheckBoxes {...common} options={titled()} />;
    case 'choice':
      return (
        <SelectField
          {...common}
          options={sideFor(name, actor, titled())}
          value={defaultOf(name, state)}
          {...(defaultOf(name, state) ? {} : { none: 'Chọn' })}
        />
      );
    case 'officer':
      return (
        <SelectField
          {...common}
          half={false}
          options={choices.officers}
          value={state.officers[sideOf(state.stage)]}
          none="Không ai (bỏ phân công)"
        />
      );
    case 'plan':
      return <SelectField {...common} half={false} options={choices.plans} value={state.rules.planId} />;
    case 'ground':
      return <SelectField {...common} half={false} options={choices.grounds} none="Chọn" />;
    case 'text':
      return <Field {...common} />;
  }
}

/** A commune assigns only its own officer. */
function sideFor(name: string, actor: Actor, options: Option[]): Option[] {
  return name === 'side' && actor.role === 'commune_staff' ? options.filter(({ value }) => value === 'commune') : options;
}

function defaultOf(name: string, state: CycleState): string | undefined {
  if (name === 'side') return sideOf(state.stage);
  return name === 'operator' ? 'on_or_before' : undefined;
}

function after(action: ApiAction, source: string): string {
  const kept = 'Việc được ghi kèm tên cơ quan và thời điểm, không sửa được sau đó.';
  return action === 'assign-officer' || action === 'adopt-rules' ? kept : `${kept} Căn cứ: ${source}.`;
}

/** What others may do, so that nobody looks for it in vain. */
function NotYet({ state, open }: { state: CycleState; open: readonly string[] }): VNode | null {
  const others = actionsNow(state).filter((name) => !open.includes(name));
  const byRole = new Map<string, string[]>();
  for (const name of others) {
    const roles = (ACTIONS[name] as ActionDefinition).allowed[state.step] ?? [];
    const who = roles
      .filter((role) => role !== 'system')
      .map(roleTitle)
      .join(', ');
    if (!who) continue;
    byRole.set(who, [...(byRole.get(who) ?? []), lowerFirst(ACTIONS[name].title.vi)]);
  }
  if (byRole.size === 0) return null;
  return (
    <div class="small muted not-yet">
      {[...byRole].map(([who, names]) => (
        <p key={who}>
          {who} làm: {names.join('; ')}.
        </p>
      ))}
    </div>
  );
}
