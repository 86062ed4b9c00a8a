/** What a rehearsal in a process of its own tells its parent. */
import type { Text } from '../domain/sources';
import type { Progress } from './rehearse';

export type News = { kind: 'step'; step: Text } | { kind: 'day'; calendar: Progress } | { kind: 'problem'; problem: Text };
