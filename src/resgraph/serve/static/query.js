// The editor in place of the plain form; everything that would ask another host is off.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const plain = document.getElementById("plain");
  const text = document.getElementById("text").value;
  const endpoint = new URL(`${settings.root}/sparql`, location.href).href;
  Yasgui.Yasqe.forkAutocompleter("class", { name: "class-off", isValidCompletionPosition: () => false, get: () => [] }, false);
  Yasgui.defaults.autofocus = false;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: true,
    resizeable: true,
    persistenceId: null,
    yasqe: { value: text, autocompleters: ["variables"], createShareableLink: null, consumeShareLink: null, showQueryButton: true },
    yasr: { prefixes: settings.prefixes },
  });
  plain.hidden = true;
  const tab = yasgui.getTab();
  tab?.setQuery(text);
})();
