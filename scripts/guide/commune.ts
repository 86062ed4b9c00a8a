/** The pictures of a commune officer's day. */
import type { Photographer } from './browser';
import { morningMail } from './mail';
import type { Product } from './product';
import type { Season } from './season';

const FILE = [
  'Tên sản phẩm,Chủ thể,Xã/phường,Hình thức',
  'Tương nếp Gia Viễn,Hợp tác xã Gia Viễn,Xã Gia Viễn,mới',
  'Dưa chuột muối,Hộ Trần Văn Đạt,Xã Gia Viên,mới',
  'Cốm nếp non,Tổ hợp tác Cốm,Xã Gia Viễn,mơi mơi',
  'Chè xanh,Hợp tác xã Gia Viễn,Xã Gia Viễn,nâng hạng',
].join('\n');

export async function communePictures(photographer: Photographer, product: Product, season: Season): Promise<void> {
  const { logins, late, atProvince, officerId } = season;
  const desk = await photographer.window('desk');
  await desk.open('/dang-nhap');
  await desk.keep('dang-nhap', { height: 480 });
  await desk.signIn(logins.officer, async () => await desk.keep('doi-mat-khau', { height: 640 }));

  await desk.open('/viec-cua-toi');
  await desk.keep('xa-viec-cua-toi', { height: 1000 });
  const page = await desk.open(`/ho-so/${late}`);
  await desk.keep('xa-ho-so', { height: 900 });
  await desk.keep('xa-vi-sao', { of: '.panel:has(#h-vi-sao)' });

  const report = page.locator('#viec-issue-commune-report');
  await report.getByLabel('Số văn bản đề nghị').fill('112/UBND-KT');
  await report.getByLabel('Số sản phẩm mẫu giao kèm hồ sơ').fill('3');
  await report.getByLabel('Nguồn gốc ý tưởng sản phẩm').check();
  await report.getByRole('button').click();
  await desk.keep('xa-bi-tu-choi', { of: '.panel:has(#h-viec)' });

  await desk.open('/danh-gia-lai');
  await desk.keep('xa-danh-gia-lai', { height: 560 });
  await desk.open('/ho-so/moi');
  await desk.keep('xa-dang-ky', { height: 760 });
  await desk.open('/nhap-tep');
  await page.getByLabel(/Tệp Excel/).setInputFiles({ name: 'dang-ky-2026.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.waitForURL(/nhap-tep\/tep/);
  await desk.keep('xa-nhap-tep', { height: 900 });

  const phone = await photographer.window('phone');
  await phone.signIn(logins.officer);
  await phone.open('/viec-cua-toi');
  await phone.keep('xa-viec-cua-toi-dien-thoai');
  await phone.open(`/ho-so/${atProvince}`);
  const [code = '', secret = ''] = await phone.page.locator('.code').allTextContents();
  const visitor = await photographer.window('phone');
  await visitor.open(`/tra-cuu?${new URLSearchParams({ ma: code, khoa: secret }).toString()}`);
  await visitor.keep('tra-cuu-dien-thoai', { height: 700 });

  const mailer = await photographer.window('desk');
  await mailer.page.setViewportSize({ width: 760, height: 1180 });
  await mailer.page.setContent(await morningMail(product, officerId));
  await mailer.keep('thu-hang-ngay');
}
