/** Plans and their versions, days off, offices and contacts over HTTP. */
import type { Plan } from '../../domain/plans';
import { eventually } from '../support/eventually';
import { COMMUNE, OTHER_COMMUNE, PROVINCE, rules, useApi } from './support/api';

const api = useApi({ on: '2026-09-10' });

const ninhBinh = (): Plan => {
  const plan = rules.plans.find(({ id }) => id === 'ninh-binh-2026');
  if (!plan) throw new Error('no plan ninh-binh-2026');
  return structuredClone(plan);
};

describe('days off', () => {
  const storm = { date: '2026-09-16', kind: 'holiday', name: 'Nghỉ tránh bão', source: 'Công điện 12/CĐ-UBND' };
  const lastDay = async (): Promise<unknown> =>
    (await api.send('GET', '/api/calculators/working-days?from=2026-09-14&days=3')).body['result'];

  it('that are entered count at once, are listed with their source, and can be taken out again', async () => {
    expect(await lastDay()).toBe('2026-09-17');
    expect((await api.send('POST', '/api/holidays', { body: storm })).status).toBe(201);
    expect(await lastDay()).toBe('2026-09-18');
    const { body } = await api.send('GET', '/api/holidays?year=2026', { token: api.tokens.commune });
    expect(body['items']).toContainEqual({ ...storm, kindTitle: { vi: 'Nghỉ lễ, tết', en: 'Holiday' }, entered: true });
    expect(body['items']).toContainEqual(expect.objectContaining({ date: '2026-09-02', entered: false }));
    expect((await api.send('POST', '/api/holidays', { body: storm })).status).toBe(409);
    expect((await api.send('DELETE', '/api/holidays/2026-09-16')).status).toBe(204);
    expect(await lastDay()).toBe('2026-09-17');
  });

  it('are refused where the weekday says otherwise; those that ship stay', async () => {
    const refused = async (body: object) => (await api.send('POST', '/api/holidays', { body })).body;
    expect(await refused({ ...storm, kind: 'working' })).toMatchObject({
      problems: [{ field: 'date', message: '16/09/2026 vốn là ngày làm việc trong tuần' }],
    });
    expect(await refused({ ...storm, kind: 'in_lieu', date: '2026-09-19' })).toMatchObject({ problems: [{ field: 'date' }] });
    expect(await refused({ ...storm, source: ' ' })).toMatchObject({ problems: [{ field: 'source' }] });
    expect((await api.send('DELETE', '/api/holidays/2026-09-02')).status).toBe(409);
    expect((await api.send('DELETE', '/api/holidays/2026-09-17')).status).toBe(404);
  });

  it('that another process entered are heeded when this one reads again', async () => {
    const other = await api.another();
    try {
      await api.send('POST', '/api/holidays', { body: { ...storm, date: '2026-09-15' } });
      await eventually(async () => {
        const { body } = await other.send('GET', '/api/calculators/working-days?from=2026-09-14&days=3');
        expect(body['result']).toBe('2026-09-18');
      }, 30_000);
    } finally {
      await other.close();
      await api.send('DELETE', '/api/holidays/2026-09-15');
    }
  });
});

