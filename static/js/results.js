// Draws a chart with Plotly over the drawing that the page already carries.
//
// Without this module, without room, on a metered connection or on paper the inline SVG stays. The
// figure is the same specification that the SVG was drawn from; nothing is fetched but plotly.js, from
// this server.

const WIDE = 720;

/** Load a classic script once; the bundle is not a module. */
let loading;
function plotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

/** A custom property of the page, so that the chart follows the light or dark theme. */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Replace "var(--x)" by its value wherever the figure says so: Plotly knows no custom properties. */
function themed(value) {
  if (Array.isArray(value)) return value.map(themed);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, themed(part)]));
  }
  const name = typeof value === "string" && /^var\((--[\w-]+)\)$/.exec(value);
  return name ? token(name[1]) : value;
}

async function draw(chart) {
  const live = chart.querySelector("[data-live]");
  const figure = themed(JSON.parse(chart.querySelector("script[type='application/json']").textContent));
  const Plotly = await plotly(chart.dataset.script);
  live.hidden = false;
  await Plotly.react(live, figure.data, figure.layout, {
    displayModeBar: false,
    responsive: true,
    scrollZoom: false,
    doubleClick: false,
    showTips: false,
  });
  chart.dataset.drawn = "";
}
