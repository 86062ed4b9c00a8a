import type { Database } from '../clients/database';
import { passingSigningKeys } from '../clients/signing-keys';
import type { Logger } from '../clients/logger';
import type { Instant } from '../domain/dates';
import { type LocalDate, localDateAt } from '../domain/dates';
import { type HolidayRow, workingCalendar } from '../domain/holidays';
import { type UnitDirectory, unitDirectory } from '../domain/units/directory';
import type { WorkingCalendar } from '../domain/working-days';
import type { SigningKeys } from '../documents/sealed-code';
import type { Rules } from '../plans/load';
import type { SignOn } from '../clients/open-id';
import type { CycleGateway } from './gateway';
import type { RehearsalDesk } from './rehearsals/desk';

export interface Clock {
  now(): Instant;
}

/** What the API is made of, as the program that starts it gives it. */
export interface ApiParts {
  db: Database;
  gateway: CycleGateway;
  rules: Rules;
  log: Logger;
  clock: Clock;
  /** Requests that one token or address may make in a minute. */
  requestsPerMinute?: number;
  /** Where people reach the pages, without a slash at its end; stands in calendars and on certificates. */
  publicUrl?: string;
  /** Folder of captured mails; undefined where mails really go out. */
  mailFolder?: string;
  /** Keys that sign certificates' codes; without them ones that last as long as the process. */
  signingKeys?: SigningKeys;
  /** The province's single sign-on, where there is one. */
  signOn?: SignOn;
  /** Runs rehearsals that pages start, where there is a folder for them. */
  rehearsals?: RehearsalDesk;
}

/** What every handler has. */
export interface ApiDeps extends ApiParts {
  requestsPerMinute: number;
  publicUrl: string;
  signingKeys: SigningKeys;
  units: UnitDirectory;
  /** The working calendar as it stands now; entered days off count at once. */
  calendar: WorkingCalendar;
  /** The holiday table that ships; in `rules` stands the one with the days that were entered. */
  shippedDays: readonly HolidayRow[];
  /** Today's date in Vietnam, by the clock. */
  today: () => LocalDate;
}

const REQUESTS_PER_MINUTE = 1200;
const PUBLIC_URL = 'http://127.0.0.1:3000';

/** The parts with what follows from them; made once. */
export function apiDeps(parts: ApiParts): ApiDeps {
  return {
    requestsPerMinute: REQUESTS_PER_MINUTE,
    publicUrl: PUBLIC_URL,
    signingKeys: parts.signingKeys ?? passingSigningKeys(),
    ...parts,
    // What the records add to the rules (api/reference/current.ts) reaches these dependencies only.
    rules: { ...parts.rules },
    shippedDays: parts.rules.calendar,
    units: unitDirectory(parts.rules.units, parts.rules.oldNames),
    calendar: workingCalendar(parts.rules.calendar),
    today: () => localDateAt(parts.clock.now()),
  };
}
