/** The SQL that a page cannot do without, written by hand: what a program with nothing around it would ask. */
type Query = (province: string | null, day: string) => string;

const inProvince = (province: string | null): string => (province === null ? 'true' : `c.province_code = '${province}'`);
const SEASON = `c.stage not in ('validity', 'closed')`;

const counts: Query = (province) =>
  `select c.stage, c.step, c.waiting_for, c.paused, c.last_safe_on, count(*) from cycle c where c.stage <> 'closed' and ${inProvince(province)} group by 1, 2, 3, 4, 5`;
const ended: Query = (province, day) =>
  `select count(*) from cycle c where c.stage = 'closed' and c.stage_entered_at >= '${day.slice(0, 4)}-01-01' and ${inProvince(province)}`;
const changes: Query = (province, day) =>
  `select e.name, count(distinct e.cycle_id) from cycle_event e join cycle c on c.id = e.cycle_id where e.recorded_at >= date '${day}' - 3 and ${inProvince(province)} group by 1`;
const cohorts: Query = (province) =>
  `select f.decision_number, f.issued_on, f.valid_until, exists (select from cycle s where s.predecessor_id = f.cycle_id), count(*)
   from certificate f join cycle c on c.id = f.cycle_id where f.status = 'in_force' and ${inProvince(province)} group by 1, 2, 3, 4`;
const queue =
  (condition: string): Query =>
  (province) =>
    `select c.*, p.name, r.name, e.name, e.legal_on, n.settled_at from (select * from cycle c where ${SEASON} and ${condition} and ${inProvince(province)}
       order by c.stage_entered_at, c.id limit 31) c join product p on p.code = c.product_code join producer r on r.id = p.producer_id
     left join lateral (select * from cycle_event e where e.cycle_id = c.id order by e.sequence desc limit 1) e on true
     left join lateral (select * from nudge n where n.cycle_id = c.id order by n.settled_at desc limit 1) n on true`;
const certificates: Query = (province) =>
  `select f.*, p.name, r.name from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = c.product_code
   join producer r on r.id = p.producer_id where f.status = 'in_force' and ${inProvince(province)} order by f.valid_until, f.code limit 41`;
const histories: Query = (province, day) =>
  `select e.cycle_id, e.name, e.to_step, e.legal_on, lead(e.legal_on) over (partition by e.cycle_id order by e.sequence) from cycle_event e
   join cycle c on c.id = e.cycle_id where ${inProvince(province)} and exists (select from cycle_event s where s.cycle_id = e.cycle_id
     and s.name = 'submit-dossier' and s.legal_on between '2026-05-22' and '${day}')`;
const ledger: Query = (province) =>
  `select n.*, p.name from nudge n join cycle c on c.id = n.cycle_id join product p on p.code = c.product_code where ${inProvince(province)}
   order by n.planned_for desc, n.id desc limit 41`;
const ledgerCount: Query = (province) => `select count(*) from nudge n join cycle c on c.id = n.cycle_id where ${inProvince(province)}`;
const certificateCount: Query = (province) =>
  `select count(*) from certificate f join cycle c on c.id = f.cycle_id where f.status = 'in_force' and ${inProvince(province)}`;

/** By the page's path; each page shows the answers of all of its queries. */
export const PAGE_QUERIES: Record<string, readonly Query[]> = {
  '/tong-quan': [counts, ended, changes, cohorts, queue('c.last_safe_on < current_date')],
  '/dang-tac': [counts, queue('true')],
  '/ra-soat': [cohorts],
  '/ra-soat/danh-sach': [certificates, certificateCount],
  '/theo-xa': [histories, histories, histories],
  '/nhac-viec/so': [ledger, ledgerCount],
};
