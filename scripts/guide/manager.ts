/** The pictures of a manager's pages: first of all, as long as the season is untouched. */
import type { Photographer } from './browser';
import type { Product } from './product';
import { COMMUNE, type Season } from './season';

export async function managerPictures(photographer: Photographer, _product: Product, { logins, late }: Season): Promise<void> {
  const desk = await photographer.window('desk');
  const { page } = await desk.signIn(logins.manager);
  await desk.open('/tong-quan');
  await desk.keep('lanh-dao-tong-quan', { height: 1000 });
  await desk.open('/dang-tac?lateness=overdue%2Cdue_soon&stage=commune_assessment');
  await desk.keep('lanh-dao-dang-tac', { height: 1000 });
  await desk.open('/ra-soat');
  await desk.keep('lanh-dao-ra-soat', { height: 900 });
  await desk.open('/theo-xa');
  await desk.keep('lanh-dao-theo-xa', { height: 760 });
  await desk.open('/chi-tieu');
  await desk.keep('lanh-dao-chi-tieu', { height: 680 });
  await desk.open(`/nhac-viec/vi-sao?cycle=${late}&office=${COMMUNE}`);
  await desk.keep('lanh-dao-vi-sao', { height: 620 });

  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 1060, height: 760 });
  await desk.open('/dang-tac?lateness=overdue&stage=provincial_scoring');
  await desk.keep('lanh-dao-in');

  const phone = await photographer.window('phone');
  await phone.signIn(logins.manager);
  await phone.open('/tong-quan');
  await phone.keep('lanh-dao-tong-quan-dien-thoai', { height: 1100 });
}
