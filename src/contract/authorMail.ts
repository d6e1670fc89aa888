/** How an address stands that an author left with a comment. `stopped`: it is not kept any more, and nothing is sent. */
export type MailView = {
  site: string;
  story: string;
  state: 'unconfirmed' | 'confirmed' | 'stopped';
  /** Whether its author is told of replies as well. */
  replies: boolean;
};

/** What can be done with the code of a mail: confirm the address for the decision alone, or for replies too, or end it. */
export const mailActs = ['confirm', 'confirm-replies', 'stop'] as const;
export type MailAct = (typeof mailActs)[number];

/** The fields of the forms about mail, plain or JSON. */
export const mailFields = { code: 'code', act: 'act' } as const;

/** The page on which a code is looked up, or acted with. `stops` where its code can do nothing else. */
export type MailPage = {
  code: string;
  language: string;
  view: MailView;
  done?: 'confirmed' | 'stopped';
  stops: boolean;
};

/** Days for which an address that nobody confirmed is kept. */
export const unconfirmedDays = 7;

/** How often an address is asked in a day at most, whoever leaves it with however many comments. */
export const mostAsked = 5;

/** Days for which it is remembered that an address wants no mail from a site. */
export const refusedDays = 180;
