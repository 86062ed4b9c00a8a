/** Rows of work: cards for what is late or soon, lines for the rest. */
import type { VNode } from 'preact';
import type { StuckDossier } from '../../api/managers/dossiers';
import type { ActionDefinition } from '../../domain/cycle/action';
import { ACTIONS } from '../../domain/cycle/actions';
import type { Step } from '../../domain/cycle/stages';
import type { Actor, Role } from '../../domain/cycle/state';
import { LIKELIEST } from '../dossier/action-words';
import { day, due, number } from '../formats';
import { LatenessChip, marginWords } from '../parts/lateness';
import { withQuery } from '../parts/tables';
import { inSentence, KIND_TITLES } from '../words';

/** Rows of a question with their true count. */
export interface Counted {
  rows: readonly StuckDossier[];
  total: number;
  /** The list of all of them. */
  href: string;
}

interface CardsProps {
  title: string;
  remark?: string;
  look: 'late' | 'soon';
  list: Counted;
  actor: Actor;
}

export function Cards({ title, remark, look, list, actor }: CardsProps): VNode | null {
  if (list.total === 0) return null;
  return (
    <>
      <Heading title={title} total={list.total} {...(remark ? { remark } : {})} />
      <ul class="todo">
        {list.rows.map((row) => (
          <li key={row.id} class={`card card--${look}`}>
            <div class="card__t">
              <h3>
                <a href={`/ho-so/${row.id}`}>{row.productName}</a>
              </h3>
              <LatenessChip lateness={row.lateness} more={row.margin?.over ? marginWords(row.margin, true) : undefined} />
            </div>
            <p class="do">{row.stepTitle.vi}</p>
            <p>
              {row.due ? (
                <>
                  Hạn <b>{due(row.due)}</b>
                  {row.margin && !row.margin.over && `, ${marginWords(row.margin)}`}
                </>
              ) : (
                'Chưa có hạn'
              )}{' '}
              · {KIND_TITLES[row.kind]}
              {actor.communeCode === null && row.communeName && ` · ${inSentence(row.communeName)}`}
              {row.officer?.name && row.officer.id !== actor.id && ` · ${row.officer.name} phụ trách`}
            </p>
            <div class="card__a">
              <Do row={row} actor={actor} />
              <a class="btn" href={`/ho-so/${row.id}`}>
                Xem hồ sơ
              </a>
            </div>
          </li>
        ))}
      </ul>
      <AllOf list={list} />
    </>
  );
}

/** The likeliest thing to do, where this person may do it. */
function Do({ row, actor }: { row: StuckDossier; actor: Actor }): VNode | null {
  const action = LIKELIEST[row.step as Step];
  if (!action) return null;
  const roles: readonly Role[] = (ACTIONS[action] as ActionDefinition).allowed[row.step as Step] ?? [];
  if (!(roles.includes(actor.role) || actor.role === 'administrator')) return null;
  return (
    <a class="btn btn--main" href={`${withQuery(`/ho-so/${row.id}`, { viec: action })}#h-viec`}>
      {ACTIONS[action].title.vi}
    </a>
  );
}

export function Lines({ title, list, empty }: { title: string; list: Counted; empty: string }): VNode {
  return (
    <>
      <Heading title={title} total={list.total} />
      {list.total === 0 ? (
        <p class="panel empty">{empty}</p>
      ) : (
        <ul class="panel">
          {list.rows.map((row) => (
            <li key={row.id} class="li">
              <span>
                <a class="pn" href={`/ho-so/${row.id}`}>
                  {row.productName}
                </a>
                <small class="sub">{row.stepTitle.vi}</small>
              </span>
              <span class="li__r">
                {row.lastSafeOn ? day(row.lastSafeOn) : 'chưa có hạn'}
                <br />
                <When row={row} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <AllOf list={list} />
    </>
  );
}

function When({ row }: { row: StuckDossier }): VNode {
  if (row.lateness === 'paused') return <span>tạm dừng</span>;
  if (!row.margin) return <span>{number(row.daysInStep)} ngày chờ</span>;
  return <span class={row.margin.over ? 't-late' : undefined}>{marginWords(row.margin)}</span>;
}

function Heading({ title, total, remark }: { title: string; total: number; remark?: string }): VNode {
  return (
    <div class="sec">
      <h2>{title}</h2>
      <span class="c">
        {number(total)}
        {remark && ` · ${remark}`}
      </span>
    </div>
  );
}

function AllOf({ list }: { list: Counted }): VNode | null {
  if (list.total <= list.rows.length) return null;
  return (
    <p class="small all">
      <a href={list.href}>Xem cả {number(list.total)} hồ sơ</a>
    </p>
  );
}
