/** The lists as this installation has them: what waits for a certificate, what has one, whom mails reach. Read only, within what the actor may see. */
import { STEPS } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { formatVietnamese } from '../../domain/dates';
import { seesOffice } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { certificates, registrations } from '../registers/rows';
import type { Wanted } from './desk';

type Cell = string | number | null;

/** A text for spreadsheets: every cell in quotation marks. */
function csv(headers: readonly string[], rows: readonly (readonly Cell[])[]): Buffer {
  const line = (cells: readonly Cell[]): string => cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
  return Buffer.from(`${[headers, ...rows].map(line).join('\n')}\n`);
}

const PRODUCT = ['Tên sản phẩm', 'Chủ thể', 'Mã xã'];
/** Registers hold some certificates without them; a list must say something. */
const NOT_WRITTEN = 'không ghi';

/** The three lists, and how many products are in them. Products under re-evaluation are there with the certificate that they have. */
export async function ownLists(deps: ApiDeps, actor: Actor): Promise<{ lists: Wanted['lists']; rows: number }> {
  const waiting = (await registrations(deps, actor, {})).filter(({ kind, outcome, step }) => {
    return kind === 'new' && outcome === null && STEPS[step].stage !== 'validity';
  });
  const inForce = (await certificates(deps, actor, {})).filter(({ status }) => status === 'in_force');
  const people = await deps.db.person.findMany({ where: { active: true }, include: { office: true }, orderBy: { id: 'asc' } });
  // Members of councils get no reminders.
  const reachable = people.filter(({ email, office, role }) => email !== null && role !== 'council_member' && seesOffice(actor, office));
  const lists: Wanted['lists'] = {};
  if (waiting.length > 0)
    lists.registrations = {
      name: 'ho-so-dang-co.csv',
      bytes: csv(
        PRODUCT,
        waiting.map((row) => [row.product, row.producer, row.communeCode]),
      ),
    };
  if (inForce.length > 0)
    lists.certificates = {
      name: 'giay-chung-nhan-dang-co.csv',
      bytes: csv(
        [...PRODUCT, 'Số sao', 'Số quyết định', 'Ngày cấp', 'Ngày hết hạn', 'Cơ quan cấp'],
        inForce.map((row) => {
          const days = [formatVietnamese(row.issuedOn), formatVietnamese(row.validUntil)];
          const decision = row.decisionNumber ?? NOT_WRITTEN;
          return [row.product, row.producer, row.communeCode, row.star, decision, ...days, row.issuedBy ?? NOT_WRITTEN];
        }),
      ),
    };
  if (reachable.length > 0)
    lists.contacts = {
      name: 'danh-ba-dang-co.csv',
      bytes: csv(
        ['Mã đơn vị', 'Họ tên', 'Email', 'Vai trò'],
        reachable.map(({ office, name, email, role }) => [office.code, name, email, role]),
      ),
    };
  return { lists, rows: waiting.length + inForce.length };
}
