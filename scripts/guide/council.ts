/** A council with a session and one dossier on its list. */
import type { Product } from './product';
import { SEASON_PROVINCE } from './season';

const SEATS = [
  ['chair', 'Trần Văn An', 'Phó Chủ tịch UBND tỉnh'],
  ['vice_chair', 'Nguyễn Thị Bích', 'Giám đốc Sở Nông nghiệp và Môi trường'],
  ['vice_chair', 'Lê Hoàng Cường', 'Phó Giám đốc Sở Công Thương'],
  ['member', 'Phạm Thị Dung', 'Phó Giám đốc Sở Y tế'],
  ['member', 'Đỗ Quang Đạt', 'Phó Giám đốc Sở Khoa học và Công nghệ'],
  ['member', 'Vũ Thị Hương', 'Phó Giám đốc Sở Du lịch'],
  ['member', 'Hoàng Văn Khải', 'Chi cục trưởng Chi cục Phát triển nông thôn'],
  ['secretary', 'Bùi Thị Lan', 'Văn phòng Điều phối nông thôn mới tỉnh'],
] as const;

/** Answers the address of the session's page. */
export async function makeSession({ send }: Product, cycleId: string): Promise<string> {
  const { body: council } = await send('POST', '/api/councils', {
    province: SEASON_PROVINCE,
    decisionNumber: '1501/QĐ-UBND',
    decisionOn: '2026-08-17',
    termFrom: '2026-08-17',
    termTo: '2030-12-31',
    rules: 'qd-26-2026',
    members: SEATS.map(([role, name, position]) => ({ person: { name }, role, position })),
  });
  const held = { procedure: 'meeting', heldOn: '2026-11-20', place: 'Hội trường UBND tỉnh' };
  const { location } = await send('POST', `/api/councils/${String(council['id'])}/sessions`, held);
  await send('POST', `${location}/dossiers`, { cycles: [cycleId] });
  return `/hoi-dong/phien/${location.split('/').at(-1) ?? ''}`;
}
