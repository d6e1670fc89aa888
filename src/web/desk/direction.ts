import { directionOf } from '../../contract/text.ts';

/** The direction of a text that comes without one (a parent, an appeal). */
export const directionOfText: (text: string) => 'ltr' | 'rtl' = directionOf;
