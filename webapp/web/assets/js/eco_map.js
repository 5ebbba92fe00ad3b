// The eco-map to fill in: what is typed stands in the circles at once. Nothing leaves the page, and nothing is kept.

const LINE = 20; // units between two lines of words in a circle
const LETTERS = 11; // of a line; a circle holds four
const LINES = 4;
const TEETH = 7; // of a strained tie

const map = document.querySelector("[data-eco]");

if (map) {
  for (const part of document.querySelectorAll("[data-eco-live], [data-eco-fields]")) {
    part.hidden = false;
  }
  document.querySelector("[data-eco-blank]").hidden = true;
  map.addEventListener("input", (event) => draw(numberOf(event.target)));
  map.querySelector("[data-eco-clear]").addEventListener("click", empty);
  drawAll();
  window.addEventListener("pageshow", drawAll); // some browsers give fields back what they held
}

function numberOf(field) {
  const { ecoName, ecoKind, ecoWay, ecoMore } = field.dataset;
  return ecoName ?? ecoKind ?? ecoWay ?? ecoMore;
}

function drawAll() {
  for (const field of map.querySelectorAll("[data-eco-name]")) {
    draw(field.dataset.ecoName);
  }
}

function draw(number) {
  const name = one("name", number).value.trim();
  const more = number !== "0" && one("more", number).checked;
  say(map.querySelector(`[data-eco-words="${number}"]`), more && name ? `★ ${name}` : name);
  if (number !== "0") {
    drawTie(map.querySelector(`[data-eco-tie="${number}"]`), name ? one("kind", number).value : "", one("way", number).value);
  }
}

function one(kind, number) {
  return map.querySelector(`[data-eco-${kind}="${number}"]`);
}

// Up to four lines of words, as many as fit; what does not is cut with a sign that says so.
function say(text, words) {
  const lines = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LETTERS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word.length > LETTERS ? `${word.slice(0, LETTERS)}…` : word);
    }
  }
  if (lines.length > LINES) {
    lines.splice(LINES - 1, lines.length, `${lines[LINES - 1]}…`);
  }
  text.replaceChildren();
  lines.forEach((line, at) => {
    const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
    span.setAttribute("x", text.getAttribute("x"));
    span.setAttribute("dy", at === 0 ? 6 - ((lines.length - 1) * LINE) / 2 : LINE);
    span.textContent = line;
    text.append(span);
  });
}

function drawTie(path, kind, way) {
  const from = path.dataset.from.split(" ").map(Number);
  const to = path.dataset.to.split(" ").map(Number);
  path.setAttribute("class", `eco__tie eco__tie--${kind}`);
  path.setAttribute("d", kind === "" ? "" : kind === "strained" ? zigzag(from, to) : `M${from}L${to}`);
  mark(path, "marker-start", kind !== "" && ["in", "both"].includes(way));
  mark(path, "marker-end", kind !== "" && ["out", "both"].includes(way));
}

function mark(path, end, wanted) {
  if (wanted) {
    path.setAttribute(end, "url(#eco-tip)");
  } else {
    path.removeAttribute(end);
  }
}

function zigzag([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y);
  const [across, down] = [-(toY - y) / length, (toX - x) / length];
  const points = [];
  for (let tooth = 1; tooth < TEETH; tooth += 1) {
    const part = tooth / TEETH;
    const aside = tooth % 2 === 0 ? 9 : -9;
    points.push(`${x + (toX - x) * part + across * aside} ${y + (toY - y) * part + down * aside}`);
  }
  return `M${x} ${y}L${points.join("L")}L${toX} ${toY}`;
}

function empty() {
  for (const field of map.querySelectorAll("input, select")) {
    if (field.type === "checkbox") {
      field.checked = false;
    } else if (field.tagName === "SELECT") {
      field.selectedIndex = 0;
    } else {
      field.value = "";
    }
  }
  drawAll();
  one("name", "0").focus();
}
