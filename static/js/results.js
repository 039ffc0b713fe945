// Draws charts with plotly.js in place of the drawings that the page already carries.
//
// Without this module, on a narrow screen, where readers save data or on paper the drawing stays. The
// figure comes from the same specification as the drawing; nothing is fetched but plotly.js, from here.

const WIDE = "(width >= 60rem)";
const DARK = "(prefers-color-scheme: dark)";
const SAVING = "(prefers-reduced-data: reduce)";

/** Fetch plotly.js once. It is a classic script, not a module. */
let fetched;
function plotly(address) {
  fetched ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return fetched;
}

/** Replace "var(--x)" by its value in this theme: plotly.js knows no custom properties. */
function themed(value, styles = getComputedStyle(document.documentElement)) {
  if (Array.isArray(value)) return value.map((part) => themed(part, styles));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, themed(part, styles)]));
  }
  const name = typeof value === "string" && /^var\((--[\w-]+)\)$/.exec(value);
  return name ? styles.getPropertyValue(name[1]).trim() : value;
}

/** The figure in the colours and the typeface of the page. */
function dressed(figure) {
  const { data, layout } = themed(figure);
  const styles = getComputedStyle(document.body);
  layout.font = { ...layout.font, family: styles.fontFamily, size: 14 };
  layout.hoverlabel = {
    bgcolor: styles.getPropertyValue("--color-surface").trim(),
    bordercolor: styles.getPropertyValue("--color-control").trim(),
    font: layout.font,
  };
  return { data, layout };
}

async function draw(chart, figure) {
  const live = chart.querySelector("[data-live]");
  const Plotly = await plotly(chart.dataset.script);
  live.hidden = false;
  chart.dataset.drawn = "";
  const { data, layout } = dressed(figure);
  await Plotly.react(live, data, layout, { displayModeBar: false, responsive: true, doubleClick: false });
}

/** A row or a mark in words under the chart: its sentence, then both wordings of its pairs. */
function say(chart, { readings, wordings }, row) {
  const list = document.createElement("dl");
  const [inside, customer] = JSON.parse(chart.dataset.sides);
  for (const pair of wordings[row]) {
    const group = document.createElement("div");
    [inside, customer].forEach((side, place) => {
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = side;
      said.textContent = pair[place];
      group.append(term, said);
    });
    list.append(group);
  }
  const sentence = document.createElement("p");
  sentence.textContent = readings[row];
  list.className = "both";
  chart.querySelector("[data-reading]").replaceChildren(sentence, list);
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Pointer and arrow keys go from row to row, or from mark to mark: the numbers appear, and are put into words. */
function follow(chart, told) {
  const live = chart.querySelector("[data-live]");
  const last = told.readings.length - 1;
  const names = told.figure.layout.yaxis.categoryarray?.toReversed();
  let row = -1;
  live.tabIndex = 0;
  live.setAttribute("role", "group");
  live.setAttribute("aria-label", `${chart.dataset.title} ${chart.dataset.keys}`);
  live.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    row = Math.min(Math.max(row + step, 0), last);
    window.Plotly.Fx.hover(live, names ? { yval: last - row } : [{ curveNumber: 0, pointNumber: row }]);
    say(chart, told, row);
  });
  live.addEventListener("blur", () => window.Plotly.Fx.unhover(live));
  live.on("plotly_hover", ({ points }) => {
    row = names ? names.indexOf(points[0].y) : points[0].pointNumber;
    say(chart, told, row);
  });
}

/** Draw when the chart is near, the screen is wide and no one saves data; follow the theme afterwards. */
function watch(chart) {
  const told = JSON.parse(chart.querySelector("script[type='application/json']").textContent);
  const wide = matchMedia(WIDE);
  let near = false;
  let drawn = false;
  const attempt = async () => {
    if (!near || drawn || !wide.matches || matchMedia(SAVING).matches) return;
    drawn = true;
    await plotly(chart.dataset.script);
    await draw(chart, told.figure);
    follow(chart, told);
  };
  new IntersectionObserver(
    (entries) => {
      near ||= entries.some((entry) => entry.isIntersecting);
      attempt();
    },
    { rootMargin: "300px" },
  ).observe(chart);
  wide.addEventListener("change", attempt);
  matchMedia(DARK).addEventListener("change", () => drawn && draw(chart, told.figure));
}

document.querySelectorAll("[data-chart]").forEach(watch);
