import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type SanctionList, sanctionLists, type SanctionRow } from '../../../contract/sanction.ts';
import { countSanctionAppeals, decideSanctionAppeal, liftSanction, readSanctions } from '../acts/sanctions.ts';
import { listWords } from '../sanctionWords.ts';
import { SanctionAct } from './SanctionAct.tsx';
import { SanctionLine } from './SanctionLine.tsx';
import { useDesk } from './useDesk.ts';

type Read = { phase: 'loading' | 'ready'; rows: readonly SanctionRow[]; total: number; problem?: string };

/** Readers under a sanction: those in force, those appealed against, those that ended. */
export function ReadersPage(): VNode {
  const { desk, state, words } = useDesk();
  const [list, setList] = useState<SanctionList>('in_force');
  const [times, readAgain] = useState(0);
  const [read, setRead] = useState<Read>({ phase: 'loading', rows: [], total: 0 });
  useEffect(() => {
    let isGone = false;
    setRead((before) => ({ ...before, phase: 'loading' }));
    void readSanctions(desk, list).then((found) => {
      if (isGone) return;
      if ('body' in found) setRead({ phase: 'ready', rows: found.body.sanctions, total: found.body.total });
      else setRead({ phase: 'ready', rows: [], total: 0, problem: found.problem });
    });
    return () => {
      isGone = true;
    };
    // The number of appeals changes when a reader or a colleague did something: the list that stands there is read anew.
  }, [desk, state.site, state.sanctionAppeals, list, times]);
  const { phase, rows, total, problem } = read;
  return (
    <main class="rules readers" aria-busy={phase === 'loading'}>
      <h2>{words('readers.title')}</h2>
      <p>{words('readers.lead')}</p>
      <p class="picker-acts" role="group" aria-label={words('readers.list')}>
        {sanctionLists.map((one) => (
          <button key={one} type="button" aria-pressed={list === one} onClick={() => setList(one)}>
            {words(listWords[one])}
          </button>
        ))}
      </p>
      <p role="status">
        {phase === 'loading' && words('readers.loading')}
        {phase === 'ready' && problem === undefined && words('readers.count', { shown: rows.length, total })}
      </p>
      {problem !== undefined && (
        <p role="alert">
          {problem}{' '}
          <button type="button" onClick={() => readAgain(times + 1)}>
            {words('start.again')}
          </button>
        </p>
      )}
      {phase === 'ready' && (
        <ul class="sanctions" aria-label={words(listWords[list])}>
          {rows.map((sanction) => (
            <SanctionLine key={sanction.id} sanction={sanction}>
              <SanctionActs sanction={sanction} onDone={() => readAgain(times + 1)} />
            </SanctionLine>
          ))}
        </ul>
      )}
    </main>
  );
}

/** What can be done with one of the list: decide the reader's appeal, or lift it. */
function SanctionActs({ sanction, onDone }: { sanction: SanctionRow; onDone: () => void }): VNode {
  const { desk, words } = useDesk();
  const { id } = sanction;
  const done = (problem: string | undefined): string | undefined => {
    if (problem === undefined) {
      onDone();
      void countSanctionAppeals(desk);
    }
    return problem;
  };
  const decide = async (verdict: 'uphold' | 'overturn', explanation: string): Promise<string | undefined> =>
    done(await decideSanctionAppeal(desk, id, { verdict, explanation }));
  const isOpen = sanction.appeal?.state === 'open';
  return (
    <>
      {isOpen && sanction.mine && <p class="faint small">{words('sanction.mine')}</p>}
      {isOpen && !sanction.mine && (
        <SanctionAct
          title={words('sanction.answer')}
          label={words('sanction.answerText')}
          acts={[
            { name: words('sanction.uphold'), act: (text) => decide('uphold', text) },
            { name: words('sanction.overturn'), act: (text) => decide('overturn', text) },
          ]}
        />
      )}
      {sanction.state === 'in_force' && (
        <SanctionAct
          title={words('sanction.lift')}
          label={words('sanction.liftReason')}
          acts={[{ name: words('sanction.lift'), act: async (text) => done(await liftSanction(desk, id, text)) }]}
        />
      )}
    </>
  );
}
