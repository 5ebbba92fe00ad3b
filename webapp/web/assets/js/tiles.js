// A map of streets from one PMTiles file: ours, or at the address that the council set. Loaded where there is one.
import { PMTiles } from "pmtiles";
import { leafletLayer } from "protomaps-leaflet";

// `library` is the page's own Leaflet, which made the map.
export async function tilesLayer(library, address) {
  window.L = library; // where protomaps-leaflet looks for it
  const file = new PMTiles(new URL(address, location.href).href);
  const { maxZoom } = await file.getHeader(); // closer than it goes, its last tiles are drawn larger
  return leafletLayer({
    url: file,
    maxDataZoom: maxZoom,
    flavor: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    lang: "en",
    attribution: "© OpenStreetMap contributors, Protomaps",
  });
}
