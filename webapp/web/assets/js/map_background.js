// What lies under the pins: the council's own tiles where it has some; else what lets a map be read without streets,
// the names of neighbourhoods at their centres. Rings of distance, scale and north are there either way.
import L from "leaflet";

const METRES = 1609.344; // a mile
const RINGS = [0.5, 1, 2, 5, 10];
const PATIENCE = 3000; // milliseconds that the streets in sight may take, before the map is shown without them
const AWAY = 24; // pixels from its centre to where a name may stand above or below it; beside it, past a pin
const IN_THE_WAY = ".pin span, .map-near span, .map-note span, .leaflet-control";

// All that lies under the pins but names. Whether it has streets; they are drawn when this is done.
export async function addBackground(map, place, { near }) {
  map.attributionControl.setPrefix(false);
  const hasStreets = await addTiles(map, place.dataset);
  L.control.scale({ metric: false }).addTo(map);
  addNorth(map);
  if (near) {
    addRings(map, near);
  }
  return hasStreets;
}

// Whether there are tiles, and they can be reached.
async function addTiles(map, { tiles, tilesScript }) {
  if (!tiles) {
    return false;
  }
  if (tiles.includes("{z}")) {
    await drawn(map, L.tileLayer(tiles, { maxZoom: 18, className: "map-pictures", attribution: "© OpenStreetMap contributors" }));
    return true;
  }
  try {
    const { tilesLayer } = await import(tilesScript);
    await drawn(map, await tilesLayer(L, tiles));
    return true;
  } catch {
    return false;
  }
}

function drawn(map, layer) {
  return new Promise((done) => {
    layer.once("load", done).addTo(map);
    setTimeout(done, PATIENCE);
  });
}

// Names give way to the pins, and to the names before them: beside their centre, or not at all.
export function addNames(map, places) {
  const names = places.map(({ name, at }) => words(at, "map-name", name).addTo(map));
  const tidy = () => {
    const box = map.getContainer().getBoundingClientRect();
    const taken = [...map.getContainer().querySelectorAll(IN_THE_WAY)].map((part) => part.getBoundingClientRect());
    for (const marker of names) {
      const name = marker.getElement().firstElementChild;
      const aside = name.offsetWidth / 2 + AWAY;
      const isFree = [[0, 0], [0, AWAY], [0, -AWAY], [aside, 0], [-aside, 0]].some((by) => fits(name, by, box, taken));
      name.classList.toggle("is-covered", !isFree);
      if (isFree) {
        taken.push(name.getBoundingClientRect());
      }
    }
  };
  tidy();
  map.on("moveend", tidy); // after a zoom too, when the pins have been drawn anew
}

// Moves `name` so many pixels to the right of its centre and below it. Whether it is whole there, with nothing on it.
function fits(name, [right, down], map, taken) {
  name.style.translate = `${right}px ${down}px`;
  const box = name.getBoundingClientRect();
  const isInside = map.left < box.left && box.right < map.right && map.top < box.top && box.bottom < map.bottom;
  return isInside && taken.every((b) => b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom);
}

function addRings(map, near) {
  const wide = map.getBounds().getNorthWest().distanceTo(map.getBounds().getSouthEast()) / METRES;
  for (const miles of RINGS.filter((ring) => ring > wide / 12 && ring < wide / 1.5)) {
    const circle = L.circle(near.at, { radius: miles * METRES, className: "map-ring", fill: false, interactive: false });
    circle.addTo(map);
    words([circle.getBounds().getNorth(), near.at[1]], "map-note", `${miles} ${miles === 1 ? "mile" : "miles"}`).addTo(map);
  }
  words(near.at, "map-near", near.name).setZIndexOffset(500).addTo(map);
}

function addNorth(map) {
  const north = L.control({ position: "topright" });
  north.onAdd = () => {
    const box = L.DomUtil.create("div", "map-north");
    box.textContent = "N ↑";
    box.title = "North is at the top";
    return box;
  };
  north.addTo(map);
}

// Words on the map that nobody can press.
function words(at, kind, said) {
  const html = document.createElement("span");
  html.textContent = said;
  return L.marker(at, { icon: L.divIcon({ className: kind, html, iconSize: null }), interactive: false, keyboard: false, zIndexOffset: -1000 });
}
