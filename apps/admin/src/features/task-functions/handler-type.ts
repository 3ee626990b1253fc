import { IconBrandPython, IconCode, IconFunction, IconTerminal2, IconWorldWww, type Icon } from '@tabler/icons-react';

export interface HandlerLook {
  readonly word: string;
  readonly icon: Icon;
}

const LOOKS: Readonly<Record<string, HandlerLook>> = {
  shell: { word: 'Shell', icon: IconTerminal2 },
  http: { word: 'HTTP', icon: IconWorldWww },
  python: { word: 'Python', icon: IconBrandPython },
  function: { word: 'Function', icon: IconFunction },
  async_function: { word: 'Async function', icon: IconFunction },
  celery_task: { word: 'Queue task', icon: IconFunction },
};

/** How a kind of task function is called and drawn; one that this release does not know is shown as it is. */
export function handlerLook(type: string): HandlerLook {
  return (Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined) ?? { word: type, icon: IconCode };
}
