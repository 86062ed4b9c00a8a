/** The pictures of what follows a certificate: inspections, the decision that ends some, what products brought in a year. */
import type { Photographer, Window } from './browser';
import type { Product } from './product';
import { COMMUNE, type Season } from './season';

const DECIDED = [
  ['Cơm cháy Gia Viễn', '187/QĐ-UBND', '2024-08-12', '0103'],
  ['Dứa sấy dẻo', '187/QĐ-UBND', '2024-08-12', '0104'],
  ['Rượu nếp Gia Viễn', '214/QĐ-UBND', '2025-06-10', '0201'],
] as const;

export async function recognisedPictures(photographer: Photographer, product: Product, { logins }: Season): Promise<void> {
  const [rice = '', pineapple = '', wine = ''] = await certificates(product);
  const officer = await (await photographer.window('desk')).signIn(logins.officer);
  await inspects(officer, pineapple, {
    finding: 'remediation',
    remedyBy: '30/10/2026',
    reason: 'Nhãn thiếu mã truy xuất nguồn gốc',
    paper: '12/BB-KT',
  });
  await inspects(officer, wine, { finding: 'compliant', reason: 'Đủ điều kiện sản xuất, nhãn đúng quy định', paper: '13/BB-KT' });
  const revenue = await officer.open('/bao-cao/doanh-thu');
  for (const [name, amount] of [
    ['Cơm cháy Gia Viễn', '1.250,5'],
    ['Dứa sấy dẻo', '860'],
    ['Rượu nếp Gia Viễn', '2.400'],
  ] as const)
    await revenue.getByLabel(`Doanh thu của ${name}`).fill(amount);
  await officer.keep('xa-doanh-thu', { height: 620 });

  const province = await (await photographer.window('desk')).signIn(logins.province);
  const violation = { finding: 'violation', ground: 'PRODUCTION_CEASED', reason: 'Cơ sở đã ngừng sản xuất từ tháng 7', paper: '15/BB-KT' };
  await inspects(province, rice, violation);
  await province.keep('tinh-kiem-tra', { height: 720 });
  const ending = await province.open('/thu-hoi/moi');
  await ending.getByLabel('Lý do').fill('Hợp tác xã đã ngừng sản xuất từ tháng 7/2026');
  await province.keep('tinh-thu-hoi', { height: 1000 });
}

/** Certificates in force, of products of the commune; answers their cycles. */
async function certificates({ send }: Product): Promise<string[]> {
  const made = DECIDED.map(async ([productName, decisionNumber, issuedOn, number]) => {
    const certificate = {
      stars: 3,
      issuedOn,
      decisionNumber,
      issuedBy: 'UBND tỉnh Ninh Bình',
      code: `OCOP-37-${issuedOn.slice(0, 4)}-${number}`,
    };
    const producer = { name: `Hợp tác xã ${productName}` };
    const common = { kind: 'new', communeCode: COMMUNE, registeredOn: '2026-06-01', productSet: 5 };
    const { location } = await send('POST', '/api/cycles', { ...common, productName, producer, certificate });
    return location.split('/').at(-1) ?? '';
  });
  return await Promise.all(made);
}

interface Inspection {
  finding: string;
  remedyBy?: string;
  ground?: string;
  reason: string;
  paper: string;
}

/** Writes an inspection down and ends at the whole register. */
async function inspects(window: Window, cycle: string, { finding, remedyBy, ground, reason, paper }: Inspection): Promise<void> {
  const page = await window.open(`/kiem-tra/moi?cycle=${cycle}`);
  await page.getByLabel('Loại kiểm tra').selectOption('periodic');
  await page.getByLabel('Kết luận', { exact: true }).selectOption(finding);
  await page.getByLabel('Số biên bản, kết luận').fill(paper);
  await page.getByLabel('Nội dung đã kiểm tra').fill(reason);
  if (remedyBy !== undefined) await page.getByLabel('Khắc phục xong').fill(remedyBy);
  if (ground !== undefined) await page.getByLabel('Căn cứ thu hồi').selectOption(ground);
  await page.getByRole('button', { name: 'Ghi kết quả kiểm tra' }).click();
  await page.getByRole('status').waitFor();
  await window.open('/kiem-tra');
}
