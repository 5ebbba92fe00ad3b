// The map beside a list of groups. The list is always there: the map only shows the same places another way.
import L from "leaflet";

const maps = new WeakSet();

for (const place of document.querySelectorAll("[data-map]")) {
  show(place);
}
// A filter that was changed brings a new list, and a new map with it.
document.addEventListener("htmx:load", (event) => {
  for (const place of event.target.querySelectorAll?.("[data-map]") ?? []) {
    show(place);
  }
});

async function show(place) {
  if (maps.has(place)) {
    return;
  }
  maps.add(place);
  const status = document.getElementById("map-status");
  try {
    const answer = await fetch(place.dataset.map, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    draw(place, await answer.json());
  } catch {
    place.hidden = true;
    status.textContent = "The map could not be loaded. Everything on it is in the list below.";
  }
}

function draw(place, found) {
  place.hidden = false;
  const map = L.map(place, {
    zoomAnimation: !calm(),
    fadeAnimation: !calm(),
    markerZoomAnimation: !calm(),
    attributionControl: Boolean(place.dataset.tiles),
    maxZoom: 18,
  });
  if (place.dataset.tiles) {
    L.tileLayer(place.dataset.tiles, { maxZoom: 18, attribution: "© OpenStreetMap contributors" }).addTo(map);
    map.attributionControl.setPrefix(false);
  }
  const bounds = L.latLngBounds([]);
  for (const point of found.points) {
    bounds.extend(point.at);
    L.circleMarker(point.at, { radius: 9, weight: 2, color: "#ffffff", fillColor: "#0b5d5e", fillOpacity: 1 })
      .bindPopup(() => popup(point))
      .bindTooltip(point.title)
      .addTo(map);
  }
  if (found.near) {
    bounds.extend(found.near.at);
    L.circleMarker(found.near.at, { radius: 7, weight: 3, color: "#1d2429", fillColor: "#ffdd00", fillOpacity: 1 })
      .bindTooltip(found.near.name)
      .addTo(map);
  }
  if (bounds.isValid()) {
    map.fitBounds(bounds, { padding: [32, 32], maxZoom: 15, animate: false });
  } else {
    place.hidden = true;
  }
}

function popup(point) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = point.path;
  link.textContent = point.title;
  const where = document.createElement("p");
  where.textContent = point.where;
  box.append(link, where);
  return box;
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
