import { translateAll, type MessageKey } from './messages.ts';

const keys = {
  waiting: 'own.waiting',
  yours: 'own.yours',
  noEdit: 'own.noEdit',
  anew: 'own.anew',
  forget: 'own.forget',
  forgetWhy: 'own.forgetWhy',
  unavailable: 'refusal.unavailable',
  required: 'form.required',
  guideline: 'receipt.guideline',
  explanation: 'receipt.explanation',
  seeIt: 'receipt.seeIt',
  lookUp: 'receipt.lookUp',
  withdraw: 'receipt.withdraw',
  withdrawLead: 'receipt.withdrawLead',
  appeal: 'receipt.appeal',
  appealLead: 'receipt.appealLead',
  appealText: 'receipt.appealText',
  appealSend: 'receipt.appealSend',
  appealOpen: 'receipt.appeal.open',
  appealUpheld: 'receipt.appeal.upheld',
  appealOverturned: 'receipt.appeal.overturned',
  approved: 'receipt.state.approved',
  rejected: 'receipt.state.rejected',
  removed: 'receipt.state.removed',
  withdrawn: 'receipt.state.withdrawn',
} as const satisfies Record<string, MessageKey>;

/** The sentences around a reader's own comments, which a script alone shows, as the page hands them over in `data-own`. */
export type OwnWords = Readonly<Record<keyof typeof keys, string>>;

/** The sentences in a language, their places open. */
export function ownWords(language: string): OwnWords {
  return translateAll(language, keys);
}
