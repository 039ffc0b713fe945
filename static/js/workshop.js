// Workshop mode: one index fills the screen, and three steps reveal it: the forecast, managers, customers.
// Nothing that is typed leaves this page.

const STEPS = ["forecast", "managers", "customers"];
const stage = document.querySelector("[data-rounds]");
const rounds = [...document.querySelectorAll("[data-round]")];
const controls = document.querySelector("[data-controls]");
const begin = document.querySelector("[data-begin]");
let place = 0;
let step = 0;

/** Show one round as far as its step; everything that is not revealed is hidden from every sense. */
function show() {
  rounds.forEach((round, number) => {
    round.hidden = number !== place;
  });
  const round = rounds[place];
  for (const part of ["managers", "customers"]) {
    const revealed = step >= STEPS.indexOf(part);
    for (const box of round.querySelectorAll(`[data-reveal="${part}"]`)) {
      box.classList.toggle("waiting", !revealed);
      box.open = revealed;
    }
    round.querySelector(`[data-show="${part}"]`)?.setAttribute("visibility", revealed ? "visible" : "hidden");
  }
  controls.querySelector("[data-where]").textContent = `${place + 1} / ${rounds.length}`;
  controls.querySelector("[data-back]").disabled = place === 0 && step === 0;
  controls.querySelector("[data-on]").disabled = place === rounds.length - 1 && step === STEPS.length - 1;
}

/** Go one step on or back; past the last step comes the next index. */
function go(direction) {
  const next = place * STEPS.length + step + direction;
  if (next < 0 || next >= rounds.length * STEPS.length) return;
  const before = place;
  place = Math.floor(next / STEPS.length);
  step = next % STEPS.length;
  show();
  if (place !== before) rounds[place].querySelector("h2").focus();
}

function onKey(event) {
  const typing = event.target.matches("input");
  if (event.key === "Enter" && typing) event.target.blur();
  if (typing && event.key !== "Enter") return;
  const button = event.target.closest("button, summary") && event.key === " ";
  const direction = { ArrowRight: 1, PageDown: 1, " ": 1, Enter: typing ? 1 : 0, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!direction || button) return;
  event.preventDefault();
  go(direction);
}

/** The forecast as an upright line on the axis. */
function mark(input) {
  const line = input.closest("[data-round]").querySelector("[data-guess]");
  const value = Math.min(Math.max(Number(input.value), 0), 100);
  line.setAttribute("visibility", input.value === "" ? "hidden" : "visible");
  line.setAttribute("x1", `${value}%`);
  line.setAttribute("x2", `${value}%`);
}

function start() {
  document.body.classList.add("in-workshop");
  controls.hidden = false;
  [place, step] = [0, 0];
  document.addEventListener("keydown", onKey);
  document.documentElement.requestFullscreen?.().catch(() => {});
  show();
  rounds[0].querySelector("h2").focus();
}

function end() {
  document.body.classList.remove("in-workshop");
  controls.hidden = true;
  document.removeEventListener("keydown", onKey);
  for (const round of rounds) {
    round.hidden = false;
    for (const box of round.querySelectorAll("[data-reveal]")) {
      box.classList.remove("waiting");
      box.open = false;
    }
    for (const part of round.querySelectorAll("[data-show]")) part.setAttribute("visibility", "hidden");
  }
  begin.focus();
}

if (stage && rounds.length) {
  begin.hidden = false;
  document.querySelector("[data-hint]").hidden = false;
  for (const box of stage.querySelectorAll("[data-reveal]")) {
    box.addEventListener("toggle", () => {
      const part = box.closest("[data-round]").querySelector(`[data-show="${box.dataset.reveal}"]`);
      part?.setAttribute("visibility", box.open ? "visible" : "hidden");
    });
  }
  for (const input of stage.querySelectorAll("[data-forecast]")) input.addEventListener("input", () => mark(input));
  begin.addEventListener("click", start);
  controls.querySelector("[data-back]").addEventListener("click", () => go(-1));
  controls.querySelector("[data-on]").addEventListener("click", () => go(1));
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && !controls.hidden) end();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !controls.hidden) end();
  });
}
