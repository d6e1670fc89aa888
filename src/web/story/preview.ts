import { make } from './ownFrame.ts';

/** Shows below the button how the comment will stand, as text alone; shown already, it is drawn anew. */
export function showPreview(form: HTMLFormElement, place: HTMLElement): void {
  const valueOf = (name: string): string => {
    const field = form.elements.namedItem(name);
    const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    // As the server keeps it: NFC, line ends as LF.
    return isText ? field.value.normalize('NFC').replaceAll('\r\n', '\n') : '';
  };
  const article = make('article', 'comment own');
  const head = make('header', 'comment-head');
  const name = make('h4', 'comment-name');
  name.append(make('bdi', '', valueOf('name').trim()));
  // A heading that says nothing would be read out all the same.
  if (name.textContent !== '') head.append(name);
  const text = make('p', 'comment-text', valueOf('text'));
  text.dir = 'auto';
  text.lang = '';
  article.append(head, text);
  place.hidden = false;
  place.replaceChildren(make('h3', '', place.dataset['title']), article);
}
