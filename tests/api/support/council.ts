/** Councils for HTTP tests: people with tokens of their own, dossiers walked to the council, sheets handed in. */
import { sheetOf, setNumber } from '../../domain/stars/fixtures';
import type { Answer, TestApi } from './api';
import { COMMUNE, PROVINCE, send } from './api';

export interface Member {
  code: string;
  personId: string;
  token: string;
}

export interface TestCouncil {
  id: string;
  /** The seats that score, M1 first: the chair. */
  members: Member[];
}

export const ON = '2026-10-20';

/** Fails the test when the answer is no success. */
export function ok(answer: Answer): Record<string, unknown> {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.body;
}

export type Star = 2 | 3 | 4 | 5;

/** Looking for a sheet of a total takes a while; each is looked for once. */
const found = new Map<string, Record<string, number>>();

/** The points of a sheet of a set that have this total and meet the minimums of this star. */
export function points(set: number, total: number, meeting: Star = 3): Record<string, number> {
  const key = `${set} ${total} ${meeting}`;
  const options = found.get(key) ?? { ...sheetOf(setNumber(set), total, { meeting }).options };
  found.set(key, options);
  return { ...options };
}

const NAMES = [
  'Trần Văn An',
  'Nguyễn Thị Bích',
  'Lê Hoàng Cường',
  'Phạm Thị Dung',
  'Đỗ Quang Đạt',
  'Vũ Thị Hương',
  'Hoàng Văn Khải',
  'Bùi Thị Lan',
  'Ngô Đức Mạnh',
];

const POSITIONS = [
  'Phó Chủ tịch UBND tỉnh',
  'Giám đốc Sở Nông nghiệp và Môi trường',
  'Phó Giám đốc Sở Công Thương',
  'Phó Giám đốc Sở Y tế',
  'Phó Giám đốc Sở Khoa học và Công nghệ',
  'Phó Giám đốc Sở Du lịch',
  'Chi cục trưởng Chi cục Phát triển nông thôn',
  'Phó Chủ tịch Liên minh Hợp tác xã tỉnh',
  'Chuyên gia, Hội Nông dân tỉnh',
];

let made = 0;

/** A council of so many scoring members and a secretary, by a decision of its own, each member with a token. */
export async function council(api: TestApi, { size = 9, rules = 'tay-ninh' } = {}): Promise<TestCouncil> {
  made += 1;
  const members = Array.from({ length: size }, (_, index) => ({
    person: { name: `${NAMES[index] ?? 'Thành viên'}${made > 1 ? ` ${made}` : ''}` },
    role: index === 0 ? 'chair' : index <= 2 && size > 3 ? 'vice_chair' : 'member',
    position: POSITIONS[index] ?? 'Ủy viên',
  }));
  const secretary = { person: { name: `Thư ký ${made}` }, role: 'secretary', position: 'Văn phòng Điều phối nông thôn mới tỉnh' };
  const body = ok(
    await api.send('POST', '/api/councils', {
      token: api.tokens.province,
      body: {
        decisionNumber: `${1500 + made}/QĐ-UBND`,
        decisionOn: '2026-08-17',
        termFrom: '2026-08-17',
        termTo: '2030-12-31',
        rules,
        members: [...members, secretary],
      },
    }),
  );
  const seats = (body['members'] as { code: string; personId: string; scores: boolean }[]).filter(({ scores }) => scores);
  const withTokens: Member[] = [];
  for (const { code, personId } of seats) withTokens.push({ code, personId, token: await tokenFor(api, personId, `${code} ${made}`) });
  return { id: String(body['id']), members: withTokens };
}

/** A council member's token. */
export async function tokenFor(api: TestApi, personId: string, name: string): Promise<string> {
  const account = { name, role: 'council_member', office: PROVINCE, personId };
  return String(ok(await api.send('POST', '/api/tokens', { body: account }))['token']);
}

/** Opens a session and answers its path. */
export async function openSession(api: TestApi, { id }: TestCouncil, body: object = {}): Promise<string> {
  const given = { procedure: 'meeting', heldOn: ON, place: 'Hội trường UBND tỉnh', ...body };
  const answer = await api.send('POST', `/api/councils/${id}/sessions`, { token: api.tokens.secretary, body: given });
  ok(answer);
  return String(answer.headers.get('location'));
}

/** Registers products and walks each through intake and the advisory team; answers their cycles in order. */
export async function toCouncil(api: TestApi, products: readonly { name: string; set: number }[]): Promise<string[]> {
  const cycles: string[] = [];
  const left = products.entries();
  const lane = async (): Promise<void> => {
    for (const [index, { name, set }] of left) {
      const path = await api.register({
        productName: name,
        producer: { name: `Hợp tác xã ${name}`, type: 'Hợp tác xã' },
        productSet: set,
        kind: 'new',
        communeCode: COMMUNE,
      });
      for (const [who, action, body] of STEPS)
        ok(
          await send(api.url, api.tokens[who], 'POST', `${path}/actions/${action}`, {
            body: typeof body === 'function' ? body(set) : body,
          }),
        );
      cycles[index] = path.split('/').at(-1) ?? '';
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return cycles;
}

const REPORT = (set: number): object => ({
  assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'],
  samples: set === 26 ? 0 : 5,
});

const STEPS: [keyof TestApi['tokens'], string, object | ((set: number) => object)][] = [
  ['commune', 'accept-idea', {}],
  ['commune', 'submit-dossier', {}],
  ['commune', 'issue-commune-report', REPORT],
  ['province', 'accept-package', {}],
  ['secretary', 'record-advisory-report', {}],
];

/** Every member says that they have no interest in any of the dossiers, but for those named by code and cycle. */
export async function answerInterests(
  api: TestApi,
  session: string,
  { members }: TestCouncil,
  cycles: readonly string[],
  interests: Record<string, string> = {},
): Promise<void> {
  for (const { code, token } of members) {
    const answers = cycles.map((cycleId) => ({ cycleId, interest: interests[code] === cycleId }));
    ok(await api.send('POST', `${session}/interests`, { token, body: { answers } }));
  }
}
