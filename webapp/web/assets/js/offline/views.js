// What is shown of what this device keeps: a heading, and elements under it.
import { button, element, link, list, section } from "./dom.js";
import { search } from "./search.js";
import { dayOf, moment, next } from "./when.js";

// One listing or page of guidance.
export function cardView(card) {
  const labels = card.labels ? element("p", { className: "quiet" }, [next(card.next), ...card.labels].filter(Boolean).join(" · ")) : "";
  const facts = element(
    "dl",
    { className: "kept__facts" },
    (card.facts ?? []).map(([heading, lines]) => element("div", {}, element("dt", {}, heading), lines.map((said) => element("dd", {}, said)))),
  );
  const calls = (card.calls ?? []).map(([words, href]) => link(href, words, "govuk-button govuk-button--secondary"));
  const text = card.html ? element("div", { className: "prose", innerHTML: card.html }) : ""; // cleaned when it was compiled
  return {
    title: card.title,
    inside: [
      element("p", { className: "lead" }, card.summary),
      labels,
      calls.length ? element("p", { className: "actions" }, calls) : "",
      card.facts ? facts : "",
      text,
      element("p", {}, link(`/gaps/new`, "None of this fits? Report a gap")),
    ],
  };
}

export function packView(pack, kept) {
  const rows = pack.items.map(({ path, title, note, warning }) => {
    const card = kept.byPath.get(path);
    return [
      element("h2", { className: "kept__name" }, card ? link(path, title) : title),
      warning && element("p", { className: "strong" }, `${warning}.`),
      note && element("p", {}, element("strong", {}, "Why it fits: "), note),
      card && !warning && element("p", {}, card.summary),
      card && facts(card),
      card?.calls && element("p", { className: "actions" }, card.calls.slice(0, 2).map(([words, href]) => link(href, words))),
    ];
  });
  const empty = element("p", {}, "Nothing is in this pack yet.");
  return { title: pack.name, inside: [rows.length ? list(rows) : empty, element("p", {}, link("/pack", "All my packs"))] };
}

export function packsView(kept) {
  const none = element("p", {}, "You have no packs yet. With a signal, press “Add to pack” beside anything.");
  return { title: "My packs", inside: [kept.packs.length ? packList(kept) : none] };
}

export function searchView(kept, asked) {
  const box = element("input", { className: "govuk-input", id: "kept-search", type: "search", name: "q", value: asked, maxLength: 200 });
  const form = element(
    "form",
    { className: "kept__search", method: "get", action: "/directory" },
    element("label", { className: "govuk-label govuk-label--s", htmlFor: "kept-search" }, `Search ${kept.patch}`),
    box,
    element("button", { className: "govuk-button" }, "Search"),
  );
  const found = element("div", { id: "kept-found" });
  const show = () => {
    history.replaceState(null, "", box.value.trim() ? `/directory?q=${encodeURIComponent(box.value.trim())}` : "/directory");
    found.replaceChildren(...results(kept, box.value));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  let pause;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 150);
  });
  found.append(...results(kept, asked));
  return { title: "Find on your patch", inside: [form, found] };
}

function results(kept, asked) {
  const cards = [...kept.patchPaths.map((path) => kept.byPath.get(path)), ...kept.cards.filter(({ html }) => html)];
  const { found, total, nearly } = search(cards, asked);
  const number = total === 1 ? "1 thing" : `${total} things`;
  const of = asked.trim() ? ` for “${asked.trim()}”` : "";
  const said = nearly ? `Nothing has all of “${asked.trim()}”. ${number} nearly` : `${total ? number : "Nothing"}${of}`;
  const more = total > found.length ? `, the first ${found.length} shown` : "";
  const gap = `/gaps/new?q=${encodeURIComponent(asked.trim())}`;
  return [
    element("p", { role: "status", className: "strong" }, `${said}${more}.`),
    list(found.map(row)),
    element("p", {}, "None of these fit? ", link(gap, "Report a gap"), ". It is sent when you have a signal."),
  ];
}

function row(card) {
  return [
    element("h2", { className: "kept__name" }, link(card.path, card.title)),
    element("p", {}, card.summary),
    facts(card),
  ];
}

