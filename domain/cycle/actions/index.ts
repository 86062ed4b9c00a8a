/**
 * Every action of a cycle by its name. Names are kebab-case verbs, part of the contract: never rename one.
 */
import type { ActionDefinition } from '../action';
import { acceptIdea } from './accept-idea';
import { acceptPackage } from './accept-package';
import { adoptRules } from './adopt-rules';
import { assignOfficer } from './assign-officer';
import { decide } from './decide';
import { declineIdea } from './decline-idea';
import { declineRenewal } from './decline-renewal';
import { extendDeadline } from './extend-deadline';
import { issueCertificate } from './issue-certificate';
import { issueCommuneReport } from './issue-commune-report';
import { pause } from './pause';
import { publishResult } from './publish-result';
import { recallProduct } from './recall-product';
import { recordAdvisoryReport } from './record-advisory-report';
import { recordCouncilResult } from './record-council-result';
import { recordDistrictResult } from './record-district-result';
import { recordInspection } from './record-inspection';
import { recordNationalResult } from './record-national-result';
import { recordPredecessor } from './record-predecessor';
import { recordSuccessor } from './record-successor';
import { requestSupplement } from './request-supplement';
import { resume } from './resume';
import { returnPackage } from './return-package';
import { revokeCertificate } from './revoke-certificate';
import { submitDossier } from './submit-dossier';
import { submitSupplement } from './submit-supplement';
import { withdraw } from './withdraw';
import { withdrawDecision } from './withdraw-decision';

export const ACTIONS = {
  'accept-idea': acceptIdea,
  'decline-idea': declineIdea,
  'submit-dossier': submitDossier,
  'request-supplement': requestSupplement,
  'submit-supplement': submitSupplement,
  'issue-commune-report': issueCommuneReport,
  'record-district-result': recordDistrictResult,
  'accept-package': acceptPackage,
  'return-package': returnPackage,
  'record-advisory-report': recordAdvisoryReport,
  'record-council-result': recordCouncilResult,
  decide,
  'record-national-result': recordNationalResult,
  'issue-certificate': issueCertificate,
  'publish-result': publishResult,
  'record-inspection': recordInspection,
  'recall-product': recallProduct,
  'decline-renewal': declineRenewal,
  'revoke-certificate': revokeCertificate,
  'withdraw-decision': withdrawDecision,
  'extend-deadline': extendDeadline,
  'assign-officer': assignOfficer,
  pause,
  resume,
  withdraw,
  'adopt-rules': adoptRules,
  'record-successor': recordSuccessor,
  'record-predecessor': recordPredecessor,
} satisfies Record<string, ActionDefinition<never>>;

export type ActionName = keyof typeof ACTIONS;

/** What an action's body holds. */
export type PayloadOf<A extends ActionName> = (typeof ACTIONS)[A] extends ActionDefinition<infer P extends object> ? P : never;

export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}
