/** Whether the command palette is open. Apart from the palette itself, whose script is loaded when it is first asked for. */
import { createSpotlight } from '@mantine/spotlight';

export const [paletteStore, palette] = createSpotlight();

/**
 * Something of the list stays selected, so that Enter does it: the first action where nothing is. The palette itself selects with
 * each letter that is typed, which is before an answer has brought what was found.
 */
export function keepSelected(): void {
  const actions = [...(list()?.querySelectorAll('[data-action]') ?? [])];
  const at = actions.findIndex((action) => action.hasAttribute('data-selected'));
  if (at === -1) actions[0]?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: Math.max(0, at) }));
}

/** What Enter would do. */
export function selectedAction(): HTMLElement | null {
  return list()?.querySelector<HTMLElement>('[data-action][data-selected]') ?? null;
}

function list(): HTMLElement | null {
  return document.getElementById(paletteStore.getState().listId);
}
