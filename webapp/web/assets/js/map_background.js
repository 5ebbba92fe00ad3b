// What lies under the pins: the council's own tiles where it has some; else what lets a map be read without streets,
// the names of neighbourhoods at their centres. Rings of distance, scale and north are there either way.
import L from "leaflet";

const METRES = 1609.344; // a mile
const YARDS = 1760; // in a mile
const PARTS = [[0.5, "half a mile"], [0.25, "¼ mile"]];
const RINGS = [0.5, 1, 2, 5, 10];
const PATIENCE = 3000; // milliseconds that the streets in sight may take, before the map is shown without them
const AWAY = 24; // pixels from its centre to where a name may stand above or below it; beside it, past a pin
const IN_THE_WAY = ".pin span, .map-near span, .leaflet-control";

// A scale in the words of the picture that the server draws, in yards where that is too long: nobody walks 3000 feet.
const Scale = L.Control.Scale.extend({
  _updateImperial(most) {
    const miles = most / METRES;
    const part = PARTS.find(([of]) => of <= miles && miles < 1);
    const number = this._getRoundNum(miles < 1 ? miles * YARDS : miles);
    const [length, words] = part ?? (miles < 1 ? [number / YARDS, `${number} yd`] : [number, number === 1 ? "1 mile" : `${number} miles`]);
    this._updateScale(this._iScale, words, length / miles);
  },
});

// All that lies under the pins. The streets in sight are drawn when this is done. Its labels: each a marker, and where it
// may stand, as points of the earth and pixels to the right and below.
export async function addBackground(map, place, { near, places }) {
  map.attributionControl.setPrefix(false);
  const hasStreets = await addTiles(map, place.dataset); // with names of their own
  new Scale({ metric: false }).addTo(map);
  addNorth(map);
  const rings = near ? addRings(map, near) : [];
  return hasStreets ? rings : [...rings, ...places.map(({ name, at }) => nameAt(map, name, at))];
}

// Whether there are tiles, and they can be reached.
async function addTiles(map, { tiles, tilesScript }) {
  if (!tiles) {
    return false;
  }
  if (tiles.includes("{z}")) {
    return drawn(map, L.tileLayer(tiles, { maxZoom: 18, className: "map-pictures", attribution: "© OpenStreetMap contributors" }));
  }
  try {
    const { tilesLayer } = await import(tilesScript);
    return await drawn(map, await tilesLayer(L, tiles));
  } catch {
    return false;
  }
}

// Whether any of the tiles in sight came; what is still under way may come later.
async function drawn(map, layer) {
  const came = await new Promise((done) => {
    let any = false;
    layer.on("tileload", () => (any = true)).on("load", () => done(any)).addTo(map);
    setTimeout(done, PATIENCE, true);
  });
  if (!came) {
    layer.remove();
  }
  return came;
}

function nameAt(map, name, at) {
  const marker = words(at, "map-name", name).addTo(map);
  const aside = marker.getElement().firstElementChild.offsetWidth / 2 + AWAY;
  return { marker, where: [[0, 0], [0, AWAY], [0, -AWAY], [aside, 0], [-aside, 0]].map((by) => [at, by]) };
}

// Labels give way to the pins and to the labels before them: they stand elsewhere, or are not there.
export function keepReadable(map, labels) {
  const tidy = () => {
    const box = map.getContainer().getBoundingClientRect();
    const taken = [...map.getContainer().querySelectorAll(IN_THE_WAY)].map((part) => part.getBoundingClientRect());
    for (const { marker, where } of labels) {
      const label = marker.getElement().firstElementChild;
      const isFree = where.some(([at, by]) => {
        marker.setLatLng(at);
        return fits(label, by, box, taken);
      });
      label.classList.toggle("is-covered", !isFree);
      if (isFree) {
        taken.push(label.getBoundingClientRect());
      }
    }
  };
  tidy();
  map.on("moveend", tidy); // after a zoom too, when the pins have been drawn anew
}

// Moves a label so many pixels to the right of where its marker is, and below. Whether it is whole there, and alone.
function fits(label, [right, down], map, taken) {
  label.style.translate = `${right}px ${down}px`;
  const box = label.getBoundingClientRect();
  const isInside = map.left < box.left && box.right < map.right && map.top < box.top && box.bottom < map.bottom;
  return isInside && taken.every((b) => b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom);
}

function addRings(map, near) {
  const wide = map.getBounds().getNorthWest().distanceTo(map.getBounds().getSouthEast()) / METRES;
  words(near.at, "map-near", near.name).setZIndexOffset(500).addTo(map);
  return RINGS.filter((ring) => ring > wide / 12 && ring < wide / 1.5).map((miles) => {
    const circle = L.circle(near.at, { radius: miles * METRES, className: "map-ring", fill: false, interactive: false });
    const ends = circle.addTo(map).getBounds();
    const [latitude, longitude] = near.at;
    const where = [[ends.getNorth(), longitude], [ends.getSouth(), longitude], [latitude, ends.getEast()], [latitude, ends.getWest()]];
    const marker = words(where[0], "map-note", `${miles} ${miles === 1 ? "mile" : "miles"}`).addTo(map);
    return { marker, where: where.map((at) => [at, [0, 0]]) };
  });
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
