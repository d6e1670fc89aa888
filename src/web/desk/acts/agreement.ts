import type { AgreementView } from '../../../contract/agreement.ts';
import { tell, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

/** Reads how far moderators agree. */
export async function loadAgreement(desk: Desk): Promise<void> {
  const { site } = desk.read();
  desk.change({ agreement: { view: null, phase: 'loading' } });
  const answer = await ask<AgreementView>(desk, 'getAgreement', { params: { site } });
  if (desk.read().site !== site) return;
  if (answer.outcome === 'answered') desk.change({ agreement: { view: answer.body, phase: 'ready' } });
  else {
    if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
    desk.change({ agreement: { view: null, phase: 'unreachable' } });
  }
}
