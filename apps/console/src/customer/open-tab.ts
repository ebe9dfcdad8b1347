export interface Tab {
  goTo: (address: string) => void;
  close: () => void;
}

/** Opened while the press of a button is being handled: later on a browser takes it for an advertisement, and refuses. */
export function openTab(): Tab {
  const tab = globalThis.open('', '_blank');
  return {
    goTo: (address) => {
      if (tab === null) globalThis.location.assign(address);
      else tab.location.replace(address);
    },
    close: () => tab?.close(),
  };
}
