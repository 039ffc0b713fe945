// What the questionnaire gains with JavaScript; without it nothing is missing.
// Digits choose a point of the question that has the focus, and answers are saved as they are given.

const form = document.getElementById("part");
const status = form.querySelector("[role=status]");
const PAUSE = 700;
let waiting = null;
let sending = null;

const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩";

function meant(key) {
  const digit = ARABIC_DIGITS.indexOf(key);
  return digit >= 0 ? String(digit) : key.toUpperCase();
}

function choose(event) {
  const radio = event.target;
  if (radio.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = [...form.elements[radio.name]].find((other) => other.value === meant(event.key));
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
}

// Saving that was given up may still arrive: the server takes nothing older than what it has.
function number() {
  form.elements.turn.value = Number(form.elements.turn.value) + 1;
}

function answers() {
  number();
  const body = new FormData(form);
  body.set("go", "stay");
  return body;
}

async function save() {
  waiting = null;
  sending?.abort();
  sending = new AbortController();
  const body = answers();
  status.textContent = form.dataset.saving;
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: sending.signal, redirect: "manual" });
    status.textContent = answer.status === 204 ? form.dataset.saved : form.dataset.failed;
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = form.dataset.failed;
  }
}

form.addEventListener("keydown", choose);
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(save, PAUSE);
});
// Who goes back, reloads or closes the page at once has answered all the same.
window.addEventListener("pagehide", () => {
  if (waiting === null) return;
  clearTimeout(waiting);
  waiting = null;
  fetch(form.action, { method: "POST", body: answers(), keepalive: true, redirect: "manual" }).catch(() => {});
});
form.addEventListener("submit", () => {
  clearTimeout(waiting);
  waiting = null;
  sending?.abort();
  number();
});
document.getElementById("error-summary")?.focus();
