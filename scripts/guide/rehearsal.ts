/** The picture of a rehearsal: the real list that ships, as a province would try it. It takes some minutes. */
import type { Photographer } from './browser';
import type { Product } from './product';
import type { Season } from './season';

const PATIENCE_MS = 1_800_000;

export async function rehearsalPictures(photographer: Photographer, _product: Product, { logins }: Season): Promise<void> {
  const desk = await photographer.window('desk');
  const { page } = await desk.signIn(logins.province);
  await desk.open('/dien-tap');
  await page.getByLabel('Kế hoạch', { exact: true }).selectOption('ninh-binh-2026');
  await page.getByLabel('Dồn vào tuần cuối').check();
  await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
  await page.getByRole('link', { name: 'Báo cáo đầy đủ (HTML)' }).waitFor({ timeout: PATIENCE_MS });
  await desk.keep('tinh-dien-tap', { height: 1000 });
}
