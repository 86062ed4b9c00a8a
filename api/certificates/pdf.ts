import { z } from 'zod';
import { certificatePdf } from '../../documents/certificate';
import type { Actor } from '../../domain/cycle/state';
import type { Certificate } from '../../prisma/generated/client';
import { type CycleRow, readCycle, stateOf } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { HttpProblem, notFound } from '../http/problem';
import { type FileReply, route, STAFF } from '../http/route';
import { code } from '../http/schemas';
import { issuedPage } from './pages';

export const PDF = 'application/pdf';

/** One certificate to print. Throws "not found" where there is none or the actor may not see its product. */
export async function certificateFile(deps: ApiDeps, actor: Actor, written: string): Promise<FileReply> {
  const row = await deps.db.certificate.findUnique({ where: { code: written } });
  if (!row) throw unknownCertificate(written);
  const cycle = await readCycle(deps, actor, row.cycleId).catch((error: unknown) => {
    throw error instanceof HttpProblem ? unknownCertificate(written) : error;
  });
  const page = issuedPage(deps, row, cycle, await recognitionOf(deps, row, cycle));
  const bytes = await certificatePdf([page], deps.clock.now());
  return { file: { type: PDF, name: `Giấy chứng nhận ${row.code}.pdf`, bytes } };
}

/** One certificate to print, for the offices that may see its product. */
export const certificatePdfRoute = route({
  method: 'get',
  path: '/api/certificates/{code}/pdf',
  tag: 'Văn bản',
  summary: { vi: 'Giấy chứng nhận dạng PDF để in', en: 'A certificate as PDF, to print' },
  who: STAFF,
  params: z.object({ code }),
  answer: { status: 200, files: [PDF], description: { vi: 'Giấy chứng nhận', en: 'The certificate' } },
  handler: async ({ deps, actor, params }) => await certificateFile(deps, actor, params.code),
});

function unknownCertificate(written: string): HttpProblem {
  return notFound({ vi: `Không có giấy chứng nhận ${written}`, en: `There is no certificate ${written}` });
}

/** The recognition decision of a certificate: its day from the register of decisions, or from the cycle that it came from. */
async function recognitionOf(deps: ApiDeps, { decisionId, decisionNumber }: Certificate, cycle: CycleRow) {
  const entered = decisionId === null ? null : await deps.db.decision.findUnique({ where: { id: decisionId } });
  if (entered) return { number: entered.number, signedOn: dateOf(entered.signedOn) };
  const { decision } = (await stateOf(deps, cycle)).facts;
  return { number: decisionNumber, signedOn: decision && decision.number === decisionNumber ? decision.on : null };
}
