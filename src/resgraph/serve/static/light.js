// A statement under the pointer or the keyboard lights its words; the words that were chosen light their statement.
"use strict";
(() => {
  const words = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const links = document.querySelectorAll('.says a[href^="#"]');
  for (const link of links) {
    const light = (on) => words(link)?.classList.toggle("lit", on);
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => light(true));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => light(false));
  }
  const chosen = () => {
    for (const link of links) link.classList.toggle("on", link.hash === location.hash && location.hash !== "");
  };
  addEventListener("hashchange", chosen);
  chosen();
})();