describe('a plan', () => {
  const windowOf = (plan: Plan) => plan.windows.find(({ stage, closes }) => stage === 'commune_assessment' && closes) ?? plan.windows[0];

  it('gets a new version when one date is moved by a document; both versions can be read', async () => {
    const window = windowOf(ninhBinh());
    const path = `/api/plans/ninh-binh-2026/windows/${window?.id}`;
    const body = {
      closes: { date: '2026-10-15', operator: 'before' },
      quote: 'Điều chỉnh thời gian đánh giá cấp xã đến trước ngày 15/10/2026',
      reason: 'Công văn 77/UBND',
    };
    expect((await api.send('POST', path, { body, token: api.tokens.otherProvince })).status).toBe(403);
    const made = await api.send('POST', path, { body, token: api.tokens.province });
    expect(made).toMatchObject({ status: 201, body: { version: ninhBinh().version + 1 } });
    expect((await api.send('POST', path, { body, token: api.tokens.province })).body).toMatchObject({ problems: [{ field: 'closes' }] });

    const versions = (await api.send('GET', '/api/plans/ninh-binh-2026/versions')).body['items'] as Record<string, unknown>[];
    expect(versions.map((one) => one['version'])).toEqual([ninhBinh().version + 1, ninhBinh().version]);
    expect(versions[0]).toMatchObject({
      reason: 'Công văn 77/UBND',
      changes: [{ window: window?.id, before: { closes: window?.closes }, after: { closes: body.closes } }],
    });
    const closesIn = async (version: string) => {
      const plan = (await api.send('GET', `/api/plans/ninh-binh-2026${version}`)).body as unknown as Plan;
      return plan.windows.find(({ id }) => id === window?.id)?.closes;
    };
    expect(await closesIn('')).toEqual(body.closes);
    expect(await closesIn(`?version=${ninhBinh().version}`)).toEqual(window?.closes);
    expect((await api.send('GET', '/api/plans/ninh-binh-2026?version=7')).status).toBe(404);
  });

  it('is checked like a file that ships: every problem of it at once', async () => {
    const plan = ninhBinh();
    const wrong = { ...plan, version: 9, period: { from: '2026-12-31', to: '2026-01-01' }, regime: 'qd-0', surprise: 1 };
    const { status, body } = await api.send('POST', '/api/plans', { body: { plan: wrong, reason: 'x' } });
    expect(status).toBe(422);
    expect(body['problems']).toEqual([{ field: 'plan.surprise', message: 'không có trường này' }]);
    const { surprise: _surprise, ...known } = wrong;
    const fields = (
      (await api.send('POST', '/api/plans', { body: { plan: known, reason: 'x' } })).body['problems'] as { field: string }[]
    ).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['plan.version', 'plan.regime', 'plan.period']));
  });

  it('can be new; dossiers registered from then on may run under it', async () => {
    const { version: _version, ...plan } = { ...ninhBinh(), id: 'ninh-binh-2026-bo-sung', nudges: [], followUps: [] };
    const made = await api.send('POST', '/api/plans', { body: { plan, reason: 'Kế hoạch bổ sung' }, token: api.tokens.province });
    expect(made).toMatchObject({ status: 201, body: { version: 1 } });
    const path = await api.register({
      productName: 'Nem theo kế hoạch bổ sung',
      producer: { name: 'HTX Nem' },
      kind: 'new',
      communeCode: COMMUNE,
      plan: 'ninh-binh-2026-bo-sung',
    });
    expect((await api.send('GET', path)).body).toMatchObject({ plan: 'ninh-binh-2026-bo-sung' });
  });

  it('whose dates moved reaches running dossiers only when it is adopted, many at once, and can be taken back', async () => {
    const path = await api.register({ productName: 'Bún theo kế hoạch', producer: { name: 'HTX Bún' }, kind: 'new', communeCode: COMMUNE });
    const id = path.split('/').at(-1) ?? '';
    const due = async () => (await api.send('GET', path)).body['due'] as { date: string } | null;
    const before = await due();
    const plan = (await api.send('GET', '/api/plans/ninh-binh-2026')).body as unknown as Plan;
    const idea = plan.windows.find(({ stage }) => stage === 'idea_registration');
    const moved = await api.send('POST', `/api/plans/ninh-binh-2026/windows/${idea?.id}`, {
      body: { closes: { date: '2026-11-20', operator: 'on_or_before' }, quote: 'Gia hạn đăng ký ý tưởng đến 20/11/2026', reason: 'CV 80' },
    });
    expect(moved.status).toBe(201);
    expect(await due()).toEqual(before);

    const proposal = { change: { action: 'adopt-rules', body: {} }, choose: { cycles: [id] }, reason: 'CV 80' };
    const proposed = await api.send('POST', '/api/bulk-changes', { body: proposal, token: api.tokens.province });
    expect(proposed.body).toMatchObject({
      items: [{ status: 'planned', after: { planVersion: moved.body['version'], due: { date: '2026-11-20' } } }],
    });
    const { id: change } = proposed.body['change'] as { id: string };
    await api.send('POST', `/api/bulk-changes/${change}/approve`);
    const reaches = async (status: string) =>
      await eventually(async () => expect((await api.send('GET', `/api/bulk-changes/${change}`)).body['status']).toBe(status), 40_000);
    await reaches('done');
    expect(await due()).toMatchObject({ date: '2026-11-20' });
    await api.send('POST', `/api/bulk-changes/${change}/undo`, { body: { reason: 'Nhầm' } });
    await reaches('undone');
    expect(await due()).toEqual(before);
  });
});

