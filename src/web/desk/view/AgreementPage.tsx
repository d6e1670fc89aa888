import type { VNode } from 'preact';
import type { Agreement, AgreementView } from '../../../contract/agreement.ts';
import { loadAgreement } from '../acts/agreement.ts';
import { GuidelineTitle } from './GuidelineTitle.tsx';
import { useDesk } from './useDesk.ts';

/** How far moderators agree, and how many comments that rests on. */
export function AgreementPage(): VNode {
  const { desk, state, words } = useDesk();
  const { view, phase } = state.agreement;
  return (
    <main class="rules" aria-busy={phase === 'loading'}>
      <h2>{words('agreement.title')}</h2>
      <p>{words('agreement.lead')}</p>
      {phase === 'unreachable' && (
        <p role="status">
          {words('agreement.unreachable')}{' '}
          <button type="button" onClick={() => void loadAgreement(desk)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {view && <p class="faint">{words('agreement.percent', { percent: view.percent })}</p>}
      {view && <AgreementTable view={view} />}
    </main>
  );
}

/** The figures, one line for each guideline. */
export function AgreementTable({ view }: { view: AgreementView }): VNode {
  const { words } = useDesk();
  const { overall, guidelines, least } = view;
  return (
    <table>
      <caption>{words('agreement.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{words('agreement.question')}</th>
          <th scope="col">{words('agreement.pairs')}</th>
          <th scope="col">{words('agreement.agreed')}</th>
          <th scope="col">{words('agreement.named')}</th>
          <th scope="col">{words('agreement.kappa')}</th>
          <th scope="col">{words('agreement.interval')}</th>
        </tr>
      </thead>
      <tbody>
        <AgreementLine name={words('agreement.overall')} agreement={overall} least={least} />
        {guidelines.map(({ guideline, ...agreement }) => (
          <AgreementLine
            key={guideline}
            name={<GuidelineTitle guideline={guideline} />}
            agreement={agreement}
            least={least}
          />
        ))}
      </tbody>
    </table>
  );
}

type LineProps = { name: VNode | string; agreement: Agreement; least: number };

function AgreementLine({ name, agreement, least }: LineProps): VNode {
  const { words } = useDesk();
  const { pairs, agreed, named, kappa, interval } = agreement;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label={words('agreement.pairs')}>{pairs}</td>
      <td data-label={words('agreement.agreed')}>{agreed}</td>
      <td data-label={words('agreement.named')}>{named}</td>
      <td data-label={words('agreement.kappa')} class="measured">
        {kappa === null ? (
          words(pairs < least ? 'agreement.tooFew' : 'agreement.nothing', { least })
        ) : (
          <strong>
            <bdi dir="ltr">{tellFigure(kappa)}</bdi>
          </strong>
        )}
      </td>
      <td data-label={words('agreement.interval')} class="measured">
        {interval ? <bdi dir="ltr">{interval.map(tellFigure).join(' – ')}</bdi> : '–'}
      </td>
    </tr>
  );
}

const tellFigure = (value: number): string => value.toFixed(2).replace('-', '\u2212');
