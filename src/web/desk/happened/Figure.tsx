import type { ComponentChildren, VNode } from 'preact';
import type { Figure as FigureName } from '../../../contract/statistics.ts';
import { addressOf } from '../../api.ts';
import { useDesk } from '../view/useDesk.ts';

/** One line of a table. */
type Row = { head: VNode | string; cells: readonly string[] };

type FigureProps = {
  name: FigureName;
  title: string;
  /** What the picture shows, in a sentence or two. */
  caption: ComponentChildren;
  /** Says that there is nothing to show; the picture is then left out. */
  none?: string | false;
  /** Says that there is too little for a picture; the table stands all the same. */
  few?: string | false;
  columns: readonly string[];
  rows: readonly Row[];
  /** The picture. */
  children: ComponentChildren;
};

/** A picture with its caption, the same figures as a table, and as a file. */
export function Figure({ name, title, caption, none, few, columns, rows, children }: FigureProps): VNode {
  const { state, words } = useDesk();
  const address = addressOf('getFigure', {
    params: { site: state.site, figure: name },
    query: { days: String(state.happened.days) },
  });
  return (
    <section class="figure" data-figure={name} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`}>{title}</h3>
      {none ? (
        <p class="faint">{none}</p>
      ) : (
        <>
          <figure>
            <figcaption id={captionOf(name)}>{caption}</figcaption>
            {few ? <p>{few}</p> : children}
          </figure>
          <div class="figure-acts">
            <details>
              <summary>
                {words('lines.table')}
                <span class="unseen">: {title}</span>
              </summary>
              <FigureTable title={title} columns={columns} rows={rows} />
            </details>
            <a href={address} download>
              CSV<span class="unseen">: {title}</span>
            </a>
          </div>
        </>
      )}
    </section>
  );
}

function FigureTable({
  title,
  columns,
  rows,
}: {
  title: string;
  columns: readonly string[];
  rows: readonly Row[];
}): VNode {
  return (
    <table>
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ head, cells }, row) => (
          <tr key={row}>
            <th scope="row">{head}</th>
            {cells.map((cell, index) => (
              <td key={index} data-label={columns[index + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The id of the sentence that says what a picture shows. */
export function captionOf(figure: FigureName): string {
  return `${figure}-caption`;
}
