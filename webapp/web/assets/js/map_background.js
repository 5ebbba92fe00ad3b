// What lies under the pins: the council's own tiles where it has some; else what lets a map be read without streets,
// the names of neighbourhoods at their centres. Rings of distance, scale and north are there either way.
import L from "leaflet";

const METRES = 1609.344; // a mile
const RINGS = [0.5, 1, 2, 5, 10];

export async function addBackground(map, place, { near, places }) {
  map.attributionControl.setPrefix(false);
  if (!(await addTiles(map, place.dataset))) {
    addNames(map, places);
  }
  L.control.scale({ metric: false }).addTo(map);
  addNorth(map);
  if (near) {
    addRings(map, near);
  }
}

// Whether there are tiles, and they can be reached.
async function addTiles(map, { tiles, tilesScript }) {
  if (!tiles) {
    return false;
  }
  if (tiles.includes("{z}")) {
    L.tileLayer(tiles, { maxZoom: 18, className: "map-pictures", attribution: "© OpenStreetMap contributors" }).addTo(map);
    return true;
  }
  try {
    const { tilesLayer } = await import(tilesScript);
    (await tilesLayer(L, tiles)).addTo(map);
    return true;
  } catch {
    return false;
  }
}

// Names that would lie on each other give way to those before them.
function addNames(map, places) {
  const names = places.map(({ name, at }) => words(at, "map-name", name).addTo(map));
  const tidy = () => {
    const taken = [];
    for (const marker of names) {
      const element = marker.getElement();
      const box = element.firstElementChild.getBoundingClientRect();
      const isFree = taken.every((b) => b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom);
      element.classList.toggle("is-covered", !isFree);
      if (isFree) {
        taken.push(box);
      }
    }
  };
  tidy();
  map.on("zoomend", tidy);
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
