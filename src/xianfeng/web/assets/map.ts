/** A map of the organisations below: darker for more, hatched grey for not reported, each leading to its own part. */
import "./map.css";
import * as leaflet from "leaflet";
import type { Feature, FeatureCollection } from "geojson";
import { numbers, percents } from "./parts/numbers";

interface Place {
  code: string;
  name: string;
  value: number | null;
  text: string;
  link: string;
}

const SHADES = ["#fbf1ee", "#f0c9bf", "#dd9385", "#c25448", "#a61b1b"];
const MISSING = "#e3ddd5";

async function draw(figure: HTMLElement): Promise<void> {
  const plot = figure.querySelector<HTMLElement>(".plot");
  const source = document.getElementById(figure.dataset.map ?? "");
  if (!plot || !source?.textContent || figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  figure.hidden = false;
  const places = new Map((JSON.parse(source.textContent) as Place[]).map((place) => [place.code, place]));
  try {
    const answer = await fetch(figure.dataset.boundaries ?? "");
    if (!answer.ok) throw new Error(answer.statusText);
    show(plot, (await answer.json()) as FeatureCollection, places);
  } catch {
    plot.hidden = true;
    figure.querySelector<HTMLElement>("[data-failed]")?.removeAttribute("hidden");
  }
}

function show(plot: HTMLElement, boundaries: FeatureCollection, places: Map<string, Place>): void {
  const map = leaflet.map(plot, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25 });
  const limits = steps([...places.values()]);
  const missing = plot.dataset.missing ?? "";
  const layer = leaflet.geoJSON(boundaries, {
    style: (feature) => ({ color: "#8d8379", weight: 1, fillOpacity: 1, fillColor: shade(placeOf(feature, places), limits) }),
    onEachFeature: (feature, part) => {
      const place = placeOf(feature, places);
      if (!place) return;
      part.bindTooltip(textNode(`${place.name} ${place.value === null ? missing : place.text}`), { sticky: true });
      if (place.link) part.on("click", () => location.assign(place.link));
    },
  });
  layer.addTo(map);
  map.fitBounds(layer.getBounds(), { padding: [8, 8] });
  legend(limits, missing, plot.dataset.percent === undefined ? numbers : percents).addTo(map);
}

function placeOf(feature: Feature | undefined, places: Map<string, Place>): Place | undefined {
  return places.get(String(feature?.properties?.code ?? ""));
}

/** Where a shade ends and the next begins: as many places in each, as far as their values differ. */
function steps(places: Place[]): number[] {
  const values = places.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
  const cuts = SHADES.map((_, at) => values[Math.floor((values.length * (at + 1)) / SHADES.length) - 1] ?? 0);
  return [...new Set(cuts)];
}

function shade(place: Place | undefined, limits: number[]): string {
  if (!place || place.value === null) return MISSING;
  const at = limits.findIndex((limit) => (place.value ?? 0) <= limit);
  return SHADES[Math.max(at, 0)] ?? MISSING;
}

function legend(limits: number[], missing: string, said: (value: number) => string): leaflet.Control {
  const control = new leaflet.Control({ position: "bottomright" });
  control.onAdd = () => {
    const box = leaflet.DomUtil.create("div", "legend");
    limits.forEach((limit, at) => box.append(row(SHADES[at] ?? MISSING, `≤ ${said(limit)}`)));
    box.append(row(MISSING, missing));
    return box;
  };
  return control;
}

function row(colour: string, words: string): HTMLElement {
  const line = document.createElement("div");
  const swatch = document.createElement("i");
  swatch.style.backgroundColor = colour;
  line.append(swatch, words);
  return line;
}

function textNode(words: string): HTMLElement {
  const holder = document.createElement("span");
  holder.textContent = words; // names come from files that people bring
  return holder;
}

for (const figure of document.querySelectorAll<HTMLElement>("[data-map]")) void draw(figure);
