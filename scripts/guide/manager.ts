/** The pictures of a manager's pages: first of all, as long as the season is untouched. */
import type { Photographer } from './browser';
import type { Database } from '../../clients/database';
import { startOfDay } from '../../domain/dates';
import type { Product } from './product';
import { COMMUNE, type Season } from './season';

export async function managerPictures(photographer: Photographer, { db }: Product, { logins, late }: Season): Promise<void> {
  const desk = await photographer.window('desk');
  await desk.signIn(logins.manager);
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
  await reminded(db, late);
  await desk.open(`/nhac-viec/vi-sao?cycle=${late}&office=${COMMUNE}&on=${REMINDED_ON}`);
  await desk.keep('lanh-dao-vi-sao', { height: 620 });
  await desk.open('/dang-tac?lateness=overdue&stage=provincial_scoring');
  await desk.print('lanh-dao-in');

  const phone = await photographer.window('phone');
  await phone.signIn(logins.manager);
  await phone.open('/tong-quan');
  await phone.keep('lanh-dao-tong-quan-dien-thoai', { height: 1100 });
}

/** First working day after the late dossier's limit. */
const REMINDED_ON = '2026-10-05';

/** What the ledger would hold, had the season not been made in one morning. */
async function reminded(db: Database, cycleId: string): Promise<void> {
  const about = { cycleId, ruleId: 'commune-assessment-overdue', recipient: 'commune_officer', subject: 'commune-assessment' };
  const [night, morning] = [1, 8].map((hour) => new Date(startOfDay(REMINDED_ON) + hour * 3_600_000));
  const sent = { plannedFor: new Date(REMINDED_ON), recordedAt: night ?? '', settledAt: morning ?? '', status: 'sent', late: false };
  const { count } = await db.nudge.updateMany({ where: about, data: sent });
  if (count === 0) await db.nudge.create({ data: { ...about, ...sent, subjectOn: new Date('2026-10-02') } });
}
