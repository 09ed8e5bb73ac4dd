/** Charts of numbers that stand in a table on the same page: bars, lines and rankings, and nothing more of ECharts. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type ComposeOption, type EChartsType } from "echarts/core";
import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { numbers, percents } from "./parts/numbers";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

type Option = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;
interface Spec {
  kind: "bar" | "line" | "ranking";
  labels: string[];
  series: { title: string; values: (number | null)[] }[];
  unit: string;
  target: number | null;
  percent: boolean;
  links: string[];
}

const INK = "#2a2522";
const QUIET = "#655c55";
const LINE = "#ddd6ce";
const COLOURS = ["#a61b1b", "#8d8379", "#c98a1b", "#2f6245"]; // with a legend beside: never told by colour alone
const ROW = 28;

function draw(figure: HTMLElement): void {
  const plot = figure.querySelector<HTMLElement>(".plot");
  const source = document.getElementById(figure.dataset.chart ?? "");
  if (!plot || !source?.textContent || figure.dataset.drawn) return;
  const spec = JSON.parse(source.textContent) as Spec;
  figure.dataset.drawn = "yes";
  figure.hidden = false;
  if (spec.kind === "ranking") plot.style.height = `${spec.labels.length * ROW + 60}px`;
  const chart = init(plot, null, { renderer: "canvas" });
  chart.setOption(option(spec, plot.dataset.missing ?? "", plot.dataset.target ?? ""));
  follow(chart, spec);
  new ResizeObserver(() => chart.resize()).observe(plot);
  addEventListener("beforeprint", () => chart.resize());
}

function follow(chart: EChartsType, spec: Spec): void {
  if (!spec.links.length) return;
  chart.on("click", ({ dataIndex }) => {
    const link = spec.links[dataIndex as number];
    if (link) location.assign(link);
  });
}

function option(spec: Spec, missing: string, target: string): Option {
  const said = spec.percent ? percents : numbers;
  const labels = {
    type: "category" as const,
    data: spec.labels,
    inverse: spec.kind === "ranking",
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE } },
    axisLabel: { color: INK, fontSize: 13, hideOverlap: spec.kind !== "ranking", width: 140, overflow: "truncate" as const },
  };
  const values = {
    type: "value" as const,
    axisLabel: { color: QUIET, formatter: said, hideOverlap: true },
    splitLine: { lineStyle: { color: LINE } },
  };
  const lying = spec.kind === "ranking";
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: COLOURS,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK },
    grid: { left: 12, right: 28, top: spec.series.length > 1 ? 40 : 20, bottom: 12, containLabel: true },
    ...(spec.series.length > 1 ? { legend: { top: 6, textStyle: { color: INK } } } : {}),
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // the policy forbids the style attributes that an HTML one is made of
      axisPointer: { type: spec.kind === "line" ? "line" : "shadow" },
      valueFormatter: (value) => (typeof value === "number" ? `${said(value)}${spec.unit}` : missing),
    },
    xAxis: lying ? values : labels,
    yAxis: lying ? labels : values,
    series: spec.series.map((one, at) => series(spec, one, at === 0 ? mark(spec, target, said) : {})),
  };
}

function series(spec: Spec, one: Spec["series"][number], marked: object): BarSeriesOption | LineSeriesOption {
  const common = { name: one.title, data: one.values.map((value) => value ?? "-"), ...marked };
  if (spec.kind === "line") return { ...common, type: "line", symbolSize: 7, connectNulls: false, lineStyle: { width: 2.5 } };
  return { ...common, type: "bar", barMaxWidth: 26, cursor: spec.links.length ? "pointer" : "default" };
}

function mark(spec: Spec, word: string, said: (value: number) => string): object {
  if (spec.target === null) return {};
  const across = spec.kind === "ranking" ? { xAxis: spec.target } : { yAxis: spec.target };
  const label = { formatter: `${word} ${said(spec.target)}`, position: "insideEndTop", color: INK };
  return { markLine: { silent: true, symbol: "none", data: [across], label, lineStyle: { color: INK, type: "dashed" } } };
}

function drawAll(within: ParentNode): void {
  for (const figure of within.querySelectorAll<HTMLElement>("[data-chart]")) draw(figure);
}

document.addEventListener("htmx:load", (event) => drawAll(event.target as HTMLElement));
drawAll(document);
