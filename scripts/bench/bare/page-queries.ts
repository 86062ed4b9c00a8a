/**
 * The SQL that a page cannot do without, written by hand: what a program with nothing around it would ask. What a page tells of the same records is
 * asked in one query; what it tells of others, in another.
 */
import { ONE_DOSSIER } from '../pages-dossier';

export type Query = (province: string | null, day: string) => string;

const inProvince = (province: string | null): string => (province === null ? 'true' : `c.province_code = '${province}'`);
/** Of the whole country no cycle need be looked at. */
const ofProvince = (cycleId: string, province: string | null): string =>
  province === null ? 'true' : `${cycleId} in (select c.id from cycle c where c.province_code = '${province}')`;
const SEASON = `c.stage in ('idea_registration', 'product_completion', 'commune_assessment', 'district_scoring', 'provincial_scoring', 'national_scoring', 'certification')`;
const UNASSIGNED = `case when c.waiting_for in ('commune', 'producer') then c.commune_officer_id is null else c.province_officer_id is null end`;
const lateness = (day: string): string =>
  `case when c.paused then 1 when c.last_safe_on is null then 2 when c.last_safe_on < '${day}' then 3 when c.last_safe_on < date '${day}' + 6 then 4 else 5 end`;

const season: Query = (province, day) =>
  `select c.stage, c.step, c.waiting_for, ${lateness(day)}, c.last_safe_on, ${UNASSIGNED}, count(*) from cycle c where ${SEASON} and ${inProvince(province)} group by 1, 2, 3, 4, 5, 6`;
const standing: Query = (province, day) =>
  `select c.step, ${lateness(day)}, ${UNASSIGNED}, count(*), percentile_cont(0.5) within group (order by date '${day}' - c.stage_entered_at::date) from cycle c
   where ${SEASON} and ${inProvince(province)} group by 1, 2, 3`;
const validity: Query = (province) =>
  `select c.step, c.waiting_for, count(*) from cycle c where c.stage = 'validity' and ${inProvince(province)} group by 1, 2`;
const ended: Query = (province, day) =>
  `select count(*) from cycle c where c.stage = 'closed' and c.stage_entered_at >= '${day.slice(0, 4)}-01-01' and ${inProvince(province)}`;
const trouble: Query = (province) =>
  `select c.id from cycle c where c.needs_attention is not null and c.stage <> 'closed' and ${inProvince(province)}`;
const changes: Query = (province, day) =>
  `select e.name, count(distinct e.cycle_id) from cycle_event e join cycle c on c.id = e.cycle_id where e.recorded_at >= date '${day}' - 3 and ${inProvince(province)} group by 1`;
const cohorts =
  (condition: (day: string) => string): Query =>
  (province, day) =>
    `select f.decision_number, f.issued_on, f.valid_until, s.step, e.cycle_id is not null, count(*), max(f.issued_by) from certificate f
     left join cycle s on s.predecessor_id = f.cycle_id and s.stage <> 'closed' left join cycle_event e on e.cycle_id = f.cycle_id and e.name = 'decline-renewal'
     where f.status = 'in_force' and ${ofProvince('f.cycle_id', province)} and ${condition(day)} group by 1, 2, 3, 4, 5`;
const queue =
  (condition: (day: string) => string, order = 'c.stage_entered_at', limit = 31): Query =>
  (province, day) =>
    `select c.id, c.step, c.waiting_for, c.due_on, c.due_source, c.stage_entered_at, p.name, r.name, e.name, e.legal_on, n.settled_at, n.nudges
     from (select * from cycle c where ${SEASON} and ${condition(day)} and ${inProvince(province)} order by ${order}, c.id limit ${limit}) c
     join product p on p.code = c.product_code join producer r on r.id = p.producer_id
     left join lateral (select * from cycle_event e where e.cycle_id = c.id order by e.sequence desc limit 1) e on true
     left join lateral (select n.settled_at, count(*) over () as nudges from nudge n where n.cycle_id = c.id order by n.settled_at desc limit 1) n on true`;
const isOverdue = (day: string): string => `not c.paused and c.last_safe_on < '${day}'`;
const inWindow = (day: string): string => `f.valid_until between date '${day}' + 120 and date '${day}' + 180`;
const certificates: Query = (province, day) =>
  `select f.*, p.name, r.name, s.step from (select * from certificate f where f.status = 'in_force' and ${inWindow(day)} and ${ofProvince('f.cycle_id', province)}
     order by f.valid_until, f.code limit 41) f join product p on p.code = f.product_code join producer r on r.id = p.producer_id
   left join cycle s on s.predecessor_id = f.cycle_id and s.stage <> 'closed'`;
