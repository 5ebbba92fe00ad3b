// Searching what is kept: as forgiving as a phone needs, with the words that the site itself knows things by.
import MiniSearch from "minisearch";

const MOST = 50; // shown at once
let index;

// The cards that fit `words`, the best first; all of `cards` by name where nothing is asked for. {found, total, nearly}
export function search(cards, words) {
  const asked = words.trim();
  if (!asked) {
    const named = [...cards].sort((one, other) => one.title.localeCompare(other.title));
    return { found: named.slice(0, MOST), total: named.length, nearly: false };
  }
  index ??= indexOf(cards);
  const byPath = new Map(cards.map((card) => [card.path, card]));
  const all = index.search(asked, { combineWith: "AND" });
  const hits = all.length ? all : index.search(asked, { combineWith: "OR" });
  return { found: hits.slice(0, MOST).map(({ id }) => byPath.get(id)), total: hits.length, nearly: !all.length && hits.length > 0 };
}

function indexOf(cards) {
  const made = new MiniSearch({
    idField: "path",
    fields: ["title", "words", "summary", "said"],
    extractField: (card, field) => (field === "said" ? (card.facts ?? []).flat(2).join(" ") : card[field]),
    searchOptions: {
      boost: { title: 4, words: 2, summary: 2 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  made.addAll(cards);
  return made;
}
