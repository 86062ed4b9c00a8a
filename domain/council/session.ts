/**
 * A session of a council and the dossiers on its list, as far as its rules need them. Membership and operating rules are those of the day it opened.
 */
import type { CouncilRules } from '../council-rules';
import type { LocalDate } from '../dates';
import type { ScoreSheet } from '../stars/sheets';
import type { Seat } from './council';

/** Re-evaluations are done by written opinions, with a meeting when opinions differ (Decision 26/2026/QĐ-TTg, article 7.6d). */
export type SessionProcedure = 'meeting' | 'written-opinions';

export interface SessionFacts {
  procedure: SessionProcedure;
  /** Day of the meeting, or the day until which opinions are asked for. */
  heldOn: LocalDate;
  /** The seats that score. */
  seats: readonly Seat[];
  rules: CouncilRules;
  /** Oldest first. */
  delegations: readonly Delegation[];
}

/** The chair's role given to another seat, for the session or for one dossier of it (article 7.3b). */
export interface Delegation {
  cycleId: string | null;
  to: string;
}

export interface DossierFacts {
  cycleId: string;
  /** 1, and one more with each second scoring. */
  scoringRound: number;
  handedOverOn: LocalDate | null;
  /** The council excluded it ("hồ sơ bị loại"), and why. */
  excluded: { reason: string } | null;
  /** Answers to the question of interest, oldest first. */
  answers: readonly { member: string; interest: boolean }[];
  /** Every sheet ever entered, oldest first. */
  sheets: readonly EnteredSheet[];
}

export interface EnteredSheet extends ScoreSheet {
  scoringRound: number;
  /** In written opinions: why the member asks for a meeting. */
  asksMeeting?: string;
}

/** What a member said about an interest in the producer: asked and not answered, none, or one that keeps them out. */
export type Interest = 'unanswered' | 'none' | 'interest';

/** A member's latest answer on a dossier. */
export function interestOf(dossier: Pick<DossierFacts, 'answers'>, member: string): Interest {
  const latest = dossier.answers.findLast((answer) => answer.member === member);
  if (latest === undefined) return 'unanswered';
  return latest.interest ? 'interest' : 'none';
}

/** Seats that take part in a dossier: whoever has an interest leaves its quorum and its mean. */
export function seatsOver(session: Pick<SessionFacts, 'seats'>, dossier: Pick<DossierFacts, 'answers'>): Seat[] {
  return session.seats.filter(({ code }) => interestOf(dossier, code) !== 'interest');
}

/**
 * Who presides over a dossier: the one delegated for it, or for the session, or the chair; a delegation ends with the seat that it names. Null when an
 * interest keeps that one out.
 */
export function presidesOver(session: Pick<SessionFacts, 'seats' | 'delegations'>, dossier: DossierFacts): string | null {
  const { seats } = session;
  const delegations = session.delegations.filter(({ to }) => seats.some(({ code }) => code === to));
  const delegate =
    delegations.findLast(({ cycleId }) => cycleId === dossier.cycleId) ?? delegations.findLast(({ cycleId }) => cycleId === null);
  const presides = delegate?.to ?? seats.find(({ role }) => role === 'chair')?.code;
  return presides === undefined || interestOf(dossier, presides) === 'interest' ? null : presides;
}

/** The sheets that count: of each seat without an interest the latest of the present scoring. Earlier ones are kept and count no more. */
export function countingSheets(session: Pick<SessionFacts, 'seats'>, dossier: DossierFacts): EnteredSheet[] {
  return session.seats.flatMap(({ code }) => {
    if (interestOf(dossier, code) !== 'none') return [];
    const latest = dossier.sheets.findLast((sheet) => sheet.member === code && sheet.scoringRound === dossier.scoringRound);
    return latest === undefined ? [] : [latest];
  });
}
