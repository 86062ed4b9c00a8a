/**
 * 48 certificates of one decision (as Nghệ An had them in 2023), imported in force and lived to their end on the real engine with skipped time: all are
 * reminded of at every moment, eight are evaluated again, the others end on one day and their public pages say so.
 */
import { inTurn } from '../../api/imports/in-turn';
import { eventually } from '../support/eventually';
import { csv, importer, recorded } from './imports/lists';
import { COMMUNE, OTHER_COMMUNE, useApi } from './support/api';
import { type Era, useTravel } from './support/travel';

jest.setTimeout(900_000);

const DECISION = '303/QĐ-UBND';
const ISSUED = '04/02/2024';
const ENDS = '2027-02-04';
const MANY = 48;

const api = useApi({ on: '2026-06-02' });
const travel = useTravel(api);
const send = importer(api);

const HEADER = ['Tên sản phẩm', 'Chủ thể', 'Mã xã', 'Số sao', 'Số quyết định', 'Ngày cấp', 'Cơ quan cấp', 'Bộ sản phẩm'];
const starOf = (index: number): number => (index === 0 ? 4 : 3);
const ROWS = Array.from({ length: MANY }, (_, index) => [
  `Sản phẩm ${String(index + 1).padStart(2, '0')}`,
  `Hợp tác xã ${Math.floor(index / 2) + 1}`,
  index % 3 === 0 ? OTHER_COMMUNE : COMMUNE,
  `${starOf(index)} sao`,
  DECISION,
  ISSUED,
  'UBND tỉnh Ninh Bình',
  '4',
]);

/** The eight that are evaluated again, with the sum of three members: the first goes down from 4 to 3 stars, the next two go up. */
const AGAIN: readonly [index: number, sum: number, star: number][] = [
  [0, 195, 3],
  [1, 240, 4],
  [2, 231, 4],
  [3, 180, 3],
  [4, 186, 3],
  [5, 192, 3],
  [6, 198, 3],
  [7, 204, 3],
];
const DECLINED = [8, 9, 10];

interface Held {
  id: string;
  path: string;
  code: string;
  name: string;
  communeCode: string;
}