describe('offices and contacts', () => {
  const lan = { name: 'Nguyễn Thị Lan', role: 'commune_officer', email: 'Lan@HoaLu.vn', phone: '0912 345 678' };
  const province = { token: '' };
  beforeAll(() => {
    province.token = api.tokens.province;
  });

  it('are entered, changed and taken out of service; a changed address is tried again', async () => {
    const added = await api.send('POST', `/api/offices/${COMMUNE}/people`, { body: lan, ...province });
    expect(added).toMatchObject({ status: 201, body: { email: 'lan@hoalu.vn', active: true, follows: 0, language: 'vi' } });
    const id = String(added.body['id']);
    const { db } = api.database;
    await db.person.update({ where: { id }, data: { emailProblem: '550 no such user' } });
    const same = await api.send('POST', `/api/people/${id}`, { body: { ...lan, phone: null }, ...province });
    expect(same.body).toMatchObject({ emailProblem: '550 no such user', phone: null });
    const changed = await api.send('POST', `/api/people/${id}`, { body: { ...lan, email: 'lan.moi@hoalu.vn' }, ...province });
    expect(changed.body).toMatchObject({ email: 'lan.moi@hoalu.vn', emailProblem: null });

    expect((await api.send('GET', `/api/offices/${COMMUNE}`, { token: api.tokens.commune })).body).toMatchObject({ reachable: true });
    expect((await api.send('POST', `/api/people/${id}/deactivate`, province)).body).toMatchObject({ active: false });
    expect((await api.send('GET', `/api/offices/${COMMUNE}`, province)).body).toMatchObject({ reachable: false });
    expect((await api.send('POST', `/api/people/${id}/activate`, province)).body).toMatchObject({ active: true });
  });

  it('of an office have an address of their own as well', async () => {
    const { db } = api.database;
    await db.office.update({ where: { code: PROVINCE }, data: { email: 'cu@nb.vn', emailProblem: '550' } });
    const { body } = await api.send('POST', `/api/offices/${PROVINCE}`, {
      body: { email: 'moi@nb.vn', phone: '0229 123 456' },
      ...province,
    });
    expect(body).toMatchObject({ email: 'moi@nb.vn', emailProblem: null, phone: '0229 123 456' });
  });

  it('can be asked for what is amiss', async () => {
    const found = async (query: string): Promise<string[]> =>
      ((await api.send('GET', `/api/offices?province=${PROVINCE}&limit=200&${query}`, province)).body['items'] as { code: string }[]).map(
        ({ code }) => code,
      );
    expect(await found('finding=unreachable')).toContain(OTHER_COMMUNE);
    expect(await found('finding=unreachable')).not.toContain(COMMUNE);
    expect(await found('q=hoa lu')).toContain(COMMUNE);
    expect(await found('withDossiers=yes')).toEqual([PROVINCE, COMMUNE]);
  });

  it.each([
    [{ ...lan, email: 'lan@' }, 'email'],
    [{ ...lan, role: 'provincial_officer' }, 'role'],
    [{ ...lan, name: '' }, 'name'],
    [{ ...lan, phone: 'nội bộ' }, 'phone'],
    [{ ...lan, email: 'lan.moi@hoalu.vn' }, 'email'],
  ])('%j is refused for its %s', async (body, field) => {
    const { status, body: answer } = await api.send('POST', `/api/offices/${COMMUNE}/people`, { body, ...province });
    expect(status).toBe(422);
    expect(answer['problems']).toEqual([expect.objectContaining({ field })]);
  });

  it('of another office are not there, and stay out of the log', async () => {
    expect((await api.send('GET', `/api/offices/${COMMUNE}`, { token: api.tokens.otherCommune })).status).toBe(404);
    expect((await api.send('POST', `/api/offices/${COMMUNE}`, { body: {}, token: api.tokens.otherProvince })).status).toBe(404);
    expect((await api.send('POST', '/api/people/nobody', { body: lan, ...province })).status).toBe(404);
    expect(api.log()).not.toContain('lan.moi');
  });
});
