/** The pictures of the province's staff and of administrators. */
import type { Photographer } from './browser';
import { makeSession } from './council';
import type { Product } from './product';
import { COMMUNE, type Season } from './season';

export async function provincePictures(
  photographer: Photographer,
  product: Product,
  { logins, atProvince, atCouncil }: Season,
): Promise<void> {
  const desk = await photographer.window('desk');
  const { page } = await desk.signIn(logins.province);
  await desk.open('/viec-cua-toi');
  await desk.keep('tinh-viec-cua-toi', { height: 860 });
  await desk.open(`/ho-so/${atProvince}`);
  await desk.keep('tinh-ho-so', { height: 860 });

  await desk.open(`/thay-doi/moi?viec=gia-han&commune=${COMMUNE}&stage=commune_assessment`);
  await page.getByLabel('Hạn mới, chậm nhất ngày').fill('30/10/2026');
  await page.getByLabel('Lý do').fill('Bão số 10, nhiều xã ngập; UBND tỉnh cho lùi thời gian đánh giá');
  await page.getByLabel('Số văn bản').fill('215/UBND-NNMT');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.getByRole('heading', { name: 'Xem trước thay đổi' }).waitFor();
  await desk.keep('tinh-thay-doi-xem-truoc', { height: 860 });
  await page.getByRole('button', { name: /Lập đề xuất/ }).click();
  await page.waitForURL(/thay-doi\/[0-9a-f-]{36}/);
  const proposal = new URL(page.url()).pathname;

  const second = await photographer.window('desk');
  await second.signIn(logins.approver);
  await second.open(proposal);
  await second.keep('tinh-thay-doi-duyet', { height: 760 });

  await desk.open('/bao-cao');
  await desk.keep('tinh-bao-cao', { height: 760 });
  await desk.open(await makeSession(product, atCouncil));
  await desk.keep('hoi-dong', { height: 900 });
  await page.getByRole('link', { name: /^Hội đồng đánh giá/ }).click();
  await page.getByRole('link', { name: 'Thay đổi thành viên theo quyết định' }).click();
  await page.getByLabel('Số quyết định').fill('1822/QĐ-UBND');
  await page.getByLabel('Có hiệu lực từ ngày').fill('15/10/2026');
  await page.getByLabel('Thay đổi với Phạm Thị Dung').selectOption('thoi');
  await page.getByLabel('1. Họ tên').fill('Nguyễn Văn Sơn');
  await page.locator('[name="m0-position"]').fill('Phó Giám đốc Sở Y tế');
  await desk.keep('hoi-dong-thanh-vien', { height: 1360 });
  await desk.open('/ke-hoach/ninh-binh-2026');
  await desk.keep('tinh-ke-hoach', { height: 760 });
  await desk.open(`/don-vi/${COMMUNE}`);
  await desk.keep('tinh-don-vi', { height: 700 });

  const office = await photographer.window('desk');
  await office.signIn(logins.administrator);
  await office.open('/tai-khoan');
  await office.keep('quan-tri-tai-khoan', { height: 700 });
  await office.open('/ngay-nghi');
  await office.keep('quan-tri-ngay-nghi', { height: 620 });
}
