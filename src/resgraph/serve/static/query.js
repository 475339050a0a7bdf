// The editor and its answers in place of the plain form: YASQE and YASR without the tabs and the choice of endpoints of
// YASGUI, so that nothing but this site's own /sparql is ever asked. Completion by prefix.cc and LOV is off.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const plain = document.getElementById("plain");
  const { Yasqe, Yasr } = Yasgui;
  const yasqe = new Yasqe(document.getElementById("editor"), {
    value: document.getElementById("text").value,
    autocompleters: ["variables"],
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    resizeable: false,
    editorHeight: "auto",
    showQueryButton: true,
    requestConfig: { endpoint: new URL(`${settings.root}/sparql`, location.href).href, method: "POST" },
  });
  const yasr = new Yasr(document.getElementById("answer"), { prefixes: settings.prefixes, persistenceId: null });
  yasqe.on("queryResponse", (_, response, duration) => yasr.setResponse(response, duration));
  // Names for screen readers, which the editor and the table leave out.
  const name = (selector, words) => {
    for (const node of document.querySelectorAll(selector)) node.setAttribute("aria-label", words);
  };
  const names = () => {
    for (const link of document.querySelectorAll(".yasr_external_ref_btn")) link.remove();
    name("#editor textarea", "Query");
    name("#answer .tableSizer", "Rows on a page");
    name("#answer .tableFilter", "Filter the rows");
    name("#answer th:first-child", "row");
    for (const head of document.querySelectorAll("#answer th:first-child .dt-column-title:empty")) head.textContent = "row";
  };
  new MutationObserver(names).observe(document.getElementById("answer"), { childList: true, subtree: true });
  names();
  plain.hidden = true;
})();
