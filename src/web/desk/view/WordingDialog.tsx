import type { VNode } from 'preact';
import { suspectsOf } from '../../../contract/need.ts';
import { directionOf } from '../../../contract/text.ts';
import { lyingOnTable } from '../acts/context.ts';
import type { DeskGuideline } from '../shapes.ts';
import { accountHere, rulesOf } from '../state.ts';
import { nameLanguage } from '../words.ts';
import { Dialog } from './Dialog.tsx';
import { GuidelineTitle, inDeskLanguage } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** The wording of the guidelines, first of the one that was chosen and of those that screening suspects, in the comment's
 *  language and in the desk's. */
export function WordingDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  if (!state.wordingShown) return null;
  const row = lyingOnTable(desk);
  const chosen = state.form?.guideline ?? '';
  const suspected = new Set(suspectsOf(row?.screening ?? null, rulesOf(state).lines));
  const asked = [
    ...rulesOf(state).guidelines.filter(({ key }) => key === chosen),
    ...rulesOf(state).guidelines.filter(({ key }) => key !== chosen && suspected.has(key)),
  ];
  const others = rulesOf(state).guidelines.filter((guideline) => !asked.includes(guideline));
  const close = (): void => desk.change({ wordingShown: false });
  return (
    <Dialog title={words('wording.title')} isLong onClose={close}>
      {asked.map((guideline) => (
        <Wording key={guideline.key} guideline={guideline} commentLanguage={row?.lang}>
          {words(guideline.key === chosen ? 'wording.chosen' : 'verdict.suspected')}
        </Wording>
      ))}
      <details open={asked.length === 0}>
        <summary>{words('wording.others')}</summary>
        {others.map((guideline) => (
          <Wording key={guideline.key} guideline={guideline} commentLanguage={row?.lang} />
        ))}
      </details>
      <button type="button" class="primary" onClick={close}>
        {words('keys.close')}
      </button>
    </Dialog>
  );
}

type WordingProps = { guideline: DeskGuideline; commentLanguage: string | undefined; children?: string };

/** One guideline; `children` says why it stands above. */
function Wording({ guideline, commentLanguage, children }: WordingProps): VNode {
  return (
    <section class="wordings">
      <h3>
        <GuidelineTitle guideline={guideline.key} />
        {children !== undefined && <> ({children})</>}
      </h3>
      <Texts guideline={guideline} commentLanguage={commentLanguage} />
    </section>
  );
}

function Texts({ guideline, commentLanguage }: WordingProps): VNode {
  const { state } = useDesk();
  const primary = commentLanguage?.split('-')[0];
  const own = inDeskLanguage(guideline.wordings, state.language, accountHere(state)?.language);
  const theirs = primary === undefined ? undefined : guideline.wordings[primary];
  const shown = theirs && primary && primary !== own.language ? [{ language: primary, text: theirs }, own] : [own];
  return (
    <>
      {shown.map(({ language, text }) => (
        <div key={language}>
          {shown.length > 1 && (
            <p class="faint small">
              <bdi lang={language}>{nameLanguage(language)}</bdi>
            </p>
          )}
          <p lang={language} dir={directionOf(text)}>
            {text}
          </p>
        </div>
      ))}
    </>
  );
}
