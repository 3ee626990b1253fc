/** Whether the command palette is open. Apart from the palette itself, whose script is loaded when it is first asked for. */
import { createSpotlight } from '@mantine/spotlight';

export const [paletteStore, palette] = createSpotlight();