const certificateCount: Query = (province, day) =>
  `select count(*) from certificate f where f.status = 'in_force' and ${inWindow(day)} and ${ofProvince('f.cycle_id', province)}`;
const histories: Query = (province, day) =>
  `select e.cycle_id, e.name, e.to_step, e.legal_on, lead(e.legal_on) over (partition by e.cycle_id order by e.sequence), d.date
   from (select c.id as cycle_id from cycle c where c.received_on between '2026-05-22' and '${day}' and ${inProvince(province)}) r
   join cycle_event e on e.cycle_id = r.cycle_id
   left join deadline d on d.cycle_id = r.cycle_id and d.kind = 'commune-assessment'`;
const ledger: Query = (province) =>
  `select n.*, p.name from (select * from nudge n where ${ofProvince('n.cycle_id', province)} order by n.planned_for desc, n.id desc limit 41) n
   join cycle c on c.id = n.cycle_id join product p on p.code = c.product_code`;
const ledgerCount: Query = (province) => `select count(*) from nudge n where ${ofProvince('n.cycle_id', province)}`;
const fulfilled: Query = (province) =>
  `select f.code, f.star, f.issued_on, f.valid_until, f.extended_until, f.status, f.ended_on, f.product_code, c.kind, c.commune_code, p.name, r.id, r.name, r.type
   from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = f.product_code join producer r on r.id = p.producer_id
   where ${inProvince(province)} order by f.issued_on, f.code`;
const always = (): string => 'true';
const isTurnOf =
  (party: string, condition: (day: string) => string) =>
  (day: string): string =>
    `c.waiting_for = '${party}' and ${condition(day)}`;
const isSoon = (day: string): string => `not c.paused and c.last_safe_on between '${day}' and date '${day}' + 5`;
const isOnTime = (day: string): string => `(c.paused or c.last_safe_on is null or c.last_safe_on > date '${day}' + 5)`;
const isNobodys = (): string => UNASSIGNED;
const turns: Query = (province, day) =>
  `select c.waiting_for, ${lateness(day)}, ${UNASSIGNED}, c.province_officer_id = 'me', count(*) from cycle c
   where c.stage <> 'closed' and c.waiting_for in ('commune', 'province') and ${inProvince(province)} group by 1, 2, 3, 4`;

const whole: Query = () =>
  `select c.*, p.*, r.*, u.content from cycle c join product p on p.code = c.product_code join producer r on r.id = p.producer_id
   join pinned_rules u on u.version = c.rules_version where c.id = '${ONE_DOSSIER}'`;
const ofOne =
  (table: string): Query =>
  () =>
    `select * from ${table} t where t.cycle_id = '${ONE_DOSSIER}'`;

/** The pages that are measured, by their address, with the queries whose answers each of them shows. */
export const PAGE_QUERIES: Record<string, readonly Query[]> = {
  '/tong-quan': [
    season,
    validity,
    ended,
    trouble,
    changes,
    cohorts((day) => `f.valid_until < date '${day}' + 120`),
    queue(isOverdue, 'c.last_safe_on', 7),
  ],
  '/dang-tac': [queue(always), standing, validity, trouble],
  '/dang-tac?lateness=overdue': [queue(isOverdue), standing, validity, trouble],
  '/ra-soat': [cohorts(always)],
  '/ra-soat/danh-sach?window=open': [certificates, certificateCount],
  '/theo-xa': [histories],
  '/nhac-viec/so': [ledger, ledgerCount],
  '/chi-tieu': [fulfilled],
};

/** The same of a province's staff. */
export const STAFF_QUERIES: Record<string, readonly Query[]> = {
  '/viec-cua-toi': [
    turns,
    queue(isTurnOf('province', isOverdue), 'c.last_safe_on', 13),
    queue(isTurnOf('province', isSoon), 'c.last_safe_on', 13),
    queue(isTurnOf('province', isOnTime), 'c.last_safe_on', 9),
    queue(isTurnOf('commune', always), 'c.last_safe_on', 9),
    queue(isTurnOf('province', isNobodys), 'c.last_safe_on', 9),
  ],
  [`/ho-so/${ONE_DOSSIER}`]: [whole, ofOne('cycle_event'), ofOne('deadline'), ofOne('nudge'), ofOne('certificate')],
};
