/** The time of a rehearsal's world, which goes from day to day. */
import { type Instant, type LocalDate, startOfDay } from '../domain/dates';
import { FIRST_HOUR } from '../workflows/digest-messages';

const HOUR_MS = 3_600_000;

export const nineOn = (day: LocalDate): Instant => startOfDay(day) + 9 * HOUR_MS;

/** The day's digest goes out before people begin. */
export const eightOn = (day: LocalDate): Instant => startOfDay(day) + FIRST_HOUR * HOUR_MS;

/** The time of the world: stands still while a day's work is done. */
export interface WorldClock {
  now(): Instant;
  set(instant: Instant): void;
}

export function worldClock(start: Instant): WorldClock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
  };
}