function facts(card) {
  const of = (wanted) => (card.facts ?? []).find(([heading]) => heading === wanted)?.[1][0];
  const said = [next(card.next) || of("When"), of("Where"), of("Cost")].filter(Boolean);
  return said.length ? element("p", { className: "quiet small" }, said.join(" · ")) : "";
}

export function teamView(team) {
  const sections = team.sections.map(({ heading, lines }) =>
    section(heading, list(lines.map(([words, href]) => (href ? link(href, words) : words)))),
  );
  return { title: team.title, inside: sections };
}

export function overview(kept, waits, sent) {
  const pages = kept.pins.map((path) => kept.byPath.get(path)).filter(Boolean);
  const left = kept.leftOut ? `${kept.leftOut} more things did not fit on this device. ` : "";
  const few = kept.patchPaths.length < kept.patchTotal ? `${kept.patchPaths.length} of ${kept.patchTotal} groups` : `${kept.patchPaths.length} groups`;
  return [
    waits,
    section("Find on your patch", element("p", {}, `${few} that serve ${kept.patch}. ${left}`, link("/directory", "Search them"))),
    section("My packs", kept.packs.length && packList(kept)),
    section("Pinned pages", !document.getElementById("pins") && pages.length && list(pages.map(({ path, title }) => link(path, title)))),
    section("Last searches", kept.searches.length && list(kept.searches.map(searchLine(kept)))),
    section("My community", kept.community && element("p", {}, link("/community", kept.community.title))),
    section(
      "Write",
      list([link("/gaps/new", "Report a gap"), link("/learning-logs/new", "Write your learning log")]),
      element("p", { className: "quiet" }, "Both are kept here without a signal, and sent once when you are back."),
    ),
    section("Sent from this device", sent.length && list(sent.map(({ title, href, at }) => [link(href, title), `, ${dayOf(at)}`]))),
  ];
}

function packList(kept) {
  return list(kept.packs.map(({ id, name, items }) => [link(`/pack/${id}`, name), element("span", { className: "quiet" }, ` ${items.length === 1 ? "1 thing" : `${items.length} things`}`)]));
}

function searchLine(kept) {
  return ({ words, paths, total }) =>
    element(
      "details",
      {},
      element("summary", {}, `${words} (${total} found)`),
      list(paths.map((path) => row(kept.byPath.get(path)))),
    );
}

const STATES = {
  waiting: "It is sent as soon as you have a signal and are signed in.",
  asks: "A question came back: somebody may have asked for the same. Open it to answer.",
  refused: "It was not taken as it is. Nothing is lost: open it, and put right what is named.",
  held: "Open it to send it yourself, once you have a signal.",
  sent: "It was sent. We are making sure that it arrived.",
};

const ANOTHERS = "It waits for a signal, and for whoever wrote it to sign in here.";
const FAILED = "It reached us, but could not be saved just then. It is tried again.";

// The forms that wait. `may`: `open` shows one as its own page does, `discard` throws it away. Without it, only that
// they wait is told.
export function waitsView(waits, may) {
  if (!waits.length) {
    return "";
  }
  const rows = waits.map((item) => [
    element("h3", { className: "kept__name" }, `${item.title}, ${moment(item.at)}`),
    element("p", {}, may ? words(item.fields) : ""),
    element("p", { className: "quiet" }, !may ? ANOTHERS : item.state === "waiting" && item.failed ? FAILED : STATES[item.state]),
    may && element(
      "p",
      { className: "actions" },
      (item.state !== "waiting" || item.failed) && button("Open it", () => may.open(item)),
      button("Throw it away", (event) => throwAway(event.target, () => may.discard(item)), "plain-button"),
    ),
  ]);
  return section("Waits to be sent", list(rows), may && element("p", {}, button("Try to send now", may.tryNow)));
}

// Twice pressed: nothing brings it back.
function throwAway(pressed, discard) {
  if (pressed.dataset.sure) {
    discard();
  } else {
    pressed.dataset.sure = "yes";
    pressed.textContent = "Press again to throw it away: it was not sent";
  }
}

// The first words that somebody typed, to know a form again by.
function words(fields) {
  const typed = fields.find(([name, value]) => value.includes(" ") && !/^(csrf_token|form_id|words|alike)$/.test(name));
  return typed ? `“${typed[1].slice(0, 120)}${typed[1].length > 120 ? "…" : ""}”` : "";
}
