// element("p", { className: "quiet" }, "words", other): words are always text, never markup. Nothing is left out of a
// list but what is empty.
export function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside.flat().filter(Boolean));
  return made;
}

export function link(href, words, className = "") {
  return element("a", { href, className }, words);
}

export function list(items, className = "plain-list stack") {
  return element("ul", { className }, items.map((item) => element("li", {}, item)));
}

export function section(heading, ...inside) {
  const kept = inside.flat().filter(Boolean);
  return kept.length ? element("section", { className: "section" }, element("h2", {}, heading), kept) : "";
}

// A button that looks like a link and does `act`.
export function button(words, act, className = "govuk-button govuk-button--secondary") {
  const made = element("button", { type: "button", className }, words);
  made.addEventListener("click", act);
  return made;
}
