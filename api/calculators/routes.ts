/** The rules as services: each answer comes with the steps of its reasoning and their sources. Nothing is recorded. */
import { EVERYBODY, type Route, route } from '../http/route';
import { calculateAward } from './award';
import { calculateDeadline } from './deadline';
import * as schema from './schemas';
import { calculateValidity } from './validity';
import { calculateWorkingDays } from './working-days';

const tag = 'calculators';

export const CALCULATOR_ROUTES: Route[] = [
  route({
    method: 'get',
    path: '/api/calculators/deadline',
    tag,
    who: EVERYBODY,
    summary: { vi: 'Tính thời hạn của một bước', en: 'The deadline of a step' },
    description: {
      vi: 'Mỗi quy tắc cần một ngày: commune-assessment receivedOn; provincial-scoring và round proposedOn; reevaluation completeOn; national-scoring forwardedOn; revocation conclusionOn. Quy định áp dụng được chọn theo submittedOn (mặc định là ngày đó), nhìn từ ngày asOf (mặc định cũng là ngày đó).',
      en: 'Each rule is counted from one day: commune-assessment from receivedOn; provincial-scoring and round from proposedOn; reevaluation from completeOn; national-scoring from forwardedOn; revocation from conclusionOn. The regime is chosen by submittedOn (that day by default) as seen on asOf (that day by default).',
    },
    query: schema.deadlineQuery,
    answer: {
      status: 200,
      schema: schema.deadlineAnswer,
      description: { vi: 'Thời hạn, các căn cứ và lập luận', en: 'The deadline, its candidates and the reasoning' },
    },
    handler: async ({ deps, query }) => ({ body: calculateDeadline(deps.rules, query) }),
  }),
  route({
    method: 'get',
    path: '/api/calculators/working-days',
    tag,
    who: EVERYBODY,
    summary: { vi: 'Đếm ngày làm việc', en: 'Counting working days' },
    query: schema.workingDaysQuery,
    answer: {
      status: 200,
      schema: schema.workingDaysAnswer,
      description: { vi: 'Ngày kết quả và các ngày không tính', en: 'The resulting day and the days that do not count' },
    },
    handler: async ({ deps, query }) => ({ body: calculateWorkingDays(deps.rules, query) }),
  }),
  route({
    method: 'get',
    path: '/api/calculators/validity',
    tag,
    who: EVERYBODY,
    summary: { vi: 'Thời hạn của giấy chứng nhận', en: 'The life of a certificate' },
    description: {
      vi: 'Theo quy định có hiệu lực vào ngày asOf (mặc định là hôm nay).',
      en: 'Under the regime in force on asOf (today by default).',
    },
    query: schema.validityQuery,
    answer: {
      status: 200,
      schema: schema.validityAnswer,
      description: { vi: 'Các mốc của giấy chứng nhận và ngày nhắc', en: 'The dates of the certificate and its reminders' },
    },
    handler: async ({ deps, query }) => ({ body: calculateValidity(deps.rules, query, deps.today()) }),
  }),
  route({
    method: 'post',
    path: '/api/calculators/award',
    tag,
    who: EVERYBODY,
    summary: { vi: 'Xếp hạng từ phiếu chấm', en: 'The award from scoring sheets' },
    description: {
      vi: 'Phiếu chấm có lỗi không bị từ chối mà được trả lại trong problems, kèm điểm được chọn.',
      en: 'Sheets with mistakes are answered with problems that name the points to choose from, and without figures.',
    },
    body: schema.awardBody,
    answer: {
      status: 200,
      schema: schema.awardAnswer,
      description: { vi: 'Điểm trung bình, hạng sao và lập luận', en: 'The mean, the star and the reasoning' },
    },
    handler: async ({ deps, body }) => ({ body: calculateAward(deps.rules, body) }),
  }),
];