async function all(era: Era): Promise<Held[]> {
  const found: Held[] = [];
  let cursor: unknown = null;
  do {
    const more = typeof cursor === 'string' ? `&cursor=${cursor}` : '';
    const { body } = await era.send('GET', `/api/certificates?limit=200${more}`);
    for (const one of body['items'] as { cycleId: string; code: string; productName: string; communeCode: string }[])
      found.push({
        id: one.cycleId,
        path: `/api/cycles/${one.cycleId}`,
        code: one.code,
        name: one.productName,
        communeCode: one.communeCode,
      });
    cursor = body['nextCursor'];
  } while (cursor !== null);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface NudgeRow {
  rule: string;
  recipient: string;
  plannedFor: string;
  status: string;
}

async function nudgesOf(era: Era, id: string): Promise<NudgeRow[]> {
  const { body } = await era.send('GET', `/api/nudges?cycle=${id}&limit=200`);
  return body['items'] as NudgeRow[];
}

const who = (held: Held) => (held.communeCode === COMMUNE ? 'commune' : 'otherCommune');

/** When each reminder must be planned: certificates that end on 04/02/2027. Those before a deadline that fall on a day off come on the working day before. */
const MOMENTS: readonly (readonly [rule: string, day: string])[] = [
  ['certificate-240-days', '2026-06-09'],
  ['certificate-200-days', '2026-07-17'],
  ['certificate-window-opens', '2026-08-08'],
  ['certificate-150-days', '2026-09-07'],
  ['certificate-130-days', '2026-09-25'],
  ['certificate-121-days-last-call', '2026-10-06'],
  ['certificate-121-days-last-call-leadership', '2026-10-06'],
  ['certificate-window-missed', '2026-10-08'],
  ['certificate-30-days', '2027-01-05'],
  ['certificate-30-days-commune', '2027-01-05'],
  ['certificate-expires-today', '2027-02-04'],
  ['certificate-expired', '2027-02-05'],
  ['certificate-expired-leadership', '2027-02-11'],
];

test('48 certificates of one decision live to their end', async () => {
  const first = await travel.era('2026-06-02');
  const imported = await send('/api/imports/certificates?plan=ninh-binh-2026', csv(HEADER, ...ROWS), {
    token: api.tokens.province,
  });
  expect(imported.body).toMatchObject({ counts: { total: MANY, created: MANY, refused: 0 } });
  await recorded(api, MANY);
  const held = await all(first);
  expect(held).toHaveLength(MANY);

  // The radar shows one cohort.
  const radar = await first.send('GET', '/api/certificates/radar?province=37');
  expect(radar.body['cohorts']).toMatchObject([{ decision: DECISION, validUntil: ENDS, total: { count: MANY } }]);

  // T-200: the re-evaluations stand prepared; eight producers go on, three do not wish to, the others never answer.
  await inTurn(held, async ({ id }) => void (await travel.moveTo(id, '2026-07-20')));
  const prepared = await travel.era('2026-07-20');
  const drafts = await eventually(async () => {
    const { body } = await prepared.send('GET', '/api/renewals?status=open&limit=200');
    expect(body['items']).toHaveLength(MANY);
    return body['items'] as { cycleId: string; preparedOn: string; window: object; kinds: string[] }[];
  });
  expect(new Set(drafts.map(({ preparedOn }) => preparedOn))).toEqual(new Set(['2026-07-17']));
  expect(drafts[0]).toMatchObject({ window: { opensOn: '2026-08-08', closesOn: '2026-10-07' }, kinds: ['reevaluation', 'upgrade'] });
  const again = AGAIN.map(([index, sum, star]) => ({ old: held[index] as Held, sum, star, path: '' }));
  for (const one of again) {
    const answer = await prepared.send('POST', `/api/renewals/${one.old.id}/confirm`, { body: {}, token: api.tokens[who(one.old)] });
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201, body: { kind: 'reevaluation', cycleNumber: 2 } });
    one.path = String(answer.headers.get('location'));
  }
  const declined = DECLINED.map((index) => held[index] as Held);
  for (const one of declined)
    await prepared.does(one.path, who(one), 'decline-renewal', { reason: 'Chủ thể chuyển sang sản phẩm khác, không đánh giá lại' });
  const counts = async (status: string): Promise<number> =>
    ((await prepared.send('GET', `/api/renewals?status=${status}&limit=200`)).body['items'] as object[]).length;
  await eventually(async () => expect([await counts('open'), await counts('started'), await counts('declined')]).toEqual([37, 8, 3]));

  // In the window the eight file; they are decided well before the end.
  const filing = await travel.era('2026-08-17');
  await inTurn(again, async (one) => {
    await travel.moveTo(one.old.id, '2026-08-17');
    await travel.moveTo(String(one.path.split('/').at(-1)), '2026-08-17');
    await filing.does(one.path, who(one.old), 'submit-dossier');
  });
  for (const one of again)
    await eventually(async () => expect((await filing.send('GET', one.old.path)).body).toMatchObject({ step: 'under_reevaluation' }));
  const deciding = await travel.era('2026-10-21');
  const report = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };
  await inTurn(again, async ({ path, old, sum, star }) => {
    await travel.moveTo(String(path.split('/').at(-1)), '2026-10-21');
    await deciding.does(path, who(old), 'issue-commune-report', { ...report, on: '2026-08-31' });
    await deciding.does(path, 'province', 'accept-package', { on: '2026-09-07' });
    await deciding.does(path, 'secretary', 'record-advisory-report', { on: '2026-09-21' });
    await deciding.does(path, 'secretary', 'record-council-result', { sum, members: 3, on: '2026-10-05' });
    await deciding.does(path, 'province', 'decide', { decisionNumber: '910/QĐ-UBND', result: 'recognise', star, on: '2026-10-15' });
    await deciding.does(path, 'province', 'issue-certificate', { issuedBy: 'UBND tỉnh Ninh Bình', on: '2026-10-20' });
    await deciding.does(path, 'province', 'publish-result', { on: '2026-10-21' });
  });

  // The others live on to their last day, and a week beyond.
  const others = held.slice(AGAIN.length);
  await inTurn(others, async ({ id }) => void (await travel.moveTo(id, '2027-02-05')));
  const after = await travel.era('2027-02-12');
  await eventually(async () => expect(await api.database.db.certificate.count({ where: { status: 'expired' } })).toBe(40), 120_000);
  const ended = await api.database.db.certificate.findMany({ where: { decisionNumber: DECISION, status: 'expired' } });
  expect(new Set(ended.map(({ endedOn }) => endedOn?.toISOString().slice(0, 10)))).toEqual(new Set(['2027-02-05']));

  // Every office heard at every moment, once; who had declined heard of the end only; who had filed of nothing after that.
  for (const { id } of held.slice(AGAIN.length + DECLINED.length)) {
    const rows = await nudgesOf(after, id);
    const planned = MOMENTS.map(([rule]) => rows.filter((row) => row.rule === rule).map((row) => [row.rule, row.plannedFor]));
    expect({ id, planned }).toEqual({ id, planned: MOMENTS.map(([rule, day]) => [[rule, day]]) });
  }
  for (const { id } of declined) {
    const rules = (await nudgesOf(after, id)).map(({ rule }) => rule);
    expect(rules).toEqual(
      expect.arrayContaining(['certificate-240-days', 'certificate-200-days', 'certificate-30-days', 'certificate-expired']),
    );
    expect(rules.filter((rule) => /window|150|130|121|season/.test(rule))).toEqual([]);
  }
  for (const { old } of again) {
    const rules = (await nudgesOf(after, old.id)).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['certificate-240-days', 'certificate-200-days', 'certificate-window-opens']));
    expect(rules.filter((rule) => /150|130|121|missed|30-days|expire/.test(rule))).toEqual([]);
  }

  // The public pages: 40 have run out, eight were superseded, and of the new ones one is lower and two are higher.
  const page = async (code: string) => await after.send('GET', `/c/${code}`, { token: null, headers: { accept: 'text/html' } });
  const json = async (code: string) =>
    (await after.send('GET', `/c/${code}`, { token: null, headers: { accept: 'application/json' } })).body;
  for (const { code } of others) {
    expect(await json(code)).toMatchObject({ status: 'expired', validUntil: ENDS });
    expect((await page(code)).text).toMatch(/hết hạn|hết hiệu lực/i);
  }
  const changes: number[] = [];
  for (const { old, path, star } of again) {
    expect(await json(old.code)).toMatchObject({ status: 'superseded' });
    const { body } = await after.send('GET', path);
    const certificate = body['certificate'] as { code: string; star: number; validUntil: string };
    expect(certificate).toMatchObject({ star, validUntil: '2029-10-20' });
    expect(await json(certificate.code)).toMatchObject({ status: 'in_force', star });
    changes.push(Math.sign(certificate.star - starOf(held.indexOf(old))));
  }
  expect(changes.sort((a, b) => a - b)).toEqual([-1, 0, 0, 0, 0, 0, 1, 1]);

  // Ninh Bình's plan: notice to each producer whose 36 months have run out; and one decision puts the 40 on record, as Đồng Tháp did with 47.
  const notices = await after.send('GET', '/api/tasks?kind=notice&limit=200', { token: api.tokens.province });
  expect(notices.body['items']).toHaveLength(40);
  const taken = await after.send('POST', '/api/ending-decisions', {
    token: api.tokens.province,
    body: {
      kind: 'revocation',
      decisionNumber: '120/QĐ-UBND',
      on: '2027-02-12',
      reason: 'Đã hết thời hạn 36 tháng, không đánh giá lại',
      ground: 'CRITERIA_NOT_MAINTAINED',
      recognisedBy: DECISION,
    },
  });
  expect(taken.body).toMatchObject({ counts: { total: 40, noted: 40 } });
});
