/** What the digest's activities need, given by the worker. */
import type { Database } from '../../clients/database';
import type { Logger } from '../../clients/logger';
import type { Mailer } from '../../clients/mail';
import type { Webhook } from '../../clients/webhook';
import type { DigestTemplate } from '../../domain/nudges/mail/template';
import type { ReportNudgeRule } from '../../domain/nudges/reports';
import type { Plan } from '../../domain/plans';
import type { Text } from '../../domain/sources';
import type { WorkingCalendar } from '../../domain/working-days';

export interface DigestDeps {
  db: Database;
  mailer: Mailer;
  webhook: Webhook | undefined;
  log: Logger;
  /** Working days as known now: a holiday announced meanwhile holds from the next digest on. */
  calendar: () => Promise<WorkingCalendar>;
  /** The wording as it stands now. */
  template: () => Promise<DigestTemplate>;
  /** Wording of a nudge rule; undefined for a rule that no file has any more. */
  ruleTitle: (ruleId: string) => Text | undefined;
  /** Plans whose dated reports are reminded of, and when. */
  plans: readonly Plan[];
  reportRules: readonly ReportNudgeRule[];
  /** `Xã Nam Hồng`, `tỉnh Ninh Bình`; the code where no name is known. */
  unitName: (code: string) => string;
  publicUrl: string;
  /** Right side of message ids, such as the sender's domain. */
  mailDomain: string;
}
