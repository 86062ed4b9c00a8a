import { addDays, formatVietnamese, isLocalDate, type LocalDate } from '../../dates';
import { type DeadlineKind, effectiveDeadline, lastSafeDay, type Operator } from '../../deadlines';
import { type ActionDefinition, BEFORE_CERTIFICATE, IN_VALIDITY, inSteps, problem } from '../action';
import { certificateEnds, dueDeadline } from '../due';
import type { CycleState } from '../state';

export interface ExtendDeadline {
  /** The later date; null takes the latest extension of the present deadline back, and what stood before it binds again. */
  date: LocalDate | null;
  operator?: Operator;
}

/**
 * Grants this dossier a later date for its present deadline, by a document. A legal limit that is passed stays visible beside it. For a certificate it
 * is the province's choice to keep it valid while a late re-evaluation runs, at most the days of the transitional rule after its end (article 12.3).
 */
export const extendDeadline: ActionDefinition<ExtendDeadline> = {
  name: 'extend-deadline',
  title: { vi: 'Gia hạn', en: 'Extend the deadline' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 12 khoản 3; văn bản gia hạn',
  arranges: true,
  allowed: { ...inSteps(BEFORE_CERTIFICATE, ['provincial_staff']), ...inSteps(IN_VALIDITY, ['provincial_staff']) },
  needsReason: true,
  check(state, request) {
    const { date } = request.payload;
    if (date === null) return takingBackProblems(state, request.on);
    if (!isLocalDate(date))
      return [problem('payload.date', 'phải là một ngày có thật, dạng YYYY-MM-DD', 'must be a real date, YYYY-MM-DD')];
    const due = dueDeadline(state);
    if (!due) return [problem('payload.date', 'bước này không có thời hạn để gia hạn', 'this step has no deadline to extend')];
    if (date <= lastSafeDay(due))
      return [
        problem(
          'payload.date',
          `phải sau hạn hiện tại ${formatVietnamese(lastSafeDay(due))}`,
          `must be after the present deadline ${lastSafeDay(due)}`,
        ),
      ];
    if (due.kind === 'reevaluation-window-closes')
      return [
        problem(
          'payload.date',
          'thời gian nộp hồ sơ đánh giá lại do luật định, không gia hạn được',
          'the re-evaluation window is fixed by law',
        ),
      ];
    if (due.kind === 'certificate-expiry') return certificateProblems(state, date);
    if (!request.sourceDocument)
      return [problem('sourceDocument', 'cần số văn bản gia hạn', 'the number of the document that grants it is needed')];
    return [];
  },
  apply(state, request) {
    const due = dueDeadline(state);
    const { date, operator = 'on_or_before' } = request.payload;
    if (!due) return state;
    if (date === null) return takenBack(state, due.kind);
    if (due.kind === 'certificate-expiry' && state.certificate)
      return { ...state, certificate: { ...state.certificate, extendedUntil: date } };
    const law = effectiveDeadline(
      due.kind,
      due.candidates.filter((one) => one.basis !== 'plan' && one.basis !== 'granted'),
    );
    const passed = law && lastSafeDay(law) < lastSafeDay({ date, operator });
    const beyond = passed ? { date: law.date, operator: law.operator, basis: law.basis, source: law.source } : null;
    const grant = { kind: due.kind, date, operator, source: request.sourceDocument ?? '', beyond };
    return { ...state, granted: [...state.granted, grant] };
  },
};

const NOTHING_GRANTED = problem('payload.date', 'thời hạn hiện tại không phải do gia hạn', 'the present deadline was not extended');

function takingBackProblems(state: CycleState, on: LocalDate): ReturnType<typeof extendDeadline.check> {
  const due = dueDeadline(state);
  if (due?.kind !== 'certificate-expiry') return state.granted.some((one) => one.kind === due?.kind) ? [] : [NOTHING_GRANTED];
  const ends = certificateEnds(takenBack(state, due.kind));
  if (!state.certificate?.extendedUntil || state.step === 'extended' || ends === undefined) return [NOTHING_GRANTED];
  return on <= ends
    ? []
    : [problem('payload.date', 'giấy chứng nhận chỉ còn hiệu lực nhờ kéo dài', 'the certificate holds only because it was extended')];
}

/** The state without the latest extension of that deadline. */
function takenBack(state: CycleState, kind: DeadlineKind): CycleState {
  if (kind === 'certificate-expiry' && state.certificate) {
    const { extendedUntil: _taken, ...certificate } = state.certificate;
    return { ...state, certificate };
  }
  const latest = state.granted.findLast((one) => one.kind === kind);
  return { ...state, granted: state.granted.filter((one) => one !== latest) };
}

function certificateProblems(state: CycleState, date: LocalDate): ReturnType<typeof extendDeadline.check> {
  const extension = state.rules.procedure.extension;
  const certificate = state.certificate;
  if (!extension || !certificate)
    return [
      problem('payload.date', 'quy định hiện hành không cho kéo dài hiệu lực giấy chứng nhận', 'the regime has no extension of validity'),
    ];
  if (!state.successor?.dossierFiled)
    return [
      problem(
        'payload.date',
        'chỉ kéo dài khi hồ sơ đánh giá lại đã nộp và đang chờ kết quả',
        'only while a re-evaluation dossier has been filed and awaits its result',
      ),
    ];
  const latest = addDays(certificate.validUntil, extension.value.maxDays);
  return date <= latest
    ? []
    : [
        problem(
          'payload.date',
          `chậm nhất ngày ${formatVietnamese(latest)} (${extension.value.maxDays} ngày sau ngày hết hạn ${formatVietnamese(certificateEnds(state) ?? latest)})`,
          `at the latest ${latest} (${extension.value.maxDays} days after expiry)`,
        ),
      ];
}
