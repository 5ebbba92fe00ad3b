// The map beside a list of groups. The list is always there: the map only shows the same places another way.
import L from "leaflet";
import { grouped } from "./map_groups.js";
import { addBackground, keepReadable } from "./map_background.js";

const NAMED = 2; // groups that a pin stands for by their numbers
const BELOW_NORTH = [8, 52]; // pixels from the left and the top that a popup keeps free

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
  try {
    const answer = await fetch(place.dataset.map, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const found = await answer.json();
    if (found.points.length && place.isConnected) {
      await draw(place, found);
    }
  } catch {
    // The picture that the server drew stays.
    place.hidden = true;
    const status = document.getElementById("map-status");
    status.textContent = "The live map could not be loaded. Everything on it is in the list.";
  }
}

async function draw(place, found) {
  place.hidden = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, { zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, maxZoom: 18, zoomControl: false });
  L.control.zoom({ position: "bottomright" }).addTo(map); // where no popup opens
  place.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  const bounds = L.latLngBounds(found.points.map(({ at }) => at));
  if (found.near) {
    bounds.extend(found.near.at);
  }
  map.fitBounds(bounds, { padding: [40, 40], maxZoom: 15, animate: false });
  const labels = await addBackground(map, place, found);
  drawPins(map, found);
  keepReadable(map, labels);
  place.closest(".map-box").classList.add("map-box--live");
}

// Pins that would lie on each other are one with a number of groups; coming closer takes them apart.
function drawPins(map, { points, rows }) {
  const layer = L.layerGroup().addTo(map);
  const shown = new Map(); // address of a listing → the pin that stands for it now
  const redraw = () => {
    layer.clearLayers();
    shown.clear();
    for (const group of grouped(points, (point) => map.latLngToLayerPoint(point.at), (group) => numbers(group, ...rows))) {
      const pin = pinOf(map, group, rows).addTo(layer);
      for (const { path } of group) {
        shown.set(path, pin);
      }
      dress(map, pin, group, numbers(group, ...rows));
    }
  };
  redraw();
  map.on("zoomend", redraw);
  listen(map, shown);
}

function pinOf(map, group, [first, last]) {
  const [point] = group;
  const isOnPage = group.some(({ number }) => number >= first && number <= last);
  const kind = group.length > 1 ? "pin--many" : isOnPage ? "" : "pin--small";
  const words = numbers(group, first, last);
  const icon = L.divIcon({ className: `pin ${kind}`, html: `<span>${words}</span>`, iconSize: null });
  // The keys stop at what is in the list beside the map; the rest is a page further on.
  return L.marker(point.at, { icon, keyboard: isOnPage, zIndexOffset: isOnPage ? 1000 : 0 });
}

// The name of a pin begins with what is written on it.
function dress(map, pin, group, words) {
  const [point, ...others] = group;
  const element = pin.getElement();
  const name = [words, titles(group)].filter(Boolean).join(": ");
  element.setAttribute("aria-label", name);
  element.title = name;
  if (!element.hasAttribute("role")) {
    element.setAttribute("role", "img");
  }
  for (const [on, is] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    element.addEventListener(on, () => group.forEach(({ path }) => lightRow(path, is)));
  }
  const bounds = L.latLngBounds(group.map(({ at }) => at));
  const canComeCloser = others.length && !bounds.getNorthEast().equals(bounds.getSouthWest(), 0.0002);
  if (canComeCloser && map.getZoom() < map.getMaxZoom()) {
    const closer = () => map.fitBounds(bounds, { padding: [40, 40] });
    pin.on("click", closer).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && closer());
  } else {
    pin.bindPopup(() => popup(group), { maxWidth: 280, minWidth: 200, autoPanPaddingTopLeft: BELOW_NORTH });
    // The keys go on in what was opened, and come back when it is closed.
    pin.on("popupopen", (event) => {
      rowOf(point.path)?.scrollIntoView({ block: "nearest" });
      event.popup.getElement().querySelector("a").focus({ preventScroll: true });
    });
    pin.on("popupclose", () => element.focus({ preventScroll: true }));
  }
}

// As on the picture of the server: the numbers of the rows beside it, and how many more.
function numbers(group, first, last) {
  const each = [...new Set(group.map(({ number }) => number))]; // those of a series have the number of one row
  const beside = each.filter((number) => number >= first && number <= last);
  const more = each.length - Math.min(beside.length, NAMED);
  const named = beside.slice(0, NAMED).join(", ");
  return each.length === 1 ? named : [named, more && `+${more}`].filter(Boolean).join(" ");
}

function titles(group) {
  const named = group.slice(0, 4).map(({ title }) => title);
  return group.length > 4 ? `${named.join(", ")} and ${group.length - 4} more` : named.join(", ");
}

function popup(group) {
  const box = document.createElement("div");
  for (const { path, title, facts } of group) {
    const link = document.createElement("a");
    link.href = path;
    link.textContent = title;
    const line = document.createElement("ul");
    line.className = "dots";
    line.innerHTML = facts; // the same words as in the row, made safe by its template
    box.append(link, line);
  }
  return box;
}

// A row under the pointer or in focus lights its pin.
function listen(map, shown) {
  const list = document.getElementById("groups");
  const light = (event, is) => {
    const row = event.target.closest("[data-group]");
    const pin = row && shown.get(row.dataset.group);
    pin?.getElement()?.classList.toggle("is-lit", is);
    if (pin && is && event.type === "focusin" && !map.getBounds().contains(pin.getLatLng())) {
      map.panTo(pin.getLatLng());
    }
  };
  for (const [on, is] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    list?.addEventListener(on, (event) => light(event, is));
  }
}

function lightRow(path, is) {
  rowOf(path)?.classList.toggle("is-lit", is);
}

function rowOf(path) {
  return document.querySelector(`[data-group="${CSS.escape(path)}"]`)?.closest(".result");
}
