/** What the page says in words; everything that code can say stands in the tables. */
import type { MomentName } from '../../domain/cycle/events';
import type { DeadlineKind } from '../../domain/deadlines';
import type { Text } from '../../domain/sources';

export const INTRODUCTION = `# The cycle of a product (chu trình sản phẩm OCOP)

Made by \`npm run docs:domain\` from \`domain/\`, \`plans/nudges.json\` and a few paragraphs in \`scripts/domain-page/prose.ts\`. Do not edit it by hand: a
test compares it with the code.

A **cycle** (*chu trình*) is one passage of one product (*sản phẩm*) through the programme: the idea (*ý tưởng*) is registered, the producer (*chủ thể*)
completes product and dossier (*hồ sơ*), the commune (*UBND cấp xã*) assesses four items and proposes, the provincial council (*Hội đồng cấp tỉnh*)
scores, the chair of the provincial People's Committee (*Chủ tịch UBND cấp tỉnh*) decides, and a certificate (*giấy chứng nhận*) of 3 stars or more
holds for 36 months. A re-evaluation (*đánh giá, phân hạng lại*) or an upgrade (*nâng hạng*) is a new cycle of the same product; the earlier certificate
stays under watch in its own cycle until the new one supersedes it, or until it ends.

- A cycle is always in one **step** (*bước*) of one **stage** (*giai đoạn*). The step says what is awaited and whose turn it is.
- **Actions** (*thao tác*) are what people record: each may be done in some steps, by some roles, with a date, and some only with a written reason.
  Administrators may do whatever somebody else may, for any office.
- **Moments** (*thời điểm*) are what time does by itself: reminders, the opening and closing of the re-evaluation window, the end of a season, expiry.
- Of several limits that bind, the earliest counts, and all stay visible. "Trước ngày 30/10" (\`before\`) ends on 29/10; "chậm nhất ngày", "đến hết ngày"
  (\`on_or_before\`) end with the day itself. Only the commune's 15 days are working days (*ngày làm việc*); all other limits count plain days.
- The rules of the day (regime, plan, calendar, reminders) are pinned on the cycle when the dossier comes in; changing them is an action.
- A pause (*tạm dừng*) keeps the step: nobody is reminded except of the day on which work should go on; limits counted from the dossier stand still,
  calendar dates do not move.

Sources are given in Vietnamese as in the law; \`domain/\` says in each file which article it follows.
`;

export const MOMENTS: Record<MomentName, Text> = {
  remind: { vi: 'Nhắc việc đến hạn', en: 'Reminders that fall due are planned for the next digest' },
  'prepare-renewal': {
    vi: 'Chuẩn bị việc đánh giá lại để xã hỏi chủ thể (trước 200 ngày)',
    en: 'The re-evaluation is prepared for the commune to ask the producer (T-200)',
  },
  'open-window': { vi: 'Mở thời gian nộp hồ sơ đánh giá lại (trước 180 ngày)', en: 'The re-evaluation window opens (T-180)' },
  'miss-window': { vi: 'Qua hạn nộp hồ sơ đánh giá lại (trước 120 ngày)', en: 'The re-evaluation window has closed (after T-120)' },
  'year-in-force': {
    vi: 'Sắp hết một năm còn hiệu lực: việc định kỳ của kế hoạch đến lượt (báo trước một tháng)',
    en: 'A year in force is nearly over: what the plan asks for in it becomes tasks (a month ahead)',
  },
  'roll-season': {
    vi: 'Qua hạn mà chưa nộp hồ sơ: hạn chuyển sang mốc kế tiếp, của cùng đợt hoặc đợt sau',
    en: 'A day for filing passed without a dossier: the next mark applies, of the same round or of the next one',
  },
  'extend-transitionally': {
    vi: 'Giấy chứng nhận được kéo dài theo Điều 12 khoản 3',
    en: 'The transitional rule keeps the certificate valid, at most 180 days',
  },
  expire: { vi: 'Giấy chứng nhận hết thời hạn', en: 'The certificate ends' },
};

export const DEADLINES: Record<DeadlineKind, Text> = {
  'idea-registration': { vi: 'Hạn xét ý tưởng', en: 'The plan’s window for ideas' },
  'dossier-submission': {
    vi: 'Hạn nộp hồ sơ',
    en: 'Early enough for the commune to use its full time before the round’s cut-off; for a re-evaluation the last day of its window (7.6a)',
  },
  'commune-assessment': {
    vi: 'Hạn xã đánh giá và đề nghị',
    en: '15 working days from receipt (7.2), the round’s cut-off (5.1), the plan’s window, the transitional day (12.2)',
  },
  supplement: {
    vi: 'Hạn bổ sung hồ sơ',
    en: 'The day set when the supplement was asked for; what binds the assessment goes on, and the earlier day measures the step',
  },
  'district-scoring': { vi: 'Hạn cấp huyện đánh giá', en: 'The plan’s window (three-tier regime only)' },
  'provincial-scoring': {
    vi: 'Hạn cấp tỉnh đánh giá',
    en: 'The conclusion of the round joined (5.1), the plan’s window; for a re-evaluation 45 days from the complete dossier (7.6g). None for the province’s own evaluation after a national result (7.4g)',
  },
  'national-scoring': {
    vi: 'Hạn cấp trung ương đánh giá',
    en: 'The conclusion of the ministry’s round (5.2); for a re-evaluation 45 days (7.6g)',
  },
  'reevaluation-window-opens': { vi: 'Ngày đầu nộp hồ sơ đánh giá lại', en: 'T-180 (7.6a)' },
  'reevaluation-window-closes': { vi: 'Ngày cuối nộp hồ sơ đánh giá lại', en: 'T-120 (7.6a)' },
  'certificate-expiry': { vi: 'Hết hiệu lực giấy chứng nhận', en: '36 months from issue (4.3), or the end of an extension (12.3)' },
  'older-certificate-expiry': {
    vi: 'Giấy chứng nhận cũ hết hiệu lực khi đang chờ kết quả trung ương',
    en: 'The older certificate’s end while a result is pending nationally; nothing extends it by itself (7.3e)',
  },
  'last-safe-season': {
    vi: 'Đợt cuối kịp trước khi hết hạn',
    en: 'The last day to file so that a result can be there before the certificate ends, counted back from it',
  },
  revocation: { vi: 'Hạn quyết định thu hồi', en: '15 days from the conclusion (8.4)' },
  remediation: { vi: 'Hạn khắc phục', en: 'The day set by the inspection' },
  resumption: { vi: 'Ngày dự kiến tiếp tục', en: 'The day named when the cycle was paused' },
};
