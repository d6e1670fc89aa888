/** Shows the buttons that copy a field's text, where the browser can copy. */
export function offerCopying(within: ParentNode): void {
  // Only on secure origins.
  if (!('clipboard' in navigator)) return;
  for (const button of within.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(`#${button.dataset['copy'] ?? ''}`);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset['copied'] ?? '';
  } catch {
    // Refused by the reader: the text is selected, so that the keyboard copies it.
  }
}
