/** Small lists for rehearsals: some real products in two communes of Lâm Đồng. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEAD = 'Tên sản phẩm,Chủ thể,Xã/phường';
const COMMUNES = ['phường Phan Thiết', 'xã Ninh Gia'];

/** A list of registrations in a fresh folder. */
export function registrations(products: number): string {
  const rows = Array.from({ length: products }, (_, index) => `Mắm nêm số ${index + 1},Hợp tác xã số ${index + 1},${COMMUNES[index % 2]}`);
  return file('registrations.csv', [HEAD, ...rows]);
}

/** Certificates in force that end within the rehearsal. */
export function certificates(): string {
  return file('certificates.csv', [
    `${HEAD},Số sao,Số quyết định,Ngày cấp,Cơ quan cấp`,
    'Cà phê rang xay,Hợp tác xã Cà phê,xã Ninh Gia,4,12/QĐ-UBND,20/12/2023,UBND tỉnh Lâm Đồng',
  ]);
}

/** Contacts of the province and of one of the two communes only. */
export function contacts(): string {
  return file('contacts.csv', [
    'Mã đơn vị,Họ tên,Email,Vai trò',
    '68,Nguyễn Văn Bình,binh@tinh.example,Cán bộ phụ trách',
    '22945,Trần Thị An,an@xa.example,Cán bộ phụ trách',
  ]);
}

function file(name: string, lines: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ocop-lists-')), name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
